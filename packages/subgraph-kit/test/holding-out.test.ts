import { randomBytes } from "node:crypto";
import { type AddressInfo, connect as dial, createServer, type Server, type Socket } from "node:net";
import { newGlobalId } from "@clic/global-id";
import { personViewer, signSubgraphToken, systemViewer, type Viewer } from "@clic/identity";
import { createTestDatabase, type TestDatabase } from "@clic/local-postgres";
import { connect, createApp, loadRows, migrate, transact } from "@clic/subgraph-kit";
import { office } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { FastifyInstance } from "fastify";
import { Client, type Pool } from "pg";
import { pino } from "pino";
import { createThingsSubgraph, orm as definition, ThingEntity } from "./fixture/things.subgraph.ts";

// How the long run reaches a test.
const requests = process.env["TEST_LONG"] === "1" ? 2000 : 400;
const key = randomBytes(32);
const organisationId = newGlobalId("Organisation");
const people = Array.from({ length: 5 }, () =>
  personViewer({ personId: newGlobalId("Person"), organisationId, roles: ["MEMBER"] }),
);

/** What stands between the service and PostgreSQL, so that a test can take PostgreSQL away and give it back. */
let wire: Server;
const sockets = new Set<Socket>();
let admin: Client;
let database: TestDatabase;
let orm: Awaited<ReturnType<typeof connect>>;
let app: FastifyInstance;
let pool: Pool & { options: { connectionTimeoutMillis: number } };

beforeAll(async () => {
  database = await createTestDatabase({ services: ["events"] });
  const urls = database.services["events"];
  await migrate(definition, urls?.migrationDatabaseUrl as string);
  const target = new URL(urls?.databaseUrl as string);
  const { port, hostname } = target;
  wire = createServer((near) => {
    const far = dial(Number(port || 5432), hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one
        .on("error", () => other.destroy())
        .on("close", () => (sockets.delete(one), other.destroy()))
        .pipe(other);
    }
  });
  await new Promise<void>((resolve) => wire.listen(0, "127.0.0.1", resolve));
  target.host = `127.0.0.1:${(wire.address() as AddressInfo).port}`;
  orm = await connect(definition, { url: target.href, poolSize: 3, statementTimeout: 1500 });
  pool = (await orm.em.getConnection().getNativeClient()) as unknown as typeof pool;
  app = await createApp({ subgraph: createThingsSubgraph(), orm, key, logger: pino({ level: "silent" }) });
  await transact(orm.em, systemViewer("test"), new Date(), ({ em }) =>
    loadRows(
      em,
      ThingEntity,
      people.flatMap(({ personId }) =>
        Array.from({ length: 5 }, () => ({
          id: newGlobalId("Course"),
          code: newGlobalId("Course"),
          ownerId: personId,
        })),
      ),
    ),
  );
  admin = new Client({ connectionString: database.url });
  await admin.connect();
});
afterAll(async () => {
  await app.close();
  await orm.close();
  await new Promise((resolve) => wire.close(resolve));
  await admin.end();
  await database.drop();
});

const ask = async (viewer: Viewer, query: string, variables?: object) => {
  const body = JSON.stringify({ query, variables });
  const authorization = `Bearer ${signSubgraphToken({ viewer, subgraph: "events", key, body })}`;
  const headers = { authorization, "content-type": "application/json" };
  const reply = await app.inject({ method: "POST", url: "/graphql", headers, payload: body });
  return reply.json<{ data?: any; errors?: { message: string; extensions: { code: string } }[] }>();
};
const codes = async (query: string) => (await ask(office(), query)).errors?.map(({ extensions }) => extensions.code);
const sleepers =
  "select count(*)::int as n from pg_stat_activity where datname = current_database() and query like '%pg_sleep%' and pid <> pg_backend_pid()";
const untilSleeping = async (wanted: number) => {
  while (((await admin.query<{ n: number }>(sleepers)).rows[0]?.n ?? 0) < wanted)
    await new Promise((go) => setTimeout(go, 5));
};
const healthy = "{ things(first: 100) { totalCount } }";

