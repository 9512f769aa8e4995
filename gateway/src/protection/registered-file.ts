import {
  type RegisteredOperations,
  noRegisteredOperations,
  openRegisteredOperations,
} from "@clic/registered-operations";
import type { Logger } from "pino";
import type { Environment } from "../environment.ts";

/** The operations of PERSISTED_OPERATIONS, or none. The log says when the file has changed, or can't be read any more. */
export async function openRegistered(
  { PERSISTED_OPERATIONS: path, SUPERGRAPH_POLL_MS: everyMs }: Environment,
  log: Logger,
  changed: () => void,
): Promise<RegisteredOperations> {
  if (path === undefined) return noRegisteredOperations;
  return openRegisteredOperations({
    path,
    everyMs,
    changed(operations) {
      log.info({ path, operations: operations.length }, "operations are registered");
      changed();
    },
    refused: ({ message: reason }) => log.error({ path, reason }, "operations are refused, the last good ones remain"),
  });
}
