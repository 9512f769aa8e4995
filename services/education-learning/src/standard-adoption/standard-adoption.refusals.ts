import { defineRefusals } from "@clic/subgraph-kit";

export const standardAdoptionRefusals = defineRefusals({
  STANDARD_REVISED: {
    type: "StandardRevised",
    meaning: "The version assessed is not the one in force. Read that one, and assess by it.",
  },
});
