import { createHash } from "node:crypto";
import { type OperationCheck, createOperationCheck } from "@clic/operation-limits";
import type { RegisteredOperations } from "@clic/registered-operations";
import { RequestRefused, refuseJsonShape } from "@clic/request-limits";
import type { ErrorCode } from "../error-catalogue.ts";
import { type AskedOperation, type HttpAsked, idOf, isRecord, readAsked } from "../http/asked-operation.ts";
import { refuse } from "../refuse.ts";
import type { Limits } from "./limits.ts";

/**
 * Refuses a request whose operations ask for too much, before anything validates or plans them. Registered operations pass
 * at any size. What isn't GraphQL passes too: Apollo Server says what is wrong with it. Throws a GraphQLError.
 */
export type Admission = (asked: HttpAsked) => void;

export function createAdmission(limits: Limits, registered: Pick<RegisteredOperations, "find">): Admission {
  const check = createOperationCheck(limits.operation);
  return (asked) => {
    if (asked.method === "GET") refuseShape(asked.search, limits);
    if (Array.isArray(asked.body) && asked.body.length > limits.batch) throw tooManyAtOnce(limits.batch);
    for (const operation of readAsked(asked)) {
      const text = typeof operation.query === "string" ? operation.query : undefined;
      if (registered.find({ id: idOf(operation), text }) === undefined) refuseOperation(operation, text, check);
    }
  };
}

function refuseOperation(operation: AskedOperation, text: string | undefined, check: OperationCheck): void {
  refusePersisted(operation, text);
  const refusal = text === undefined ? undefined : check(text);
  if (refusal) throw refuse(400, refusal.code, refusal.message);
}

/** Automatic persisted queries are Apollo Server's; it has no code for what is wrong with them. */
function refusePersisted({ persistedQuery, documentId }: AskedOperation, text: string | undefined): void {
  if (text === undefined && documentId !== undefined && documentId !== null)
    throw refuse(400, "PERSISTED_QUERY_NOT_FOUND", "No operation is registered under this documentId.");
  if (persistedQuery === undefined || persistedQuery === null) return;
  if (!isRecord(persistedQuery) || persistedQuery["version"] !== 1 || typeof persistedQuery["sha256Hash"] !== "string")
    throw refuse(400, "BAD_REQUEST", 'extensions.persistedQuery is `{ version: 1, sha256Hash: "…" }`.');
  if (text === undefined || createHash("sha256").update(text).digest("hex") === persistedQuery["sha256Hash"]) return;
  throw refuse(400, "PERSISTED_QUERY_MISMATCH", "sha256Hash is not the SHA-256, in hexadecimal digits, of the query.");
}

function tooManyAtOnce(maximum: number): Error {
  const message = maximum === 1 ? "Send one operation a request." : `Send at most ${maximum} operations a request.`;
  return refuse(400, "BATCH_REFUSED", message);
}

/** A body's shape is looked at before it is parsed; a GET's JSON stands in its search. */
function refuseShape(search: string, { json }: Limits): void {
  try {
    const parameters = new URLSearchParams(search);
    for (const value of [...parameters.getAll("variables"), ...parameters.getAll("extensions")])
      refuseJsonShape(Buffer.from(value), json);
  } catch (error) {
    if (!(error instanceof RequestRefused)) throw error;
    throw refuse(error.statusCode, error.code as ErrorCode, error.message);
  }
}
