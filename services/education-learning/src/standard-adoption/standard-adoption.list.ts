import { defineList } from "@clic/subgraph-kit";
import { standardAdoptions } from "./standard-adoption.entity.ts";

/** Reason, gap and actions are withheld by row, so nobody filters or orders by them. */
export const standardAdoptionList = defineList({
  rows: standardAdoptions,
  node: "StandardAdoption",
  fields: {
    status: { filter: true, group: true, enum: "StandardAdoptionStatus" },
    standardId: { filter: true, group: true },
    organisationId: { filter: true, group: true },
    assessedVersion: { filter: true, group: true },
    assessedOn: { filter: true, order: true, group: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  needs: {
    standard: ["standardId"],
    organisation: ["organisationId"],
    reason: ["organisationId", "reason"],
    gap: ["organisationId", "gap"],
    actions: ["organisationId", "actions"],
    detailWithheld: ["organisationId"],
  },
  defaultOrder: [{ property: "assessedOn", direction: "DESC" }],
});
