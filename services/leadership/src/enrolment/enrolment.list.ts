import { defineList } from "@clic/subgraph-kit";
import { enrolments } from "./enrolment.entity.ts";

export const enrolmentList = defineList({
  rows: enrolments,
  node: "Enrolment",
  fields: {
    status: { filter: true, enum: "EnrolmentStatus" },
    appliedAt: { filter: true, order: true },
    cohortId: { filter: true },
    organisationId: { filter: true },
  },
  defaultOrder: [{ property: "appliedAt", direction: "ASC" }],
});
