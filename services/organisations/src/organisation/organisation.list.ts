import { defineList } from "@clic/subgraph-kit";
import { organisations } from "./organisation.entity.ts";

export const organisationList = defineList({
  rows: organisations,
  node: "Organisation",
  fields: {
    id: { filter: true },
    odsCode: { filter: true, order: true },
    name: { filter: true, order: true },
    kind: { filter: true, order: true, enum: "OrganisationKind" },
    status: { filter: true, order: true, enum: "OrganisationStatus" },
    parentId: { filter: true },
    succeededById: { filter: true },
    validFrom: { filter: true, order: true },
    validTo: { filter: true, order: true },
    source: { filter: true, enum: "Source" },
  },
  defaultOrder: [{ property: "name", direction: "ASC" }],
});
