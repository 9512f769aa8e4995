import { defineRefusals } from "@clic/subgraph-kit";

export const supportRequestRefusals = defineRefusals({
  SUPPORT_REQUEST_NOT_READY: {
    type: "SupportRequestNotReady",
    meaning: "The request's status does not allow this. `status` says where it stands.",
  },
  ALREADY_SPONSORED: { type: "AlreadySponsored", meaning: "Somebody else stands behind this request already." },
  SPONSOR_MISSING: {
    type: "SponsorMissing",
    meaning: "Nobody stands behind this request yet, and accepting needs a sponsor. Find one first.",
  },
});
