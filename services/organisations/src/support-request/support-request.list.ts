import { defineList } from "@clic/subgraph-kit";
import { supportRequests } from "./support-request.entity.ts";
import { seesEveryRequest } from "./support-request.rules.ts";

export const supportRequestList = defineList({
  rows: supportRequests,
  node: "SupportRequest",
  fields: {
    title: { filter: true, order: true },
    requestedById: { filter: true, group: true },
    strategy: { filter: true, order: true, group: true, enum: "StrategyKey" },
    status: { filter: true, order: true, group: true, enum: "SupportRequestStatus" },
    score: { filter: true, order: true, sum: true },
    receivedOn: { filter: true, order: true, group: true },
    decidedAt: { filter: true, order: true, group: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  reach: (viewer) => {
    if (seesEveryRequest(viewer)) return "";
    const own = `e."requested_by_person_id" = (select organisations.viewer_person())`;
    if (!viewer.scopes.has("organisation:read")) return own;
    return `(${own} or e."requested_by_id" = (select organisations.viewer_organisation()))`;
  },
  defaultOrder: [{ property: "receivedOn", direction: "DESC" }],
});
