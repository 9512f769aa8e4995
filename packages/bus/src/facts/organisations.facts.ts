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
 * Organisations of the directory are new or otherwise than before: what each is now. One where somebody changed one; up to 200
 * where a file was imported, so that a file of two hundred thousand is a thousand facts.
 */
export const organisationsChanged = defineFact({
  type: "organisations.organisations-changed",
  version: 1,
  data: z.object({
    /** The run that imported them; null when somebody changed one. */
    importRunId: z.string().nullable(),
    organisations: z
      .array(
        z.object({
          organisationId: z.string().min(1),
          odsCode: z.string().nullable(),
          name: z.string().min(1),
          kind: z.string().nullable(),
          status: z.string().nullable(),
          parentId: z.string().nullable(),
          validFrom: z.iso.date().nullable(),
          validTo: z.iso.date().nullable(),
          succeededById: z.string().nullable(),
        }),
      )
      .min(1)
      .max(200),
  }),
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
