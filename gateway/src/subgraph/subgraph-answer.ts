import type { Dispatcher } from "undici";
import type { ErrorCode } from "../error-catalogue.ts";

/** What a subgraph said, its shape checked and its content not. */
export interface SubgraphAnswer {
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly SubgraphError[];
}

export interface SubgraphError {
  readonly message?: unknown;
  readonly path?: unknown;
  readonly extensions?: unknown;
}

/** A fetch that brought no GraphQL answer. `reason` is for the log alone: it may name addresses. */
export class SubgraphFailure extends Error {
  override readonly name = "SubgraphFailure";
  readonly code: Extract<ErrorCode, "SUBGRAPH_UNAVAILABLE" | "SUBGRAPH_ANSWER_REFUSED">;
  readonly reason: string;

  constructor(code: SubgraphFailure["code"], reason: string, options?: ErrorOptions) {
    super(`${code}: ${reason}`, options);
    this.code = code;
    this.reason = reason;
  }
}

const JSON_TYPES: ReadonlySet<string> = new Set(["application/json", "application/graphql-response+json"]);

/** Reads a subgraph's response. Throws SubgraphFailure; then the rest of the body is thrown away, not read. */
export async function readAnswer(response: Dispatcher.ResponseData): Promise<SubgraphAnswer> {
  const { statusCode, headers, body } = response;
  const type = String(headers["content-type"] ?? "")
    .split(";", 1)[0]!
    .trim()
    .toLowerCase();
  const refusal = refuseHead(statusCode, type);
  if (refusal !== undefined) {
    body.on("error", () => {}).destroy();
    throw refusal;
  }
  const answer = parseObject(await body.text());
  if (answer === undefined)
    throw new SubgraphFailure("SUBGRAPH_ANSWER_REFUSED", `status ${statusCode}, not a JSON object`);
  const { data = null, errors = [] } = answer;
  if (typeof data !== "object" || Array.isArray(data) || !Array.isArray(errors) || !errors.every(isObject)) {
    throw new SubgraphFailure("SUBGRAPH_ANSWER_REFUSED", `status ${statusCode}, not a GraphQL response`);
  }
  if (data === null && errors.length === 0) {
    const code = statusCode >= 500 ? "SUBGRAPH_UNAVAILABLE" : "SUBGRAPH_ANSWER_REFUSED";
    throw new SubgraphFailure(code, `status ${statusCode}, neither data nor errors`);
  }
  return { data: data as Record<string, unknown> | null, errors };
}

function refuseHead(status: number, type: string): SubgraphFailure | undefined {
  if (status >= 300 && status < 400)
    return new SubgraphFailure("SUBGRAPH_ANSWER_REFUSED", `status ${status}, a redirect`);
  // A 401 is about the gateway's token. Passed on, it would tell the caller to sign in again.
  if (status === 401) return new SubgraphFailure("SUBGRAPH_ANSWER_REFUSED", "status 401, our token was refused");
  if (JSON_TYPES.has(type)) return undefined;
  const code = status >= 500 ? "SUBGRAPH_UNAVAILABLE" : "SUBGRAPH_ANSWER_REFUSED";
  return new SubgraphFailure(code, `status ${status}, content type "${type}"`);
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
