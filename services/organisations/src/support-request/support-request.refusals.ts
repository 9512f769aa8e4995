import { defineRefusals } from "@clic/subgraph-kit";

export const supportRequestRefusals = defineRefusals({
  SUPPORT_REQUEST_NOT_READY: {
    type: "SupportRequestNotReady",
    meaning: "The request's status does not allow this. `status` says where it stands.",
  },
  OWN_REQUEST: { type: "OwnRequest", meaning: "Nobody assesses a request of an organisation that they belong to." },
  ALREADY_ASSESSED: {
    type: "AlreadyAssessed",
    meaning: "The viewer has assessed this request already. An assessment stays as it was given.",
  },
  ALREADY_SPONSORED: { type: "AlreadySponsored", meaning: "Somebody else stands behind this request already." },
  SPONSOR_MISSING: {
    type: "SponsorMissing",
    meaning: "Nobody stands behind this request yet, and accepting needs a sponsor. Find one first.",
  },
});
