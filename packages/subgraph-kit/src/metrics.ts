import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

/** A service's Prometheus metrics, in a registry of its own so that tests can have several services in a process. */
export function createMetrics(service: string) {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    requests: new Counter({
      name: "subgraph_requests_total",
      help: "Requests by outcome.",
      labelNames: ["outcome"],
      registers,
    }),
    seconds: new Histogram({
      name: "subgraph_request_seconds",
      help: "Time from the request's body to its answer, in seconds.",
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    statements: new Counter({ name: "subgraph_read_statements_total", help: "Statements that read rows.", registers }),
    transactions: new Counter({
      name: "subgraph_read_transactions_total",
      help: "Pipelined read transactions.",
      registers,
    }),
    poolWaiting: new Gauge({ name: "subgraph_pool_waiting", help: "Requests waiting for a connection.", registers }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
