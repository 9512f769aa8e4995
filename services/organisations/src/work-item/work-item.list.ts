import { defineList } from "@clic/subgraph-kit";
import { workItems } from "./work-item.entity.ts";

export const workItemList = defineList({
  rows: workItems,
  node: "WorkItem",
  fields: {
    id: { filter: true },
    type: { filter: true, order: true, group: true, enum: "WorkItemType" },
    title: { filter: true, order: true },
    strategy: { filter: true, order: true, group: true, enum: "StrategyKey" },
    status: { filter: true, order: true, group: true, enum: "WorkItemStatus" },
    statusSince: { filter: true, order: true, group: true },
    reportedStatus: { filter: true, group: true },
    leadOrganisationId: { filter: true, group: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  defaultOrder: [{ property: "title", direction: "ASC" }],
});
