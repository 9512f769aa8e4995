import { z } from "zod";

import { defineFact } from "../fact.definition.ts";

/** The delivery of an RPIW entered another phase. Organisations maps the phase to the work item's status. */
export const rpiwPhaseChanged = defineFact({
  type: "production-system.rpiw-phase-changed",
  version: 1,
  data: z.object({ workItemId: z.string().min(1), phase: z.string().min(1), at: z.iso.datetime() }),
});
