import { defineRefusals } from "@clic/subgraph-kit";

export const metricRefusals = defineRefusals({
  METRIC_NAME_TAKEN: { type: "MetricNameTaken", meaning: "The RPIW has a metric of this name. Choose another name." },
  BASELINE_FROZEN: {
    type: "BaselineFrozen",
    meaning: "Baselines and targets are frozen when the workshop starts. What is measured later is a reading.",
  },
});
