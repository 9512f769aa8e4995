import type { Circuit } from "@clic/subgraph-fetch";
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";

export interface GatewayMetrics {
  readonly registry: Registry;
  readonly requestSeconds: Histogram<"route" | "status">;
  readonly operationSeconds: Histogram<"operation" | "client" | "outcome">;
  readonly fetchSeconds: Histogram<"subgraph" | "outcome">;
  readonly circuits: Gauge<"subgraph">;
  readonly retries: Counter<"subgraph">;
  readonly errors: Counter<"code">;
  readonly plans: Counter<"outcome">;
  readonly supergraphLoads: Counter<"result">;
}

const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export const circuitValues: Record<Circuit, number> = { closed: 0, "half open": 1, open: 2 };

/** Of what has many labels there are few buckets. */
const FEW_SECONDS = [0.01, 0.05, 0.25, 1, 5];

/**
 * Makes a registry of its own, so that two gateways in one process do not share figures. No caller chooses a label but those
 * of operations, which are bounded (operation-labels.ts).
 */
export function createMetrics(): GatewayMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    requestSeconds: new Histogram({
      name: "gateway_request_seconds",
      help: "HTTP requests answered, by route and status",
      labelNames: ["route", "status"],
      buckets: SECONDS,
      registers,
    }),
    operationSeconds: new Histogram({
      name: "gateway_operation_seconds",
      help: "Operations answered, by name, client and outcome",
      labelNames: ["operation", "client", "outcome"],
      buckets: FEW_SECONDS,
      registers,
    }),
    fetchSeconds: new Histogram({
      name: "gateway_fetch_seconds",
      help: "Fetches from subgraphs, by subgraph and outcome",
      labelNames: ["subgraph", "outcome"],
      buckets: SECONDS,
      registers,
    }),
    circuits: new Gauge({
      name: "gateway_subgraph_circuit",
      help: "Circuits by subgraph: 0 closed, 1 trying, 2 open",
      labelNames: ["subgraph"],
      registers,
    }),
    retries: new Counter({
      name: "gateway_fetch_retries_total",
      help: "Reads sent again, by subgraph",
      labelNames: ["subgraph"],
      registers,
    }),
    errors: new Counter({
      name: "gateway_errors_total",
      help: "Errors sent to callers, by code",
      labelNames: ["code"],
      registers,
    }),
    plans: new Counter({
      name: "gateway_plans_total",
      help: "Operations planned, by outcome; those that were remembered are not among them",
      labelNames: ["outcome"],
      registers,
    }),
    supergraphLoads: new Counter({
      name: "gateway_supergraph_loads_total",
      help: "Supergraphs read from the file, by result",
      labelNames: ["result"],
      registers,
    }),
  };
}
