import { type Viewer, readSubgraphKey, signSubgraphToken } from "@clic/identity";
import { type Budget, type Circuit, type SubgraphAnswer, createSubgraphFetch } from "@clic/subgraph-fetch";
import { joinReads } from "./joined-reads.ts";

export interface SubgraphRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly operationName?: string | undefined;
  /** Whether it may be sent more than once: true for reads alone. */
  readonly repeatable: boolean;
  /** Whom the subgraph is to answer; becomes the token's claims. */
  readonly viewer: Viewer;
  readonly requestId: string;
  /** Of the fetch, where it is traced. */
  readonly traceparent?: string | undefined;
  /** Shortens the client's deadline for this request. */
  readonly deadlineMs?: number;
}

export interface SubgraphClient {
  readonly name: string;
  /** Whether it is a stranger's: one that is not told who asks, and whose words are not passed on. */
  readonly stranger: boolean;
  /** Throws SubgraphFailure for whatever is not a GraphQL answer within the budget. */
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
  readonly budget: Budget;
  readonly onCircuit: (circuit: Circuit) => void;
  readonly onRetry: () => void;
}

/** Talks to one subgraph on a viewer's behalf. What is sent is made here: no header of the caller's has a way in. */
export function createSubgraphClient({ name, url, key, ...options }: SubgraphClientOptions): SubgraphClient {
  const secret = key === undefined ? undefined : readSubgraphKey(key);
  const way = createSubgraphFetch({ url, ...options });
  const send: SubgraphClient["send"] = ({ viewer, requestId, traceparent, ...request }) =>
    way.send({
      ...request,
      headers: (body) => ({
        authorization: secret && `Bearer ${signSubgraphToken({ viewer, subgraph: name, key: secret, body })}`,
        "x-request-id": requestId,
        traceparent,
      }),
    });
  return {
    name,
    stranger: secret === undefined,
    // A stranger's may limit aliases or read operations' names; it is asked as the planner planned it.
    send: secret === undefined ? send : joinReads(send),
    reachable: (milliseconds) => way.reachable("/health/live", milliseconds),
    close: () => way.close(),
  };
}
