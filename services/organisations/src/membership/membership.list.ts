import { defineList } from "@clic/subgraph-kit";
import { mayFilterByPerson, seesEverybody } from "../person/person.rules.ts";
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
  reach: (viewer) => {
    if (seesEverybody(viewer) || viewer.scopes.has("account:resolve")) return "";
    const self = `e."person_id" = (select organisations.viewer_person())`;
    if (!viewer.scopes.has("organisation:read")) return self;
    return `(${self} or e."organisation_id" = (select organisations.viewer_organisation()))`;
  },
  defaultOrder: [{ property: "startsOn", direction: "ASC" }],
});
