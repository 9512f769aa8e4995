import { type Viewer, readSubgraphKey, signSubgraphToken } from "@clic/identity";
import { Pool } from "undici";
import { type SubgraphAnswer, SubgraphFailure, readAnswer } from "./subgraph-answer.ts";

export interface SubgraphRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly operationName?: string | undefined;
  /** Whom the subgraph is to answer; becomes the token's claims. */
  readonly viewer: Viewer;
  readonly requestId: string;
  /** Shortens the client's deadline for this request. */
  readonly deadlineMs?: number;
}

export interface SubgraphClient {
  readonly name: string;
  /** Throws SubgraphFailure for whatever is not a GraphQL answer within the deadline and the size cap. */
  send(request: SubgraphRequest): Promise<SubgraphAnswer>;
  /** Whether the service's own liveness answers within `milliseconds`. Never throws. */
  reachable(milliseconds: number): Promise<boolean>;
  close(): Promise<void>;
}

export interface SubgraphClientOptions {
  readonly name: string;
  readonly url: string;
  /** At least 32 bytes in base64url, shared with this subgraph alone. Without one it isn't told who asks. */
  readonly key?: string | undefined;
  /** For the whole exchange, waiting for a connection included. */
  readonly deadlineMs: number;
  readonly maxBytes: number;
}

const CONNECTIONS = 32;

/**
 * Talks to one subgraph over a pool of its own, so that a slow one cannot use up the others' connections.
 * What is sent is made here: no header of the caller's has a way in. Redirects are not followed.
 */
export function createSubgraphClient(options: SubgraphClientOptions): SubgraphClient {
  const { name, url, key, maxBytes } = options;
  const { origin, pathname, search } = new URL(url);
  const secret = key === undefined ? undefined : readSubgraphKey(key);
  const pool = new Pool(origin, { connections: CONNECTIONS, pipelining: 1, maxResponseSize: maxBytes });
  return {
    name,
    async send({ query, variables, operationName, viewer, requestId, deadlineMs = options.deadlineMs }) {
      const body = JSON.stringify({ query, variables, operationName });
      try {
        const response = await pool.request({
          method: "POST",
          path: pathname + search,
          headers: {
            accept: "application/json",
            "content-type": "application/json",
            ...(secret && {
              authorization: `Bearer ${signSubgraphToken({ viewer, subgraph: name, key: secret, body })}`,
            }),
            "x-request-id": requestId,
          },
          body,
          signal: AbortSignal.timeout(deadlineMs),
        });
        return await readAnswer(response);
      } catch (error) {
        throw asFailure(error, deadlineMs, maxBytes);
      }
    },
    async reachable(milliseconds) {
      try {
        const signal = AbortSignal.timeout(milliseconds);
        const { statusCode, body } = await pool.request({ method: "GET", path: "/health/live", signal });
        await body.dump();
        return statusCode === 200;
      } catch {
        return false;
      }
    },
    close: () => pool.destroy(),
  };
}

function asFailure(error: unknown, deadlineMs: number, maxBytes: number): SubgraphFailure {
  if (error instanceof SubgraphFailure) return error;
  const { name, code } = error as { name?: string; code?: string };
  if (name === "TimeoutError") return new SubgraphFailure("SUBGRAPH_UNAVAILABLE", `no answer within ${deadlineMs} ms`);
  if (code === "UND_ERR_RES_EXCEEDED_MAX_SIZE") {
    return new SubgraphFailure("SUBGRAPH_ANSWER_REFUSED", `the answer is larger than ${maxBytes} bytes`);
  }
  return new SubgraphFailure("SUBGRAPH_UNAVAILABLE", code ?? String(error), { cause: error });
}
