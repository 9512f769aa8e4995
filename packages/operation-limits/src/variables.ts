import { operationsOf } from "./follow-fragments.ts";
import type { DocumentLimit } from "./limit.ts";

/** Variables that an operation declares; validation compares each with each of their uses. */
export const variables = {
  code: "TOO_MANY_VARIABLES",
  unit: "variables",
  measure: (document) =>
    Math.max(0, ...operationsOf(document).map(({ variableDefinitions }) => variableDefinitions?.length ?? 0)),
} as const satisfies DocumentLimit;
