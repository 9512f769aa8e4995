import { randomUUID } from "node:crypto";
import { withoutWords } from "@clic/telemetry";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";
import { isErrorCode } from "./error-catalogue.ts";

/** Characters of a message: what a client sent may be quoted in it. */
const MAX_MESSAGE = 1_000;

/**
 * The last thing that sees an error before the caller does: a code of the catalogue passes with its message, the rest is
 * replaced, and logged under an id without its words. Keeps only message, locations, path, and of the extensions code, service, id.
 */
export function createErrorMask(
  log: Logger,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const { message, locations, path, extensions = {} } = formatted;
    const place = { ...(locations && { locations }), ...(path && { path }) };
    const { code, service, id: given } = extensions;
    if (isErrorCode(code)) {
      return {
        message: message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message,
        ...place,
        extensions: { code, ...(service ? { service } : {}), ...(given ? { id: given } : {}) },
      };
    }
    const id = randomUUID();
    log.error({ id, err: withoutWords(originOf(error)) }, "unexpected error masked");
    return {
      message: "Something went wrong. Quote the id when you report it.",
      ...place,
      extensions: { code: "INTERNAL", id },
    };
  };
}

/** What was thrown, below what GraphQL wrapped it in to say where. */
function originOf(error: unknown): unknown {
  return error instanceof GraphQLError ? (error.originalError ?? error) : error;
}
