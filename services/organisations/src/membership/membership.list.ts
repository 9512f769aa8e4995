import { defineList } from "@clic/subgraph-kit";
import { mayFilterByPerson } from "../person/person.rules.ts";
import { memberships } from "./membership.entity.ts";

export const membershipList = defineList({
  rows: memberships,
  node: "Membership",
  fields: {
    organisationId: { filter: true, group: true },
    personId: { filter: true, group: true, visibleTo: mayFilterByPerson },
    status: { filter: true, order: true, group: true, enum: "MembershipStatus" },
    isPrimary: { filter: true, group: true },
    startsOn: { filter: true, order: true, group: true },
    endsOn: { filter: true, order: true, group: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  defaultOrder: [{ property: "startsOn", direction: "ASC" }],
});
