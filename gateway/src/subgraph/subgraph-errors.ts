import { randomUUID } from "node:crypto";
import type { GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";
import { codesFromServices } from "../error-catalogue.ts";
import type { SubgraphError } from "./subgraph-answer.ts";

/**
 * What a caller may read of a subgraph's error: its code and message where the code is one a service may speak under,
 * a fixed message under INTERNAL otherwise; the path; an id that the log has too. Nothing else of it survives.
 */
export function maskSubgraphError(error: SubgraphError, service: string, log: Logger): GraphQLFormattedError {
  const { code, id: given } = (error.extensions ?? {}) as { code?: unknown; id?: unknown };
  const path = isPath(error.path) ? { path: error.path } : {};
  const message = typeof error.message === "string" ? error.message : "";
  const id = typeof given === "string" && /^[\w-]{1,64}$/.test(given) ? given : randomUUID();
  if (typeof code === "string" && codesFromServices.has(code) && message !== "") {
    return { message, ...path, extensions: code === "INTERNAL" ? { code, service, id } : { code, service } };
  }
  log.error({ id, service, path: error.path, code, reason: message }, "subgraph error masked");
  return {
    message: `Something went wrong in the service ${service}.`,
    ...path,
    extensions: { code: "INTERNAL", service, id },
  };
}

function isPath(path: unknown): path is readonly (string | number)[] {
  return Array.isArray(path) && path.every((part) => typeof part === "string" || typeof part === "number");
}
