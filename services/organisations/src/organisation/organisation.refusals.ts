import { defineRefusals } from "@clic/subgraph-kit";

export const organisationRefusals = defineRefusals({
  ODS_CODE_TAKEN: {
    type: "OdsCodeTaken",
    meaning: "An organisation has this ODS code already, perhaps an inactive one. Codes are never reused.",
  },
  ORGANISATION_STATUS_REFUSED: {
    type: "OrganisationStatusRefused",
    meaning: "The organisation can't go from its status to this one. `allowed` lists where it can go.",
  },
});
