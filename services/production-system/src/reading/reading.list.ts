import { defineList } from "@clic/subgraph-kit";
import { readings } from "./reading.entity.ts";

export const readingList = defineList({
  rows: readings,
  node: "Reading",
  fields: {
    takenOn: { filter: true, order: true },
    value: { filter: true, order: true },
    checkpoint: { filter: true, enum: "Checkpoint" },
  },
  defaultOrder: [{ property: "takenOn", direction: "ASC" }],
});
