import { createHash, randomBytes } from "node:crypto";
import { anonymousViewer, signSubgraphToken } from "@clic/identity";
import { createTestDatabase, type TestDatabase } from "@clic/local-postgres";
import { connect, createApp, migrate } from "@clic/subgraph-kit";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { createSubgraph, orm as definition } from "./fixture/events.subgraph.ts";

const key = randomBytes(32);
let database: TestDatabase;
let orm: Awaited<ReturnType<typeof connect>>;
let app: FastifyInstance;
let now = new Date("2026-11-22T12:00:00Z");

beforeAll(async () => {
  database = await createTestDatabase({ services: ["events"] });
  const urls = database.services["events"];
  await migrate(definition, urls?.migrationDatabaseUrl as string);
  orm = await connect(definition, { url: urls?.databaseUrl as string, poolSize: 4 });
  app = await createApp({ subgraph: createSubgraph(), orm, key, logger: pino({ level: "silent" }), now: () => now });
});

afterAll(async () => {
  await app.close();
  await orm.close();
  await database.drop();
});

const post = (body: string, authorization?: string) =>
  app.inject({
    method: "POST",
    url: "/graphql",
    headers: { "content-type": "application/json", ...(authorization && { authorization }) },
    payload: body,
  });
const sign = (body: string, change: { subgraph?: string; key?: Uint8Array; now?: number } = {}) =>
  `Bearer ${signSubgraphToken({ viewer: anonymousViewer, subgraph: "events", key, body, now: now.getTime(), ...change })}`;
const ask = (query: string, variables?: object) => JSON.stringify({ query, variables });

describe("a subgraph", () => {
  const bodies = [
    ask("{ __typename }"),
    ask("{ _service { sdl } }"),
    ask("{ _entities(representations: []) { __typename } }"),
  ];

  it.each(bodies)("answers the gateway's token over exactly this body, once: %s", async (body) => {
    const token = sign(body);
    const first = await post(body, token);
    expect(first.statusCode).toBe(200);
    expect(first.json<{ errors?: unknown }>().errors).toBeUndefined();
    expect((await post(body, token)).statusCode).toBe(401);
  });

  it.each(bodies)("answers 401 without a token, or with a wrong one: %s", async (body) => {
    const refused = [
      undefined,
      "Bearer nonsense",
      sign(`${body} `),
      sign(body, { subgraph: "leadership" }),
      sign(body, { key: createHash("sha256").update("other").digest() }),
      sign(body, { now: now.getTime() - 31_000 }),
    ];
    for (const authorization of refused) {
      const reply = await post(body, authorization);
      expect(reply.statusCode).toBe(401);
      expect(reply.json()).toEqual({
        errors: [{ message: "This subgraph answers the gateway alone.", extensions: { code: "UNAUTHENTICATED" } }],
      });
    }
  });

  it("says what is wrong with a document, in codes", async () => {
    const code = async (body: string) =>
      (await post(body, sign(body))).json<{ errors: { extensions: { code: string } }[] }>().errors[0]?.extensions.code;
    expect(await code(ask("{ nonsense"))).toBe("GRAPHQL_PARSE_FAILED");
    expect(await code(ask("{ nonsense }"))).toBe("GRAPHQL_VALIDATION_FAILED");
    expect(await code(ask("query ($id: ID!) { event(id: $id) { title } }"))).toBe("BAD_USER_INPUT");
    expect(await code(ask("{ events(first: 101) { totalCount nodes { id } } }"))).toBe("BAD_USER_INPUT");
    expect(await code(ask(`{ events(after: "nonsense") { nodes { id } } }`))).toBe("BAD_USER_INPUT");
    expect((await post("[", sign("["))).statusCode).toBe(400);
  });

  it("masks what goes wrong in a slice's own route, and logs no value of a row", async () => {
    const lines: string[] = [];
    const subgraph = createSubgraph();
    const routes = (server: FastifyInstance): void =>
      void server.get("/broken", () => {
        throw Object.assign(new Error("select from postgres://host"), { code: "23505", detail: "Key (name)=(Ada)." });
      });
    const other = await createApp({
      subgraph: { ...subgraph, slices: [...subgraph.slices, { directory: import.meta.dirname, routes }] },
      orm,
      key,
      logger: pino({ level: "error" }, { write: (line: string) => void lines.push(line) }),
    });
    const reply = await other.inject("/broken");
    await other.close();
    expect(reply.statusCode).toBe(500);
    expect(reply.json()).toMatchObject({ errors: [{ extensions: { code: "INTERNAL" } }] });
    expect(reply.body).not.toContain("postgres");
    expect(lines.join()).toContain("23505");
    expect(lines.join()).not.toContain("Ada");
  });

  it("can't rewrite which migrations ran", async () => {
    await expect(orm.em.fork().execute("delete from events.migration")).rejects.toThrow("permission denied");
  });

  it("tells whether it lives and is ready, and counts what it does", async () => {
    expect((await app.inject("/health/live")).statusCode).toBe(200);
    expect((await app.inject("/health/ready")).statusCode).toBe(200);
    expect((await app.inject("/metrics")).body).toContain("subgraph_requests_total");
  });

  it("answers 300 requests at once over a pool of 4, reads and writes mixed, and leaves nothing waiting", async () => {
    let most = 0;
    const watch = setInterval(() => {
      void orm.em
        .getConnection()
        .getNativeClient()
        .then((pool) => (most = Math.max(most, (pool as unknown as { totalCount: number }).totalCount)));
    }, 5);
    const read = ask("{ events(first: 5) { totalCount nodes { title venue { name } } } }");
    const answers = await Promise.all(
      Array.from({ length: 300 }, async (_, index) => {
        if (index % 10 === 0)
          return await orm.em
            .fork()
            .transactional((em) => em.execute("select pg_sleep(0.02)"))
            .then(() => 200);
        return (await post(read, sign(read))).statusCode;
      }),
    );
    clearInterval(watch);
    expect(new Set(answers)).toEqual(new Set([200]));
    expect(most).toBeLessThanOrEqual(4);
    expect((await app.inject("/metrics")).body).toMatch(/subgraph_pool_waiting\{[^}]*\} 0/);
  });

  it("keeps one viewer's settings from the next on the same connection", async () => {
    now = new Date("2026-11-22T12:01:00Z");
    const pool = (await orm.em.getConnection().getNativeClient()) as unknown as {
      query(text: string): Promise<{ rows: Record<string, string | null>[] }>;
    };
    for (let index = 0; index < 12; index++) {
      await post(bodies[0] as string, sign(bodies[0] as string));
      const { rows } = await pool.query(
        "select current_setting('app.kind', true) as kind, current_setting('app.scopes', true) as scopes",
      );
      expect([rows[0]?.["kind"] ?? "", rows[0]?.["scopes"] ?? ""]).toEqual(["", ""]);
    }
  });
});
