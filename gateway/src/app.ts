import { randomUUID } from "node:crypto";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import { createOverload } from "@clic/request-limits";
import type { Tracing } from "@clic/telemetry";
import fastify, { type FastifyRequest } from "fastify";
import type { Logger } from "pino";
import type { Environment } from "./environment.ts";
import type { GatewayContext } from "./gateway-context.ts";
import { createGraph, keepRegistered } from "./graph.ts";
import { addBody } from "./http/body.ts";
import { addCors } from "./http/cors.ts";
import { addExplorer } from "./http/explorer.ts";
import { addHealth } from "./http/health.ts";
import { addHttpErrors } from "./http/http-errors.ts";
import { addMetricsPage } from "./http/metrics-page.ts";
import { addRequestLog } from "./http/request-log.ts";
import { addRequestTrace } from "./http/request-trace.ts";
import { createServerFactory } from "./http/server.ts";
import { createIdentity } from "./identity/identity.ts";
import { createMetrics } from "./metrics.ts";
import { createPersistedQueries } from "./protection/persisted-queries.ts";
import { createProtection } from "./protection/protect.ts";
import { openRegistered } from "./protection/registered-file.ts";
import { createSubgraphs } from "./subgraph/subgraphs.ts";
import { type SupergraphFile, openSupergraphFile } from "./supergraph-file.ts";

/** Operations that are planned for a new supergraph before it serves. */
const HOT = 100;

export interface GatewayApp {
  /** Begins to answer and gives the address. Rejects when the port is taken. */
  listen(): Promise<string>;
  /** Takes no new connection, finishes the requests under way, closes every connection. May be called twice. */
  close(): Promise<void>;
}

/**
 * Puts the gateway together. Needs no service to be up. Rejects when the supergraph file cannot be served, or there is an
 * issuer and SUBGRAPHS lacks Organisations, which knows the accounts, or the explorer is asked for and not built.
 */
export async function createApp(environment: Environment, log: Logger, tracing?: Tracing): Promise<GatewayApp> {
  const { SUBGRAPHS, FETCH_TIMEOUT_MS: deadlineMs, FETCH_MAX_BYTES: maxBytes, openIntrospection, limits } = environment;
  const { WHEN_WITHHELD: whenWithheld } = environment;
  const metrics = createMetrics();
  const subgraphs = createSubgraphs({ addresses: SUBGRAPHS, budget: { deadlineMs, maxBytes }, metrics });
  const authenticate = createIdentity(environment, subgraphs, log);
  const later: { supergraph?: SupergraphFile } = {};
  const registered = await openRegistered(environment, log, () => {
    // A graph that is being made plans them by itself.
    if (later.supergraph) void keepRegistered(later.supergraph.current().plans, registered);
  });
  const planner = { threads: environment.PLAN_THREADS, memoryMb: environment.PLAN_MEMORY_MB };
  const graphs = { subgraphs, openIntrospection, limits, whenWithheld, planner, registered, metrics, log };
  const persistedQueries = createPersistedQueries();
  const supergraph = await openSupergraphFile({
    path: environment.SUPERGRAPH,
    everyMs: environment.SUPERGRAPH_POLL_MS,
    create: (text, previous) => createGraph(text, { ...graphs, persistedQueries }, previous?.plans.hottest(HOT)),
    metrics,
    log,
  });
  later.supergraph = supergraph;
  const protection = createProtection(limits, registered, authenticate);
  async function context(request: FastifyRequest): Promise<GatewayContext> {
    const requestId = request.id;
    return {
      ...(await protection.admit(request)),
      requestId,
      log: log.child({ requestId }),
      span: spanOf(request),
      failedSubgraphs: new Map(),
    };
  }

  const overload = limits && createOverload({ maxInFlight: limits.inFlight });
  const app = fastify({
    genReqId: () => randomUUID(),
    forceCloseConnections: "idle",
    trustProxy: [...environment.TRUSTED_PROXIES],
    // A request that comes while the gateway stops, on a connection that is still there, is answered as well.
    return503OnClosing: false,
    serverFactory: createServerFactory({
      timeouts: environment.timeouts,
      overload,
      refused: () => metrics.errors.inc({ code: "OVERLOADED" }),
    }),
  });
  addCors(app, environment.CORS_ORIGINS);
  addBody(app, limits);
  addHttpErrors(app, log, metrics);
  addRequestLog(app, log, metrics);
  const spanOf = addRequestTrace(app, tracing);
  app.route({
    method: ["GET", "POST"],
    url: "/graphql",
    onRequest: protection.arrive,
    handler: (request, reply) =>
      supergraph.use(async ({ server }) => fastifyApolloHandler(server, { context }).call(app, request, reply)),
  });
  addExplorer(app, environment);
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
  addMetricsPage(app, metrics);

  async function close(): Promise<void> {
    await app.close();
    overload?.close();
    registered.close();
    await supergraph.close();
    await subgraphs.close();
    await tracing?.close();
  }
  return {
    listen: () => app.listen({ host: environment.HOST, port: environment.PORT }),
    close: () => (closing ??= close()),
  };
}
