import { measureLargest, sum } from "./follow-fragments.ts";
import type { DocumentLimit } from "./limit.ts";

/**
 * Fields after every fragment is put where it is spread. Thirty fragments that each spread the next twice are a short
 * document and a thousand million selections; whoever plans or executes meets all of them.
 */
export const selections = {
  code: "TOO_MANY_SELECTIONS",
  unit: "fields, fragments expanded",
  measure: (document) => measureLargest(document, { field: (_field, inside) => inside + 1, join: sum }),
} as const satisfies DocumentLimit;
