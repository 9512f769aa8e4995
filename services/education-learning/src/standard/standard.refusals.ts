import { defineRefusals } from "@clic/subgraph-kit";

export const standardRefusals = defineRefusals({
  STANDARD_REFERENCE_TAKEN: {
    type: "StandardReferenceTaken",
    meaning: "There is a standard with this reference already. Revise that one instead.",
  },
  STANDARD_VERSION_TAKEN: {
    type: "StandardVersionTaken",
    meaning: "The standard has, or had, a version of this name. Versions don't come twice: choose another name.",
  },
});
