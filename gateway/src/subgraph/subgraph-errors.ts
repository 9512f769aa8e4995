import { randomUUID } from "node:crypto";
import type { AnswerError } from "@clic/subgraph-fetch";
import type { GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";
import { type ErrorCode, codesFromServices, errorCatalogue, isErrorCode } from "../error-catalogue.ts";
import type { SubgraphClient } from "./subgraph-client.ts";

/** What no message for people has: an address, a line of a stack, a page of text. */
const TELLTALE = /:\/\/|\n|^.{500}/;

/**
 * What a caller may read of a subgraph's errors: a code that a service may speak under, INTERNAL otherwise; the path; an id
 * that the log has too. The message is a service's own only where the code is its own, the service is the house's, and it
 * reads like one; a stranger's words never reach a caller.
 */
export function maskSubgraphErrors(
  errors: readonly AnswerError[],
  { name, stranger }: Pick<SubgraphClient, "name" | "stranger">,
  log: Logger,
): GraphQLFormattedError[] {
  const masked: object[] = [];
  const told = errors.map(({ code: given, message, path, id: theirs }): GraphQLFormattedError => {
    const code = given !== undefined && codesFromServices.has(given) ? (given as ErrorCode) : "INTERNAL";
    const place = path && { path };
    if (!stranger && given === code && message !== "" && !TELLTALE.test(message)) {
      const id = theirs ?? randomUUID();
      return {
        message,
        ...place,
        extensions: code === "INTERNAL" ? { code, service: name, id } : { code, service: name },
      };
    }
    const id = (stranger ? undefined : theirs) ?? randomUUID();
    // Never the message, nor a code of their own: they may quote rows, and a stranger's say anything. The service's log has the id.
    masked.push({ id, code: isErrorCode(given) ? given : "unknown", path, characters: message.length, theirs });
    return {
      message: code === "INTERNAL" ? `Something went wrong in the service ${name}.` : errorCatalogue[code],
      ...place,
      extensions: { code, service: name, id },
    };
  });
  if (masked.length > 0) log.error({ service: name, errors: masked }, "subgraph's errors masked");
  return told;
}
