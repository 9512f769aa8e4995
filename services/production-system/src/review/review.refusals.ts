import { defineRefusals } from "@clic/subgraph-kit";

export const reviewRefusals = defineRefusals({
  REVIEW_SETTLED: { type: "ReviewSettled", meaning: "The review was held or waived already. It happens once." },
});
