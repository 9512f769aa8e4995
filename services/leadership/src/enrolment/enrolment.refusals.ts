import { defineRefusals } from "@clic/subgraph-kit";

export const enrolmentRefusals = defineRefusals({
  COHORT_FULL: {
    type: "CohortFull",
    meaning: "Every place of the cohort is offered or taken. Wait for a withdrawal, or plan another cohort.",
  },
  APPLIED_ALREADY: {
    type: "AppliedAlready",
    meaning: "The person has a live enrolment in this cohort. Go on with that one.",
  },
  ENROLMENT_STATUS_REFUSED: {
    type: "EnrolmentStatusRefused",
    meaning:
      "The enrolment can't go to that state from where it is, or not by this viewer. See the states in the README.",
  },
  ATTENDANCE_TOO_LOW: { type: "AttendanceTooLow", meaning: "Completion needs four fifths of the sessions held." },
});
