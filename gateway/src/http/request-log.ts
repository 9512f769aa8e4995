import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import type { GatewayMetrics } from "../metrics.ts";

/**
 * One line and one measurement a request, and its id in the answer. Path without the query string: a GET's variables
 * may be personal. Health and metrics are measured, not logged.
 */
export function addRequestLog(app: FastifyInstance, log: Logger, { requestSeconds }: GatewayMetrics): void {
  app.addHook("onRequest", async (request, reply) => void reply.header("x-request-id", request.id));
  app.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "unknown";
    const milliseconds = reply.elapsedTime;
    requestSeconds.observe({ route, status: String(reply.statusCode) }, milliseconds / 1_000);
    if (route !== "/graphql") return;
    log.info(
      {
        requestId: request.id,
        method: request.method,
        route,
        status: reply.statusCode,
        milliseconds: Math.round(milliseconds),
      },
      "answered",
    );
  });
}