describe("a subgraph", () => {
  it(`shows each of 6 viewers their own rows in ${requests} requests at once over 3 connections`, async () => {
    const viewers = [...people, office()];
    const mine = `things(first: 100) { totalCount nodes { ownerId } }`;
    const bad = Buffer.from('["x"]').toString("base64url");
    const ids = (await ask(office(), "{ things(first: 100) { nodes { id } } }")).data.things.nodes.map(
      ({ id }: { id: string }) => id,
    );
    let wrong = 0;
    await Promise.all(
      Array.from({ length: requests }, async (_, index) => {
        const viewer = viewers[Math.floor(Math.random() * viewers.length)] as Viewer;
        const id = ids[Math.floor(Math.random() * ids.length)];
        const kind = index % 4;
        const { data } =
          kind === 0
            ? await ask(viewer, `mutation ($id: ID!) { rename(id: $id, label: "new") { ownerId } }`, { id })
            : kind === 1
              ? await ask(viewer, `query ($id: ID!) { thing(id: $id) { ownerId } ${mine} }`, { id })
              : kind === 2
                ? await ask(viewer, `{ bad: things(after: "${bad}") { totalCount } ${mine} }`)
                : await ask(viewer, `{ ${mine} }`);
        const all = viewer.personId === office().personId;
        const seen = [data.rename, data.thing, ...(data.things?.nodes ?? [])].filter((row) => row != null);
        if (!all && seen.some(({ ownerId }) => ownerId !== viewer.personId)) wrong++;
        if (kind !== 0 && data.things.totalCount !== (all ? 25 : 5)) wrong++;
      }),
    );
    expect(wrong).toBe(0);
    expect([pool.totalCount, pool.waitingCount]).toEqual([3, 0]);
  });

  it("answers UNAVAILABLE when its connections are killed at work, and goes on with new ones", async () => {
    const slow = Array.from({ length: 3 }, () => codes("{ slow(seconds: 1.2) things { totalCount } }"));
    await untilSleeping(3);
    await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'events_service'",
    );
    for (const code of await Promise.all(slow)) expect(code).toEqual(["UNAVAILABLE", "UNAVAILABLE"]);
    expect(await codes(healthy)).toBeUndefined();
  });

  it("ends a statement that takes too long, says so, and keeps the connection", async () => {
    const { errors } = await ask(office(), "{ slow(seconds: 5) }");
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining("too long"),
      extensions: { code: "UNAVAILABLE" },
    });
    expect(await codes(healthy)).toBeUndefined();
  });

  it("answers UNAVAILABLE rather than wait for ever for a connection", async () => {
    const before = pool.options.connectionTimeoutMillis;
    expect(before).toBe(10_000);
    const hogs = Array.from({ length: 3 }, () => codes("{ slow(seconds: 1.2) }"));
    await untilSleeping(3);
    // Not before the three have theirs: on a busy machine, dialling alone takes so long.
    pool.options.connectionTimeoutMillis = 100;
    try {
      expect(await codes(healthy)).toEqual(["UNAVAILABLE"]);
    } finally {
      pool.options.connectionTimeoutMillis = before;
    }
    expect(await Promise.all(hogs)).toEqual([undefined, undefined, undefined]);
    expect(await codes(healthy)).toBeUndefined();
  });

  it("answers UNAVAILABLE while PostgreSQL is away, to reads and writes, is not ready, and recovers", async () => {
    const write = `mutation { rename(id: "${newGlobalId("Course")}", label: "x") { label } }`;
    const { port } = wire.address() as AddressInfo;
    const closed = new Promise((resolve) => wire.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
    expect([await codes(healthy), await codes(write)]).toEqual([["UNAVAILABLE"], ["UNAVAILABLE"]]);
    expect((await app.inject("/health/ready")).statusCode).toBe(503);
    await new Promise<void>((resolve) => wire.listen(port, "127.0.0.1", resolve));
    expect([await codes(healthy), await codes(write)]).toEqual([undefined, undefined]);
    expect((await app.inject("/health/ready")).statusCode).toBe(200);
  });

  it("answers UNAVAILABLE when PostgreSQL falls silent, and gives up the connection", async () => {
    const silent = codes("{ slow(seconds: 1) }");
    await untilSleeping(1);
    for (const socket of sockets) socket.pause();
    expect(await silent).toEqual(["UNAVAILABLE"]);
    for (const socket of sockets) socket.resume();
    expect(await codes(healthy)).toBeUndefined();
  });

  it("refuses a viewer whose ids are none, and holds no connection for it", async () => {
    const viewer = { ...(people[0] as Viewer), personId: "per_nonsense" };
    for (let times = 0; times < 5; times++) {
      const { errors } = await ask(viewer, healthy);
      expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    }
    expect(await codes(healthy)).toBeUndefined();
  });

  it("refuses a body that is no GraphQL request with 400, and no body with 401", async () => {
    for (const body of [
      "[]",
      "null",
      '"x"',
      '{"query":1}',
      '{"query":"{ echo }","variables":[]}',
      '{"query":"{ echo }","operationName":7}',
    ]) {
      const authorization = `Bearer ${signSubgraphToken({ viewer: office(), subgraph: "events", key, body })}`;
      const headers = { authorization, "content-type": "application/json" };
      const reply = await app.inject({ method: "POST", url: "/graphql", headers, payload: body });
      expect([body, reply.statusCode]).toEqual([body, 400]);
    }
    expect((await app.inject({ method: "POST", url: "/graphql" })).statusCode).toBe(401);
  });
});
