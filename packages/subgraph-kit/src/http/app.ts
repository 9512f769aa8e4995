import { createSubgraphTokenVerifier, SubgraphTokenRefused, type Viewer } from "@clic/identity";
import type { Span, Tracing } from "@clic/telemetry";
import type { MikroORM } from "@mikro-orm/postgresql";
import fastify, { type FastifyError, type FastifyInstance } from "fastify";
import { GraphQLError } from "graphql";
import type { Pool } from "pg";
import type { Logger } from "pino";
import type { GraphContext } from "../context.ts";
import { maskError } from "../errors/masking.ts";
import { forgetLoads } from "../loader.ts";
import { createMetrics, type Metrics } from "../metrics.ts";
import { RowReader } from "../row/row-reader.ts";
import type { Subgraph } from "../subgraph.ts";
import { transact } from "../transact.ts";
import { createExecutor, type Operation } from "./executor.ts";
import { traceRead, traceUseCase } from "./trace-sql.ts";

interface AppOptions {
  readonly subgraph: Subgraph;
  readonly orm: MikroORM;
  /** The key of this subgraph's tokens, 32 bytes, known to it and the gateway alone. */
  readonly key: Uint8Array;
  readonly logger: Logger;
  readonly now?: () => Date;
  readonly tracing?: Tracing | undefined;
  /** See GraphContext; `http://127.0.0.1` when absent. */
  readonly publicUrl?: string;
}

/**
 * The HTTP shell of a service: `/graphql` for callers with a subgraph token over exactly this body (401 for anybody
 * else, `_service` and `_entities` included), `/health/live`, `/health/ready`, `/metrics`, and the slices' own routes.
 * Listens nowhere yet.
 */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { subgraph, orm, logger, tracing } = options;
  const now = options.now ?? (() => new Date());
  const verifier = createSubgraphTokenVerifier({
    subgraph: subgraph.name,
    key: options.key,
    now: () => now().getTime(),
  });
  const execute = createExecutor(subgraph.schema);
  const metrics = createMetrics(subgraph.name);
  const pool = await orm.em.getConnection().getNativeClient();

  const contextFor = (viewer: Viewer, span?: Span): GraphContext =>
    createContext({
      viewer,
      orm,
      pool,
      now: now(),
      metrics,
      span,
      ...(options.publicUrl && { publicUrl: options.publicUrl }),
    });
  const app = fastify({
    bodyLimit: 10_000_000,
    logger: false,
    forceCloseConnections: "idle",
    keepAliveTimeout: 70_000,
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) => done(null, body));

  // A slice's own routes answer the public, so what goes wrong there is masked as well.
  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return reply.code(status).send(failure("BAD_USER_INPUT", "The request can't be read."));
    const masked = maskError(new GraphQLError(error.message, { originalError: error }), logger);
    return reply.code(masked.extensions?.["code"] === "UNAVAILABLE" ? 503 : 500).send({ errors: [masked] });
  });

  app.post("/graphql", async (request, reply) => {
    const started = performance.now();
    const body = (request.body as Buffer | undefined) ?? Buffer.alloc(0);
    let viewer: Viewer;
    try {
      viewer = verifier.verify(request.headers.authorization, body);
    } catch (error) {
      if (!(error instanceof SubgraphTokenRefused)) throw error;
      metrics.requests.inc({ outcome: "refused" });
      logger.warn({ reason: error.reason }, "subgraph token refused");
      return await reply.code(401).send(failure("UNAUTHENTICATED", "This subgraph answers the gateway alone."));
    }
    const operation = parseOperation(body);
    if (operation === null)
      return await reply.code(400).send(failure("BAD_USER_INPUT", "The body is no GraphQL request."));
    // Only now: the token tells that it is the gateway who sent this traceparent.
    const traceparent = request.headers["traceparent"] as string | undefined;
    const span = tracing?.begin("graphql", "server", { subgraph: subgraph.name }, traceparent);
    const result = await execute(operation, contextFor(viewer, span));
    const answer = result.errors
      ? { ...result, errors: result.errors.map((error) => maskError(asGraphQLError(error), logger)) }
      : result;
    const outcome = result.errors ? "errors" : "ok";
    metrics.requests.inc({ outcome });
    span?.tell({ outcome });
    span?.end(answer.errors?.[0] && String(answer.errors[0].extensions?.["code"]));
    metrics.seconds.observe((performance.now() - started) / 1000);
    return await reply.header("content-type", "application/json").send(JSON.stringify(answer));
  });

  app.get("/health/live", () => ({ status: "ok" }));
  app.get("/health/ready", async (_request, reply) => {
    try {
      await pool.query("select 1");
      return { status: "ok" };
    } catch {
      return await reply.code(503).send({ status: "database away" });
    }
  });
  app.get("/metrics", async (_request, reply) => {
    metrics.poolWaiting.set(pool.waitingCount);
    return await reply.header("content-type", metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  for (const slice of subgraph.slices) slice.routes?.(app, (viewer) => contextFor(viewer));
  return app;
}

interface ContextOptions {
  readonly viewer: Viewer;
  readonly orm: MikroORM;
  readonly pool: Pool;
  readonly now: Date;
  readonly metrics?: Metrics;
  readonly span?: Span | undefined;
  readonly publicUrl?: string;
}

/** The context of one request, or of one load. */
export function createContext({
  viewer,
  orm,
  pool,
  now,
  metrics,
  span,
  publicUrl = "http://127.0.0.1",
}: ContextOptions): GraphContext {
  const context: GraphContext = {
    viewer,
    now,
    publicUrl,
    reads: new RowReader(pool, viewer, (statements) => {
      metrics?.transactions.inc();
      metrics?.statements.inc(statements);
      return span && traceRead(span, statements);
    }),
    transact: async (work) => {
      try {
        return await traceUseCase(span, () => transact(orm.em, viewer, now, work));
      } finally {
        forgetLoads(context);
      }
    },
  };
  return context;
}

function parseOperation(body: Buffer): Operation | null {
  try {
    const { query, operationName, variables } = JSON.parse(body.toString()) as Record<keyof Operation, unknown>;
    const fits =
      typeof query === "string" &&
      typeof (operationName ?? "") === "string" &&
      typeof (variables ?? {}) === "object" &&
      !Array.isArray(variables);
    return fits ? ({ query, operationName, variables } as Operation) : null;
  } catch {
    return null;
  }
}

// graphql-jit has an error class of its own.
function asGraphQLError(error: Error): GraphQLError {
  return error as GraphQLError;
}

function failure(code: string, message: string): object {
  return { errors: [{ message, extensions: { code } }] };
}
