import { SubgraphFailure } from "./subgraph-failure.ts";

/** What a subgraph said, its outer form checked and its content not. */
export interface SubgraphAnswer {
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly Record<string, unknown>[];
}

/** Reads `data` and `errors`, and nothing else, of a parsed body. Throws SubgraphFailure for what is no GraphQL response. */
export function readResponse(status: number, body: unknown): SubgraphAnswer {
  if (!isRecord(body)) throw new SubgraphFailure("form", `status ${status}, not a JSON object`);
  // Read as own properties only: a body may say `__proto__`.
  const data = Object.hasOwn(body, "data") ? body["data"] : null;
  const errors = Object.hasOwn(body, "errors") ? (body["errors"] ?? []) : [];
  if ((data !== null && !isRecord(data)) || !Array.isArray(errors) || !errors.every(isRecord))
    throw new SubgraphFailure("form", `status ${status}, not a GraphQL response`);
  if (data === null && errors.length === 0)
    throw new SubgraphFailure(status >= 500 ? "status" : "form", `status ${status}, neither data nor errors`);
  return { data, errors };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
