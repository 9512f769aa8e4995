import { measureLargest, sum } from "./follow-fragments.ts";
import type { DocumentLimit } from "./limit.ts";

/** Aliases, fragments followed: they ask for the same field again and again, a search or a sign-in a thousand times. */
export const aliases = {
  code: "TOO_MANY_ALIASES",
  unit: "aliases",
  measure: (document) =>
    measureLargest(document, { field: ({ alias }, inside) => inside + (alias ? 1 : 0), join: sum }),
} as const satisfies DocumentLimit;
