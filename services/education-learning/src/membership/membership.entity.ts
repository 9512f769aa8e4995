import { idOf } from "@clic/subgraph-kit";
import { defineEntity, p } from "@mikro-orm/postgresql";
import type { Source } from "../course/course.entity.ts";

/** That somebody belongs to an organisation, for a time: a copy, as Organisations last told. Nothing here changes it otherwise. */
export const MembershipEntity = defineEntity({
  name: "Membership",
  tableName: "membership",
  schema: "education_learning",
  properties: {
    id: p.type(idOf("Membership")).primary(),
    organisationId: p.type(idOf("Organisation")),
    organisationKind: p.text().nullable(),
    personId: p.type(idOf("Person")),
    roles: p.array(),
    status: p.text().nullable(),
    startsOn: p.date().nullable(),
    endsOn: p.date().nullable(),
    /** When the fact happened that this is of; null for loaded rows. */
    knownAt: p.datetime().columnType("timestamptz(3)").nullable(),
    source: p.text().$type<Source>(),
  },
});
