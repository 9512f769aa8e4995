import { defineList } from "@clic/subgraph-kit";
import { requirementProfiles } from "./requirement-profile.entity.ts";

export const requirementProfileList = defineList({
  rows: requirementProfiles,
  node: "RequirementProfile",
  fields: {
    role: { filter: true, group: true },
    organisationKind: { filter: true, group: true, enum: "OrganisationKind" },
    courseId: { filter: true, group: true },
    everyMonths: { filter: true, order: true },
    startsOn: { filter: true, order: true, group: true },
    retiredFrom: { filter: true, order: true, group: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  defaultOrder: [{ property: "startsOn", direction: "DESC" }],
});
