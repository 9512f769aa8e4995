import { defineRows, idOf, type Row } from "@clic/subgraph-kit";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";
import type { Source } from "../rpiw/rpiw.rules.ts";
import type { Checkpoint } from "./checkpoint.rules.ts";

export const ReadingEntity = defineEntity({
  name: "Reading",
  tableName: "reading",
  schema: "production_system",
  properties: {
    id: p.type(idOf("Reading")).primary(),
    metricId: p.type(idOf("Metric")),
    takenOn: p.date(),
    value: p.double().$type<number>(),
    checkpoint: p.text().$type<Checkpoint>().nullable(),
    source: p.text().$type<Source>(),
  },
});

export type ReadingRow = Row<InferEntity<typeof ReadingEntity>>;
export const readings = defineRows(ReadingEntity, { type: "Reading" });
