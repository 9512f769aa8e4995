import { defineList } from "@clic/subgraph-kit";
import { organisations } from "./organisation.entity.ts";

export const organisationList = defineList({
  rows: organisations,
  node: "Organisation",
  fields: {
    id: { filter: true },
    odsCode: { filter: true, order: true },
    name: { filter: true, order: true },
    kind: { filter: true, order: true, group: true, enum: "OrganisationKind" },
    status: { filter: true, order: true, group: true, enum: "OrganisationStatus" },
    parentId: { filter: true, group: true },
    succeededById: { filter: true, group: true },
    validFrom: { filter: true, order: true, group: true },
    validTo: { filter: true, order: true, group: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  defaultOrder: [{ property: "name", direction: "ASC" }],
});
