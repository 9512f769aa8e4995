import { defineList } from "@clic/subgraph-kit";
import { rollOuts, rollOutSites } from "./roll-out.entity.ts";
import { seesEverySite } from "./roll-out.rules.ts";

export const rollOutList = defineList({
  rows: rollOuts,
  node: "RollOut",
  fields: {
    title: { filter: true, order: true },
    target: { filter: true, order: true, sum: true },
    courseId: { filter: true, group: true },
    workItemId: { filter: true, group: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  defaultOrder: [{ property: "title", direction: "ASC" }],
});

export const rollOutSiteList = defineList({
  rows: rollOutSites,
  node: "RollOutSite",
  fields: {
    status: { filter: true, group: true, enum: "SiteStatus" },
    organisationId: { filter: true, group: true },
    licences: { filter: true, order: true, sum: true },
    users: { filter: true, order: true, sum: true },
    wentLiveOn: { filter: true, order: true, group: true },
  },
  reach: (viewer) => {
    if (seesEverySite(viewer)) return "";
    if (!viewer.scopes.has("organisation:read")) return "false";
    return `e."organisation_id" = (select education_learning.viewer_organisation())`;
  },
  defaultOrder: [{ property: "wentLiveOn", direction: "ASC" }],
});
