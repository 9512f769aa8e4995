import { defineRows, idOf, type Row } from "@clic/subgraph-kit";
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import type { Source } from "../source.rules.ts";

export const PersonEntity = defineEntity({
  name: "Person",
  tableName: "person",
  schema: "organisations",
  properties: {
    id: p.type(idOf("Person")).primary(),
    displayName: p.text().nullable(),
    reportedRole: p.text().nullable(),
    source: p.text().$type<Source>(),
  },
});

export const people = defineRows(PersonEntity, { type: "Person" });
export type PersonRow = Row<InferEntity<typeof PersonEntity>>;
