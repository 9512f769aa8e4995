import { defineList } from "@clic/subgraph-kit";
import { enrolments } from "./enrolment.entity.ts";

export const enrolmentList = defineList({
  rows: enrolments,
  node: "Enrolment",
  fields: {
    status: { filter: true, group: true, enum: "EnrolmentStatus" },
    appliedAt: { filter: true, order: true, group: true },
    personId: { filter: true },
    cohortId: { filter: true, group: true },
    organisationId: { filter: true, group: true },
  },
  defaultOrder: [{ property: "appliedAt", direction: "ASC" }],
});
