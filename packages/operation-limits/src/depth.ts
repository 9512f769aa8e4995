import { measureLargest } from "./follow-fragments.ts";
import type { DocumentLimit } from "./limit.ts";

/** Fields within fields: each level is another round of fetches, or another join. */
export const depth = {
  code: "OPERATION_TOO_DEEP",
  unit: "levels of fields",
  measure: (document) => measureLargest(document, { field: (_field, inside) => inside + 1, join: Math.max }),
} as const satisfies DocumentLimit;
