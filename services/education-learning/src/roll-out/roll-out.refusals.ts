import { defineRefusals } from "@clic/subgraph-kit";

export const rollOutRefusals = defineRefusals({
  SITE_INVITED_ALREADY: {
    type: "SiteInvitedAlready",
    meaning: "The organisation is a site of this roll-out already. Change that site instead.",
  },
  SITE_STATUS_REFUSED: {
    type: "SiteStatusRefused",
    meaning: "A site can't go from its state to the one asked for. See the states in the README.",
  },
  LICENCES_EXCEEDED: {
    type: "LicencesExceeded",
    meaning: "More users than licences. Add licences first, or count again.",
  },
});
