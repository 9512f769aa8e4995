import { defineRefusals } from "@clic/subgraph-kit";

export const requirementRefusals = defineRefusals({
  REQUIRED_ALREADY: {
    type: "RequiredAlready",
    meaning:
      "The course is required of these people already, on some of these days. Change or retire that requirement.",
  },
  REQUIREMENT_RETIRED: {
    type: "RequirementRetired",
    meaning: "The requirement was retired, or was changed and another has taken its place. Change that one.",
  },
  REQUIREMENTS_FULL: {
    type: "RequirementsFull",
    meaning: "There are as many requirements as there may be at a time (100). Retire one first.",
  },
});
