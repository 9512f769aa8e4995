import { defineRefusals } from "@clic/subgraph-kit";

export const organisationHistoryRefusals = defineRefusals({
  SUCCESSION_REFUSED: {
    type: "SuccessionRefused",
    meaning:
      "The organisation has a successor already, or the two would succeed each other in a circle, or it ended later.",
  },
});
