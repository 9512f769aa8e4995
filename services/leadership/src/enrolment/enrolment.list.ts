import { defineList } from "@clic/subgraph-kit";
import { enrolments } from "./enrolment.entity.ts";
import { seesEveryEnrolment } from "./enrolment.rules.ts";

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
  reach: (viewer) => {
    if (seesEveryEnrolment(viewer)) return "";
    const own = `e."person_id" = (select leadership.viewer_person())`;
    if (!viewer.scopes.has("organisation:read")) return own;
    return `(${own} or e."organisation_id" = (select leadership.viewer_organisation()))`;
  },
  defaultOrder: [{ property: "appliedAt", direction: "ASC" }],
});
