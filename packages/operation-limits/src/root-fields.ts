import { measureLargest, sum } from "./follow-fragments.ts";
import type { DocumentLimit } from "./limit.ts";

/** Fields of the root type, fragments followed: each begins a query or a change of its own. */
export const rootFields = {
  code: "TOO_MANY_ROOT_FIELDS",
  unit: "fields of the root",
  measure: (document) => measureLargest(document, { field: () => 1, join: sum }),
} as const satisfies DocumentLimit;
