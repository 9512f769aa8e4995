import { randomBytes } from "node:crypto";
import { anonymousViewer, signSubgraphToken } from "@clic/identity";
import { createTestDatabase, type TestDatabase } from "@clic/local-postgres";
import { connect, createApp, migrate } from "@clic/subgraph-kit";
import { createLogger, openTracing, type Tracing } from "@clic/telemetry";
import { type Collector, startCollector } from "@clic/telemetry/collector";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { FastifyInstance } from "fastify";
import { createSubgraph, orm as definition } from "./fixture/events.subgraph.ts";

const key = randomBytes(32);
const asker = { traceId: "a".repeat(32), spanId: "b".repeat(16) };
const traceparent = `00-${asker.traceId}-${asker.spanId}-01`;
let collector: Collector;
let database: TestDatabase;
let orm: Awaited<ReturnType<typeof connect>>;
let tracing: Tracing;
let app: FastifyInstance;
let logged = "";

beforeAll(async () => {
  collector = await startCollector();
  database = await createTestDatabase({ services: ["events"] });
  const urls = database.services["events"];
  await migrate(definition, urls?.migrationDatabaseUrl as string);
  orm = await connect(definition, { url: urls?.databaseUrl as string, poolSize: 2 });
  tracing = (await openTracing({ service: "events", endpoint: collector.endpoint, ratio: 1 })) as Tracing;
  const logger = createLogger("events", "trace", { write: (line) => void (logged += line) });
  app = await createApp({ subgraph: createSubgraph(), orm, key, logger, tracing });
});

afterAll(async () => {
  await app.close();
  await orm.close();
  await database.drop();
  await collector.close();
});

const ask = async (query: string, change: { token?: string } = {}) => {
  const payload = JSON.stringify({ query });
  const token = change.token ?? signSubgraphToken({ viewer: anonymousViewer, subgraph: "events", key, body: payload });
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}`, traceparent };
  return await app.inject({ method: "POST", url: "/graphql", headers, payload });
};

describe("a service's trace", () => {
  it("begins for the gateway alone, goes on from it, counts statements, and names failures by code", async () => {
    await ask("{ __typename }", { token: "nonsense" });
    await ask(`{ events(first: 1) { totalCount nodes { title } } }`);
    await ask("{ broken }");
    await tracing.close();
    const served = collector.spans.filter(({ name }) => name === "graphql");
    expect(served).toMatchObject([
      { traceId: asker.traceId, parentSpanId: asker.spanId, failed: false, facts: { "clic.outcome": "ok" } },
      { failed: true, facts: { "clic.outcome": "errors", "error.type": "INTERNAL" } },
    ]);
    expect(served).toHaveLength(2);
    expect(collector.spans.filter(({ name }) => name === "read transaction")).toMatchObject([
      { parentSpanId: served[0]?.spanId, facts: { "db.system.name": "postgresql", "clic.db.statements": 2 } },
    ]);
    for (const text of [logged, collector.text()]) expect(text).not.toMatch(/postgres:\/\/|select|nonsense/);
  });
});
