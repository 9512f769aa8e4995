import { defineList } from "@clic/subgraph-kit";
import { supportRequests } from "./support-request.entity.ts";

export const supportRequestList = defineList({
  rows: supportRequests,
  node: "SupportRequest",
  fields: {
    title: { filter: true, order: true },
    requestedById: { filter: true, group: true },
    strategy: { filter: true, order: true, group: true, enum: "StrategyKey" },
    status: { filter: true, order: true, group: true, enum: "SupportRequestStatus" },
    score: { filter: true, order: true, sum: true },
    criteriaSetId: { filter: true, group: true },
    moderationNeeded: { filter: true, group: true },
    redirectedToId: { filter: true, group: true },
    receivedOn: { filter: true, order: true, group: true },
    decidedAt: { filter: true, order: true, group: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  defaultOrder: [{ property: "receivedOn", direction: "DESC" }],
});
