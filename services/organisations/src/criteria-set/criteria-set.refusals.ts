import { defineRefusals } from "@clic/subgraph-kit";

export const criteriaSetRefusals = defineRefusals({
  CRITERIA_SET_STATUS_REFUSED: {
    type: "CriteriaSetStatusRefused",
    meaning:
      "The set's status does not allow this: a draft is revised and goes live, a live set is retired, and both stay as they are from then on. Copy it to change it.",
  },
  ANOTHER_SET_WENT_LIVE: {
    type: "AnotherSetWentLive",
    meaning: "Another set went live at the same moment, and one is live at a time. Look at it, then try again.",
  },
  WEIGHTS_NOT_100: {
    type: "WeightsNot100",
    meaning: "The weights of a set that goes live total 100. `total` says what they total. Revise the draft first.",
  },
});
