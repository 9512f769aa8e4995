import { defineRefusals } from "@clic/subgraph-kit";

export const budgetCommitmentRefusals = defineRefusals({
  COMMITMENT_NOT_OPEN: {
    type: "CommitmentNotOpen",
    meaning: "The commitment is settled or released. Make a new one.",
  },
  MORE_THAN_COMMITTED: {
    type: "MoreThanCommitted",
    meaning: "The payment is more than what is outstanding of the commitment. Commit the rest first.",
  },
});
