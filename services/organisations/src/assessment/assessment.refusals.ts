import { defineRefusals } from "@clic/subgraph-kit";

export const assessmentRefusals = defineRefusals({
  OWN_REQUEST: {
    type: "OwnRequest",
    meaning:
      "Nobody assesses or moderates what they asked for themselves, or a request of an organisation that they act for, are a member of, or are seconded from or to.",
  },
  ALREADY_ASSESSED: {
    type: "AlreadyAssessed",
    meaning:
      "The viewer has assessed this request already. An assessment stays as it was given, and a third person moderates.",
  },
  MODERATION_NEEDED: {
    type: "ModerationNeeded",
    meaning:
      "The two assessments differ by more than the criteria allow. A third person who assesses moderates first (`moderateSupportRequest`).",
  },
  CRITERIA_MISMATCH: {
    type: "CriteriaMismatch",
    meaning:
      "The scores name other criteria than the request is assessed by: another version went live, or it was begun by an earlier one. `criteriaSetId` says by which; read it, and score again.",
  },
  NO_LIVE_CRITERIA: {
    type: "NoLiveCriteria",
    meaning: "No version of the criteria is live, so nothing new is assessed. The office makes one live.",
  },
});
