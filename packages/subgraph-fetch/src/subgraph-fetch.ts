import { Pool } from "undici";
import type { Budget } from "./budget.ts";
import { createBulkhead } from "./bulkhead.ts";
import { type Circuit, createCircuitBreaker } from "./circuit-breaker.ts";
import { withinDeadline } from "./deadline.ts";
import { type SubgraphAnswer, readResponse } from "./graphql-response.ts";
import { exchange } from "./http-exchange.ts";
import { parseJson } from "./json-only.ts";
import { ownHeaders } from "./own-headers.ts";
import { createRetry } from "./retry.ts";

export interface SubgraphFetchOptions {
  /** `http:` or `https:`; without credentials. */
  readonly url: string;
  readonly budget: Budget;
  readonly onCircuit?: (circuit: Circuit) => void;
  readonly onRetry?: () => void;
}

export interface SubgraphFetchRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly operationName?: string | undefined;
  /** Whether it may be sent more than once: true for reads, never for changes. */
  readonly repeatable: boolean;
  /** Makes the headers of one attempt; called anew for each, so that a token used once is never sent twice. */
  readonly headers: (body: string) => Readonly<Record<string, string | undefined>>;
  /** Shortens the budget's deadline. */
  readonly deadlineMs?: number | undefined;
}

export interface SubgraphFetch {
  readonly circuit: Circuit;
  /** Rejects with SubgraphFailure for whatever is not a GraphQL answer within the budget. */
  send(request: SubgraphFetchRequest): Promise<SubgraphAnswer>;
  /** Whether a GET of `path` at the subgraph's origin is answered with 200 within `milliseconds`. Never rejects. */
  reachable(path: string, milliseconds: number): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * A way to one subgraph that nobody vouches for. From the outside in: the deadline bounds all attempts; the circuit counts a
 * fetch once, however often it was sent; only reads are sent again; a place is held for one exchange, not between two.
 */
export function createSubgraphFetch({ url, budget, onCircuit, onRetry }: SubgraphFetchOptions): SubgraphFetch {
  const { origin, pathname, search } = new URL(url);
  const { concurrency, maxBytes, maxValues } = budget;
  const pool = new Pool(origin, {
    connections: concurrency,
    pipelining: 1,
    allowH2: false,
    connect: { timeout: budget.deadlineMs },
  });
  const bulkhead = createBulkhead(concurrency, budget.queue);
  const breaker = createCircuitBreaker({ ...budget, onChange: onCircuit });
  const retry = createRetry(budget.retries, onRetry);
  return {
    get circuit() {
      return breaker.circuit;
    },
    send({ query, variables, operationName, repeatable, headers, deadlineMs = Infinity }) {
      const body = JSON.stringify({ query, variables, operationName });
      return withinDeadline(Math.min(deadlineMs, budget.deadlineMs), (signal) => {
        const attempt = (): Promise<SubgraphAnswer> =>
          bulkhead.run(signal, async () => {
            signal.throwIfAborted();
            const request = {
              path: pathname + search,
              headers: ownHeaders(headers(body)),
              body,
              maxBytes,
              maxValues,
              signal,
            };
            const answer = await exchange(pool, request);
            return readResponse(answer.status, parseJson(answer.body));
          });
        return breaker.run(() => (repeatable ? retry(signal, attempt) : attempt()));
      });
    },
    async reachable(path, milliseconds) {
      try {
        const signal = AbortSignal.timeout(milliseconds);
        const { statusCode, body } = await pool.request({ method: "GET", path, signal });
        await body.dump();
        return statusCode === 200;
      } catch {
        return false;
      }
    },
    close: () => pool.destroy(),
  };
}
