import { defineList } from "@clic/subgraph-kit";
import { scores } from "./assessment.entity.ts";

export const scoreList = defineList({
  rows: scores,
  node: "Score",
  fields: {
    criterionId: { filter: true, group: true },
    value: { filter: true, order: true, sum: true },
    scoredAt: { filter: true, order: true, group: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  defaultOrder: [{ property: "scoredAt", direction: "DESC" }],
});
