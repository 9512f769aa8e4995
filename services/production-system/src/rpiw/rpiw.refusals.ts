import { defineRefusals } from "@clic/subgraph-kit";

export const rpiwRefusals = defineRefusals({
  RPIW_PHASE_REFUSED: {
    type: "RpiwPhaseRefused",
    meaning: "The RPIW's phase does not allow this. The README has the table of phases.",
  },
  WORKSHOP_NOT_READY: {
    type: "WorkshopNotReady",
    meaning:
      "A workshop needs one metric at least, and a baseline and a target for each. The message names what lacks one.",
  },
  NINETY_DAY_READING_MISSING: {
    type: "NinetyDayReadingMissing",
    meaning:
      "Closing needs a reading at day 90 for each metric, or a waiver of that review, signed by the sponsor or the office.",
  },
});
