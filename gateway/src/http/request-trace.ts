import type { Span, Tracing } from "@clic/telemetry";
import type { FastifyInstance, FastifyRequest } from "fastify";

/**
 * Begins a trace for each request to the graph, and gives the way to its span. A caller's own traceparent, tracestate and
 * baggage are not read: who doesn't know us must not choose which of our traces are kept, write into them, or have anything
 * passed on. The id that every answer has (`x-request-id`) is on the span, for who wants to find theirs.
 */
export function addRequestTrace(
  app: FastifyInstance,
  tracing: Tracing | undefined,
): (request: FastifyRequest) => Span | undefined {
  if (tracing === undefined) return () => undefined;
  const spans = new WeakMap<FastifyRequest, Span>();
  app.addHook("onRequest", async (request) => {
    if (request.routeOptions.url !== "/graphql") return;
    spans.set(request, tracing.begin("graphql", "server", { requestId: request.id }));
  });
  app.addHook("onResponse", async (request, reply) => {
    const span = spans.get(request);
    span?.tell({ status: reply.statusCode });
    span?.end(reply.statusCode >= 500 ? String(reply.statusCode) : undefined);
  });
  return (request) => spans.get(request);
}
