import type { Viewer } from "@clic/identity";
import type { Logger } from "pino";

/** What one GraphQL request carries through the gateway. */
export interface GatewayContext {
  readonly viewer: Viewer;
  /** Made by the gateway, also sent to subgraphs and back to the caller as x-request-id. */
  readonly requestId: string;
  readonly log: Logger;
  /** Subgraphs that failed this request once: not asked again, so that the caller reads one error and waits once. */
  readonly failedSubgraphs: Set<string>;
}
