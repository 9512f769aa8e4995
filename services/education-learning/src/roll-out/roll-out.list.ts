import { defineList } from "@clic/subgraph-kit";
import { rollOuts, rollOutSites } from "./roll-out.entity.ts";

export const rollOutList = defineList({
  rows: rollOuts,
  node: "RollOut",
  fields: {
    title: { filter: true, order: true },
    target: { filter: true, order: true },
    courseId: { filter: true },
    workItemId: { filter: true },
    source: { filter: true, enum: "Source" },
  },
  defaultOrder: [{ property: "title", direction: "ASC" }],
});

export const rollOutSiteList = defineList({
  rows: rollOutSites,
  node: "RollOutSite",
  fields: {
    status: { filter: true, enum: "SiteStatus" },
    organisationId: { filter: true },
    licences: { filter: true, order: true },
    users: { filter: true, order: true },
    wentLiveOn: { filter: true, order: true },
  },
  defaultOrder: [{ property: "wentLiveOn", direction: "ASC" }],
});
