import { operationsOf } from "./follow-fragments.ts";
import type { DocumentLimit } from "./limit.ts";

/** Operations a document: one runs, all are validated, each against every fragment. */
export const operations = {
  code: "TOO_MANY_OPERATIONS",
  unit: "operations",
  measure: (document) => operationsOf(document).length,
} as const satisfies DocumentLimit;
