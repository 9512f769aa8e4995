import { defineRows, idOf, type Row } from "@clic/subgraph-kit";
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import type { Source } from "../source.rules.ts";

export const PriorityEntity = defineEntity({
  name: "Priority",
  tableName: "priority",
  schema: "organisations",
  properties: {
    id: p.type(idOf("Priority")).primary(),
    code: p.text(),
    title: p.text(),
    source: p.text().$type<Source>(),
  },
});

export const priorities = defineRows(PriorityEntity, { type: "Priority" });
export type PriorityRow = Row<InferEntity<typeof PriorityEntity>>;
