import type { Viewer } from "@clic/identity";
import type { SubgraphFailure } from "@clic/subgraph-fetch";
import type { Span } from "@clic/telemetry";
import type { Logger } from "pino";

/** What one GraphQL request carries through the gateway. */
export interface GatewayContext {
  readonly viewer: Viewer;
  /** Whose turn it is where senders take turns: the person, the client, or the network that nobody signed in from. */
  readonly sender: string;
  /** Made by the gateway, also sent to subgraphs and back to the caller as x-request-id. */
  readonly requestId: string;
  readonly log: Logger;
  /** What it is to a trace; undefined where nothing is traced. */
  readonly span?: Span | undefined;
  /** Subgraphs that failed this request: told of once, and asked again only if they answered, so that the caller waits once. */
  readonly failedSubgraphs: Map<string, SubgraphFailure["kind"]>;
}
