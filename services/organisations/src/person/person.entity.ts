import { defineRows, idOf, ledBy, type Row, seenWith } from "@clic/subgraph-kit";
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

export const people = defineRows(PersonEntity, {
  type: "Person",
  sight: seenWith(["personal:read", "operations:read", "analysis:read"], (viewer) => [
    { property: "id", is: viewer.personId },
    {
      sql: `e."id" = any(array(select m.person_id from organisations.membership m
        where m.organisation_id = $ and m.status is distinct from 'LEFT'))`,
      is: ledBy(viewer),
    },
  ]),
});
export type PersonRow = Row<InferEntity<typeof PersonEntity>>;
