import { defineRows, idOf, ledBy, type Row, seenWith } from "@clic/subgraph-kit";
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import type { Source } from "../source.rules.ts";

export const SecondmentEntity = defineEntity({
  name: "Secondment",
  tableName: "secondment",
  schema: "organisations",
  properties: {
    id: p.type(idOf("Secondment")).primary(),
    personId: p.type(idOf("Person")),
    homeId: p.type(idOf("Organisation")),
    hostId: p.type(idOf("Organisation")),
    startsOn: p.date().nullable(),
    endsOn: p.date().nullable(),
    reportedStart: p.text().nullable(),
    source: p.text().$type<Source>(),
  },
});

export const secondments = defineRows(SecondmentEntity, {
  type: "Secondment",
  sight: seenWith(["personal:read", "operations:read", "analysis:read"], (viewer) => [
    { property: "personId", is: viewer.personId },
    { property: "homeId", is: ledBy(viewer) },
    { property: "hostId", is: ledBy(viewer) },
  ]),
});
export type SecondmentRow = Row<InferEntity<typeof SecondmentEntity>>;
