import type { FastifyInstance } from "fastify";
import type { GatewayMetrics } from "../metrics.ts";

/** How much of the time may go into writing metrics. */
const SHARE = 0.1;

/**
 * `/metrics`, for Prometheus. Anybody may ask, and of many operations it is megabytes, so it is written anew only after
 * ten times as long as writing it took.
 */
export function addMetricsPage(app: FastifyInstance, { registry }: Pick<GatewayMetrics, "registry">): void {
  let page: { readonly text: string; readonly until: number } | undefined;
  let writing: Promise<string> | undefined;

  async function write(): Promise<string> {
    const began = performance.now();
    const text = await registry.metrics();
    const ended = performance.now();
    page = { text, until: ended + (ended - began) / SHARE };
    writing = undefined;
    return text;
  }

  app.get("/metrics", async (_request, reply) => {
    const fresh = page !== undefined && performance.now() < page.until ? page.text : await (writing ??= write());
    return reply.type(registry.contentType).send(fresh);
  });
}
