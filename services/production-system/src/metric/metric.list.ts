import { defineList } from "@clic/subgraph-kit";
import { metrics } from "./metric.entity.ts";

export const metricList = defineList({
  rows: metrics,
  node: "Metric",
  fields: {
    name: { filter: true, order: true, group: true },
    unit: { filter: true, group: true },
    direction: { filter: true, group: true, enum: "MetricDirection" },
    baseline: { filter: true, order: true, sum: true },
    baselineTakenOn: { filter: true, order: true, group: true },
    baselineFrozenAt: { filter: true, order: true, group: true },
    target: { filter: true, order: true, sum: true },
    rpiwId: { filter: true, group: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  defaultOrder: [{ property: "name", direction: "ASC" }],
});
