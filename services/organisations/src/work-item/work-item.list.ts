import { defineList } from "@clic/subgraph-kit";
import { workItems } from "./work-item.entity.ts";

export const workItemList = defineList({
  rows: workItems,
  node: "WorkItem",
  fields: {
    id: { filter: true },
    type: { filter: true, order: true, enum: "WorkItemType" },
    title: { filter: true, order: true },
    strategy: { filter: true, order: true, enum: "StrategyKey" },
    status: { filter: true, order: true, enum: "WorkItemStatus" },
    statusSince: { filter: true, order: true },
    reportedStatus: { filter: true },
    leadOrganisationId: { filter: true },
    source: { filter: true, enum: "Source" },
  },
  defaultOrder: [{ property: "title", direction: "ASC" }],
});
