import { defineList } from "@clic/subgraph-kit";
import { facultyMemberships } from "./faculty-membership.entity.ts";

/** Where a membership stands is no column: it follows from `accreditedUntil`, `trainedFrom` and `leftOn`. */
export const facultyMembershipList = defineList({
  rows: facultyMemberships,
  node: "FacultyMembership",
  fields: {
    level: { filter: true, group: true, enum: "FacultyLevel" },
    personId: { filter: true },
    organisationId: { filter: true, group: true },
    coachId: { filter: true, group: true },
    nominatedOn: { filter: true, order: true, group: true },
    trainedFrom: { filter: true },
    accreditedOn: { filter: true, order: true, group: true },
    accreditedUntil: { filter: true, order: true, group: true },
    leftOn: { filter: true, order: true },
    sessionsTaught: { filter: true, order: true, sum: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  defaultOrder: [{ property: "nominatedOn", direction: "ASC" }],
});
