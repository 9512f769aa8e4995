import { newUuid } from "@clic/global-id";
import type { GraphQLError, GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";
import { type ThrownCode, thrownCodes } from "./coded-error.ts";

interface Cause extends Error {
  readonly code?: unknown;
  readonly extensions?: { readonly code?: unknown };
}

/** SQLSTATEs that say "not now" rather than "never": the server is away, starting, stopping or out of connections. */
const awayStates = /^(08|53|57P)/;

/**
 * What a caller may know of an error. Coded errors pass as they are; everything else becomes `INTERNAL` with an id
 * under which the log has the whole of it. No SQL, stack, URL or value of a row gets out.
 */
export function maskError(error: GraphQLError, logger: Logger): GraphQLFormattedError {
  const where = { ...(error.locations && { locations: error.locations }), ...(error.path && { path: error.path }) };
  const code = error.extensions?.["code"];
  if (typeof code === "string" && code in thrownCodes)
    return { message: error.message, ...where, extensions: { ...error.extensions } };
  const cause: Cause | undefined = error.originalError;
  const thrown = cause?.extensions?.code;
  if (typeof thrown === "string" && thrown in thrownCodes)
    return { message: error.message, ...where, extensions: { ...cause?.extensions, code: thrown } };
  if (cause?.code === "MALFORMED_GLOBAL_ID")
    return { message: cause.message, ...where, extensions: { code: "BAD_USER_INPUT" } };
  // The executor's own errors before any resolver ran (a bad variable, say) name only what the caller sent.
  if (cause === undefined && error.path === undefined)
    return { message: error.message, ...where, extensions: { code: "BAD_USER_INPUT" } };
  const id = newUuid();
  const away = isAway(cause);
  logger.error({ errorId: id, err: withoutValues(cause ?? error), path: error.path }, "request failed");
  const masked: ThrownCode = away ? "UNAVAILABLE" : "INTERNAL";
  const message = away
    ? "The service's database is away for a moment. Try again."
    : `Something unexpected happened (${id}).`;
  return { message, ...where, extensions: { code: masked, id } };
}

/** The error for the log: PostgreSQL's `detail`, `where` and the like repeat rows, and rows are people's. */
function withoutValues(error: Error & { readonly code?: unknown; readonly constraint?: unknown }): object {
  const { name, message, stack, code, constraint } = error;
  return { type: name, message, stack, code, constraint };
}

function isAway(cause: Cause | undefined): boolean {
  const code = typeof cause?.code === "string" ? cause.code : "";
  return (
    awayStates.test(code) ||
    code === "ECONNREFUSED" ||
    code === "ECONNRESET" ||
    /Connection terminated|timeout exceeded when trying to connect/.test(cause?.message ?? "")
  );
}
