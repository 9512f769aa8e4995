import { defineList } from "@clic/subgraph-kit";
import { reviews } from "./review.entity.ts";

export const reviewList = defineList({
  rows: reviews,
  node: "Review",
  fields: {
    checkpoint: { filter: true, group: true, enum: "Checkpoint" },
    dueOn: { filter: true, order: true, group: true },
    heldOn: { filter: true, order: true, group: true },
    rpiwId: { filter: true, group: true },
  },
  defaultOrder: [{ property: "dueOn", direction: "ASC" }],
});
