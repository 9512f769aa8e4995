import { randomUUID } from "node:crypto";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import fastify, { type FastifyRequest } from "fastify";
import type { Logger } from "pino";
import type { Environment } from "./environment.ts";
import type { GatewayContext } from "./gateway-context.ts";
import { createGraph } from "./graph.ts";
import { addHealth } from "./http/health.ts";
import { addHttpErrors } from "./http/http-errors.ts";
import { addRequestLog } from "./http/request-log.ts";
import { createIdentity } from "./identity/identity.ts";
import { createMetrics } from "./metrics.ts";
import { MAX_BODY_BYTES } from "./protection/limits.ts";
import { createSubgraphs } from "./subgraph/subgraphs.ts";
import { openSupergraphFile } from "./supergraph-file.ts";

export interface GatewayApp {
  /** Begins to answer and gives the address. Rejects when the port is taken. */
  listen(): Promise<string>;
  /** Refuses new requests, finishes those under way, closes every connection. May be called twice. */
  close(): Promise<void>;
}

/**
 * Puts the gateway together. Needs no service to be up. Rejects when the supergraph file cannot be served, or there is an
 * issuer and SUBGRAPHS lacks Organisations, which knows the accounts.
 */
export async function createApp(environment: Environment, log: Logger): Promise<GatewayApp> {
  const { SUBGRAPHS, FETCH_TIMEOUT_MS: deadlineMs, FETCH_MAX_BYTES: maxBytes, openIntrospection, open } = environment;
  const metrics = createMetrics();
  const subgraphs = createSubgraphs({ addresses: SUBGRAPHS, budget: { deadlineMs, maxBytes }, metrics });
  const authenticate = createIdentity(environment, subgraphs, log);
  const supergraph = await openSupergraphFile({
    path: environment.SUPERGRAPH,
    everyMs: environment.SUPERGRAPH_POLL_MS,
    create: (text) => createGraph(text, { subgraphs, openIntrospection, limited: !open, metrics, log }),
    metrics,
    log,
  });
  async function context(request: FastifyRequest): Promise<GatewayContext> {
    const requestId = request.id;
    return {
      viewer: await authenticate(request.headers, requestId),
      requestId,
      log: log.child({ requestId }),
      failedSubgraphs: new Map(),
    };
  }

  const app = fastify({
    bodyLimit: open ? Number.MAX_SAFE_INTEGER : MAX_BODY_BYTES,
    genReqId: () => randomUUID(),
    forceCloseConnections: "idle",
  });
  app.removeContentTypeParser("text/plain");
  addHttpErrors(app, log);
  addRequestLog(app, log, metrics);
  app.route({
    method: ["GET", "POST"],
    url: "/graphql",
    handler: (request, reply) => fastifyApolloHandler(supergraph.current(), { context }).call(app, request, reply),
  });
  let closing: Promise<void> | undefined;
  // A connection that is kept alive past the last answer would hold up the end.
  app.addHook("onSend", async (_request, reply) => {
    if (closing) reply.header("connection", "close");
  });
  addHealth(
    app,
    () => subgraphs.all(),
    () => closing !== undefined,
  );
  app.get("/metrics", async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );

  async function close(): Promise<void> {
    await app.close();
    await supergraph.close();
    await subgraphs.close();
  }
  return {
    listen: () => app.listen({ host: environment.HOST, port: environment.PORT }),
    close: () => (closing ??= close()),
  };
}
