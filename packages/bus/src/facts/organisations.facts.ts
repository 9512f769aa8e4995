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
