import { defineRefusals } from "@clic/subgraph-kit";

export const workItemRefusals = defineRefusals({
  WORK_ITEM_STATUS_REFUSED: {
    type: "WorkItemStatusRefused",
    meaning: "The work item can't go from its status to this one. `allowed` lists where it can go.",
  },
  PRIORITY_MISSING: {
    type: "PriorityMissing",
    meaning: "The work item serves no priority, and an active one needs one. Give it a priority first.",
  },
});
