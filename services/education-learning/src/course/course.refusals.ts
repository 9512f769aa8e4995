import { defineRefusals } from "@clic/subgraph-kit";

export const courseRefusals = defineRefusals({
  COURSE_CODE_TAKEN: {
    type: "CourseCodeTaken",
    meaning: "Another course has this code. Codes are never reused: choose another.",
  },
  COURSE_STATUS_REFUSED: {
    type: "CourseStatusRefused",
    meaning: "A course can't go from its state to the one asked for. See the states in the README.",
  },
});
