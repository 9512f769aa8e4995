import { defineRows, idOf, type Row } from "@clic/subgraph-kit";
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import type { Source } from "../source.rules.ts";

export const WorkstreamEntity = defineEntity({
  name: "Workstream",
  tableName: "workstream",
  schema: "organisations",
  properties: {
    id: p.type(idOf("Workstream")).primary(),
    code: p.text(),
    name: p.text(),
    source: p.text().$type<Source>(),
  },
});

export const workstreams = defineRows(WorkstreamEntity, { type: "Workstream" });
export type WorkstreamRow = Row<InferEntity<typeof WorkstreamEntity>>;
