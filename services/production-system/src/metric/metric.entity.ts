import { defineRows, idOf, type Row } from "@clic/subgraph-kit";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";
import type { Source } from "../rpiw/rpiw.rules.ts";
import type { MetricDirection } from "./metric.rules.ts";

export const MetricEntity = defineEntity({
  name: "Metric",
  tableName: "metric",
  schema: "production_system",
  properties: {
    id: p.type(idOf("Metric")).primary(),
    rpiwId: p.type(idOf("Rpiw")),
    name: p.text(),
    unit: p.text(),
    direction: p.text().$type<MetricDirection>(),
    baseline: p.double().$type<number>().nullable(),
    baselineTakenOn: p.date().nullable(),
    baselineFrozenAt: p.datetime().columnType("timestamptz(3)").nullable(),
    target: p.double().$type<number>().nullable(),
    source: p.text().$type<Source>(),
  },
});

export type MetricRow = Row<InferEntity<typeof MetricEntity>>;
export const metrics = defineRows(MetricEntity, { type: "Metric" });
