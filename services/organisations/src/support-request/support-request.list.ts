import { defineList } from "@clic/subgraph-kit";
import { supportRequests } from "./support-request.entity.ts";

export const supportRequestList = defineList({
  rows: supportRequests,
  node: "SupportRequest",
  fields: {
    title: { filter: true, order: true },
    requestedById: { filter: true },
    strategy: { filter: true, order: true, enum: "StrategyKey" },
    status: { filter: true, order: true, enum: "SupportRequestStatus" },
    score: { filter: true, order: true },
    receivedOn: { filter: true, order: true },
    decidedAt: { filter: true, order: true },
    source: { filter: true, enum: "Source" },
  },
  defaultOrder: [{ property: "receivedOn", direction: "DESC" }],
});
