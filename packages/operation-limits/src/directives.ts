import { measureOperation, operationsOf, sum } from "./follow-fragments.ts";
import type { DocumentLimit } from "./limit.ts";

/** Directives of an operation, its variables, fields and fragments: each `@include` doubles what a planner may look at. */
export const directives = {
  code: "TOO_MANY_DIRECTIVES",
  unit: "directives",
  measure: (document) =>
    Math.max(
      0,
      ...operationsOf(document).map((operation) => {
        const own = [operation, ...(operation.variableDefinitions ?? [])].map((node) => node.directives?.length ?? 0);
        const inside = measureOperation(document, operation, {
          field: (field, within) => within + (field.directives?.length ?? 0),
          fragment: (count) => count,
          join: sum,
        });
        return own.reduce(sum, inside);
      }),
    ),
} as const satisfies DocumentLimit;
