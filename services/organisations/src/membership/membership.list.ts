import { defineList } from "@clic/subgraph-kit";
import { memberships } from "./membership.entity.ts";

export const membershipList = defineList({
  rows: memberships,
  node: "Membership",
  fields: {
    organisationId: { filter: true },
    personId: { filter: true },
    status: { filter: true, order: true, enum: "MembershipStatus" },
    isPrimary: { filter: true },
    startsOn: { filter: true, order: true },
    endsOn: { filter: true, order: true },
    source: { filter: true, enum: "Source" },
  },
  defaultOrder: [{ property: "startsOn", direction: "ASC" }],
});
