import { type OperationLimits, defaultOperationLimits } from "@clic/operation-limits";
import type { JsonLimits } from "@clic/request-limits";
import { z } from "zod";

const most = (value: number): z.ZodDefault<z.ZodCoercedNumber> => z.coerce.number().int().min(1).default(value);
const operation = defaultOperationLimits;

/** The variables of the environment that say how much a client may ask for. */
export const limitVariables = {
  MAX_BODY_BYTES: most(1024 * 1024),
  MAX_JSON_NESTING: most(50),
  MAX_JSON_VALUES: most(10_000),
  MAX_BATCH: most(1),
  MAX_CHARACTERS: most(operation.characters!),
  MAX_TOKENS: most(operation.tokens!),
  MAX_OPERATIONS: most(operation.operations!),
  MAX_VARIABLES: most(operation.variables!),
  MAX_DEPTH: most(operation.depth!),
  MAX_SELECTIONS: most(operation.selections!),
  MAX_ROOT_FIELDS: most(operation.rootFields!),
  MAX_ALIASES: most(operation.aliases!),
  MAX_DIRECTIVES: most(operation.directives!),
  MAX_OVERLAPS: most(operation.overlaps!),
  MAX_ANSWER_VALUES: most(100_000),
  PLAN_BUDGET_MS: most(2_000),
  MAX_IN_FLIGHT: most(1_000),
  RATE_LIMIT: most(3_000),
  RATE_LIMIT_ANONYMOUS: most(6_000),
  RATE_LIMIT_WINDOW_SECONDS: most(60),
};

/** What clients are held to. */
export interface Limits {
  readonly bodyBytes: number;
  readonly json: JsonLimits;
  /** Operations in one request. */
  readonly batch: number;
  readonly operation: OperationLimits;
  /** Objects and fields that an operation may bring, by its page sizes. */
  readonly answerValues: number;
  readonly planBudgetMs: number;
  /** Requests at once, of everybody; fewer while the event loop lags. */
  readonly inFlight: number;
  /** Requests in a window, of one person or client, and of one address that nobody signed in from. */
  readonly rate: { readonly identified: number; readonly anonymous: number; readonly windowSeconds: number };
}

export function limitsOf(variables: z.output<z.ZodObject<typeof limitVariables>>): Limits {
  return {
    bodyBytes: variables.MAX_BODY_BYTES,
    json: { nesting: variables.MAX_JSON_NESTING, values: variables.MAX_JSON_VALUES },
    batch: variables.MAX_BATCH,
    operation: {
      characters: variables.MAX_CHARACTERS,
      tokens: variables.MAX_TOKENS,
      operations: variables.MAX_OPERATIONS,
      variables: variables.MAX_VARIABLES,
      depth: variables.MAX_DEPTH,
      selections: variables.MAX_SELECTIONS,
      rootFields: variables.MAX_ROOT_FIELDS,
      aliases: variables.MAX_ALIASES,
      directives: variables.MAX_DIRECTIVES,
      overlaps: variables.MAX_OVERLAPS,
    },
    answerValues: variables.MAX_ANSWER_VALUES,
    planBudgetMs: variables.PLAN_BUDGET_MS,
    inFlight: variables.MAX_IN_FLIGHT,
    rate: {
      identified: variables.RATE_LIMIT,
      anonymous: variables.RATE_LIMIT_ANONYMOUS,
      windowSeconds: variables.RATE_LIMIT_WINDOW_SECONDS,
    },
  };
}
