import { newUuid } from "@clic/global-id";
import { withoutWords } from "@clic/telemetry";
import type { GraphQLError, GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";
import { type ThrownCode, thrownCodes } from "./coded-error.ts";

interface Cause extends Error {
  readonly code?: unknown;
  readonly extensions?: { readonly code?: unknown };
}

/** SQLSTATEs that say "not now" rather than "never": the server is away, starting, stopping or full, or others hold a lock. */
const awayStates = /^(08|53|57P|40001|40P01|55P03|25P03)/;
/** What the system says of a server that can't be reached. */
const awayErrors = /^E(CONNREFUSED|CONNRESET|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN)$/;
/** A character U+0000, which PostgreSQL keeps in no text: in a parameter (22021) or within a statement (08P01). */
const badCharacter = /^(22021|08P01)$/;
const cancelled = "57014";
const badUserInput = { code: "BAD_USER_INPUT" } as const;

/**
 * What a caller may know of an error. Coded errors pass as they are; everything else becomes `INTERNAL` with an id
 * under which the log has its kind, its code and where it came up. No SQL, URL or value of a row gets out, to the log neither.
 */
export function maskError(error: GraphQLError, logger: Logger): GraphQLFormattedError {
  const where = { ...(error.locations && { locations: error.locations }), ...(error.path && { path: error.path }) };
  const code = error.extensions?.["code"];
  if (isThrownCode(code)) return { message: error.message, ...where, extensions: { ...error.extensions } };
  const cause: Cause | undefined = error.originalError;
  const thrown = cause?.extensions?.code;
  if (isThrownCode(thrown))
    return { message: error.message, ...where, extensions: { ...cause?.extensions, code: thrown } };
  if (cause?.code === "MALFORMED_GLOBAL_ID") return { message: cause.message, ...where, extensions: badUserInput };
  // The executor's own errors before any resolver ran (a bad variable, say) name only what the caller sent.
  if (cause === undefined && error.path === undefined)
    return { message: error.message, ...where, extensions: badUserInput };
  const state = typeof cause?.code === "string" ? cause.code : "";
  if (badCharacter.test(state))
    return { message: "A text holds a character that can't be kept (U+0000).", ...where, extensions: badUserInput };
  const id = newUuid();
  logger.error({ errorId: id, err: withoutWords(cause ?? error), path: error.path }, "request failed");
  const [masked, message] = verdict(state, cause?.message ?? "", id);
  return { message, ...where, extensions: { code: masked, id } };
}

function isThrownCode(code: unknown): code is ThrownCode {
  return typeof code === "string" && Object.hasOwn(thrownCodes, code);
}

function verdict(state: string, text: string, id: string): [ThrownCode, string] {
  if (state === cancelled) return ["UNAVAILABLE", "This took too long and was stopped. Ask for less, or try again."];
  const away =
    awayStates.test(state) ||
    awayErrors.test(state) ||
    /Connection terminated|Query read timeout|timeout exceeded when trying to connect/.test(text);
  return away
    ? ["UNAVAILABLE", "The service's database is away for a moment. Try again."]
    : ["INTERNAL", `Something unexpected happened (${id}).`];
}
