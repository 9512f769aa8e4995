import { defineRefusals } from "@clic/subgraph-kit";

export const readingRefusals = defineRefusals({
  READING_EXISTS: {
    type: "ReadingExists",
    meaning: "The metric has a reading at this checkpoint already. A checkpoint has one.",
  },
});
