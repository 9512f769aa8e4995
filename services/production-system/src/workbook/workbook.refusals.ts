import { defineRefusals } from "@clic/subgraph-kit";

export const workbookRefusals = defineRefusals({
  WORKBOOK_EDITION_CLOSED: {
    type: "WorkbookEditionClosed",
    meaning: "The edition was published, and stays as it was. Draft another one.",
  },
  WORKBOOK_CONSENT_MISSING: {
    type: "WorkbookConsentMissing",
    meaning:
      "A lead of each example's organisation consents before the edition is published. The message names the examples.",
  },
});
