import { defineRows, type GraphContext, idOf, ledBy, type Row, seenWith } from "@clic/subgraph-kit";
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import type { Source } from "../source.rules.ts";

export const MembershipEntity = defineEntity({
  name: "Membership",
  tableName: "membership",
  schema: "organisations",
  properties: {
    id: p.type(idOf("Membership")).primary(),
    organisationId: p.type(idOf("Organisation")),
    personId: p.type(idOf("Person")),
    roles: p.array(),
    status: p.text().$type<"INVITED" | "ACTIVE" | "LEFT">().nullable(),
    isPrimary: p.boolean(),
    startsOn: p.date().nullable(),
    endsOn: p.date().nullable(),
    reportedStart: p.text().nullable(),
    source: p.text().$type<Source>(),
  },
});

export const memberships = defineRows(MembershipEntity, {
  type: "Membership",
  sight: seenWith(["personal:read", "operations:read", "analysis:read", "account:resolve"], (viewer) => [
    { property: "personId", is: viewer.personId },
    { property: "organisationId", is: ledBy(viewer) },
  ]),
});
export type MembershipRow = Row<InferEntity<typeof MembershipEntity>>;

/** The memberships of a person that the viewer may see, earliest first; one statement for all people of a request. */
export function membershipsOf(context: GraphContext, personId: string): Promise<MembershipRow[]> {
  return memberships.manyBy(context, "personId", personId, "startsOn");
}
