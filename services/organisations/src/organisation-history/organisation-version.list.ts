import { defineList } from "@clic/subgraph-kit";
import { organisationVersions } from "./organisation-version.entity.ts";

export const organisationVersionList = defineList({
  rows: organisationVersions,
  node: "OrganisationVersion",
  fields: {
    organisationId: { filter: true },
    number: { filter: true, order: true },
    fromDay: { filter: true, order: true },
    toDay: { filter: true, order: true },
    recordedAt: { filter: true, order: true, group: true },
    odsCode: { filter: true, order: true },
    name: { filter: true, order: true },
    kind: { filter: true, order: true, group: true, enum: "OrganisationKind" },
    status: { filter: true, order: true, group: true, enum: "OrganisationStatus" },
    odsStatus: { filter: true, order: true, group: true, enum: "OdsStatus" },
    parentId: { filter: true, group: true },
    validFrom: { filter: true, order: true, group: true },
    validTo: { filter: true, order: true, group: true },
    succeededById: { filter: true, group: true },
    postcode: { filter: true, order: true },
  },
  defaultOrder: [{ property: "name", direction: "ASC" }],
});
