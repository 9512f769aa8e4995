import { defineList } from "@clic/subgraph-kit";
import { standardAdoptions } from "./standard-adoption.entity.ts";

/** Reason, gap and actions are withheld by row, so nobody filters or orders by them. */
export const standardAdoptionList = defineList({
  rows: standardAdoptions,
  node: "StandardAdoption",
  fields: {
    status: { filter: true, enum: "StandardAdoptionStatus" },
    standardId: { filter: true },
    organisationId: { filter: true },
    assessedVersion: { filter: true },
    assessedOn: { filter: true, order: true },
    source: { filter: true, enum: "Source" },
  },
  defaultOrder: [{ property: "assessedOn", direction: "DESC" }],
});
