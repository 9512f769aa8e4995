import { z } from "zod";

import { defineFact } from "../fact.definition.ts";

const workItem = z.object({
  /** The global id; its prefix tells the type. */
  workItemId: z.string().min(1),
  workItemType: z.literal(["LearningInitiative", "Rpiw", "ImprovementProject", "LeadershipInitiative"]),
  title: z.string().min(1),
  strategy: z.string().nullable(),
  status: z.string().min(1),
  leadOrganisationId: z.string().nullable(),
});

/** A request for support was accepted, and this is the one work item made of it. */
export const supportRequestAccepted = defineFact({
  type: "organisations.support-request-accepted",
  version: 1,
  data: workItem.extend({ supportRequestId: z.string().min(1), source: z.string().min(1) }),
});

/** A work item was made otherwise than from a request. */
export const workItemRegistered = defineFact({
  type: "organisations.work-item-registered",
  version: 1,
  data: workItem,
});

/**
 * A membership began, changed or ended, or its organisation became one of another kind: all there is to know of it now. Who
 * counts people by organisation and role keeps a copy.
 */
export const membershipChanged = defineFact({
  type: "organisations.membership-changed",
  version: 1,
  data: z.object({
    membershipId: z.string().min(1),
    personId: z.string().min(1),
    organisationId: z.string().min(1),
    organisationKind: z.string().nullable(),
    roles: z.array(z.string()),
    /** `INVITED`, `ACTIVE` or `LEFT`; null where nobody knows. */
    status: z.string().nullable(),
    startsOn: z.iso.date().nullable(),
    /** The last day; null while it lasts. */
    endsOn: z.iso.date().nullable(),
  }),
});
