import { defineList } from "@clic/subgraph-kit";
import { readings } from "./reading.entity.ts";

export const readingList = defineList({
  rows: readings,
  node: "Reading",
  fields: {
    takenOn: { filter: true, order: true, group: true },
    value: { filter: true, order: true, sum: true },
    metricId: { filter: true, group: true },
    checkpoint: { filter: true, group: true, enum: "Checkpoint" },
  },
  defaultOrder: [{ property: "takenOn", direction: "ASC" }],
});
