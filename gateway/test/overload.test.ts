import { createServer } from "node:http";
import { createRequire } from "node:module";
import { type AddressInfo, type Socket, connect } from "node:net";
import { text } from "node:stream/consumers";
import { findFreePort } from "@clic/local-postgres";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { type GatewayProcess, WATCH_LOOP, loopOf, spawnGateway, startGatewayProcess } from "./gateway-process.ts";
import { type World, asking, eventually, startWorld } from "./test-gateway.ts";

/** It has no types of its own. */
const autocannon = createRequire(import.meta.url)("autocannon") as (options: object) => Promise<{
  readonly statusCodeStats?: Readonly<Record<string, { readonly count: number }>>;
  readonly errors: number;
}>;
const LONG = process.env["TEST_LONG"] === "1";
const EVENTS = "{ events { id title host { id name } } }";

/** A page of a hundred rows with what another service knows of each, as front ends ask for. */
const ROWS = Array.from({ length: 100 }, (_, n) => ({
  id: `evt_${n}`,
  title: `Launch ${n}`,
  host: { __typename: "Organisation", id: `org_${n}` },
}));
const PAGE = JSON.stringify({ data: { events: ROWS } });
const HOSTS = JSON.stringify({ data: { _entities: ROWS.map(({ title }) => ({ name: title })) } });

describe("a gateway that is asked more than it can do", () => {
  let world: World;
  let gateway: GatewayProcess;
  beforeAll(async () => void (world = await startWorld()));
  afterEach(async () => {
    gateway.child.kill("SIGKILL");
    await gateway.exited;
    world.events.misbehave = undefined;
  });
  afterAll(() => world.close());
  const start = async (changes: Record<string, string>): Promise<GatewayProcess> =>
    (gateway = await startGatewayProcess(world.variables({ RATE_LIMIT_ANONYMOUS: "100000000", ...changes })));

  it.each([
    ["2", [200, 200, 503]],
    ["3", [200, 200, 200]],
  ])("with room for %s answers three requests with %j, the refused one before the others", async (room, expected) => {
    await start({ MAX_IN_FLIGHT: room });
    const { ask, get } = asking(gateway.origin);
    const held: (() => void)[] = [];
    world.events.misbehave = (response) => {
      const body = '{"data":{"events":[{"title":"Late"}]}}';
      held.push(() => response.writeHead(200, { "content-type": "application/json" }).end(body));
    };
    const first = [ask("{ events { title } }"), ask("{ events { title } }")];
    await eventually(() => held.length === 2);
    const last = ask("{ events { title } }");
    if (expected[2] === 503) {
      const { status, headers, body } = await last;
      expect([status, headers.get("retry-after"), body.errors[0].extensions]).toEqual([
        503,
        "1",
        { code: "OVERLOADED" },
      ]);
      expect((await get("/health/live")).status).toBe(200);
      expect((await get("/metrics")).text).toContain('gateway_errors_total{code="OVERLOADED"} 1');
    } else await eventually(() => held.length === 3);
    for (const release of held) release();
    world.events.misbehave = undefined;
    expect((await Promise.all([...first, last])).map(({ status }) => status)).toEqual(expected);
    expect((await ask("{ events { title } }")).status).toBe(200);
  });

  /** Writes to the gateway and reads nothing unless told to. */
  function write(text: string): Socket {
    const socket = connect(Number(new URL(gateway.origin).port), "127.0.0.1", () => socket.write(text));
    return socket.on("error", () => {}).pause();
  }
  const HEAD = "host: gateway\r\ncontent-type: application/json\r\n";
  const BODY = JSON.stringify({ query: "{ events { title } }" });
  const WHOLE = `${HEAD}connection: close\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`;

  it("refuses it under every form of the path", async () => {
    await start({ MAX_IN_FLIGHT: "1" });
    world.events.received.length = 0;
    let release = (): void => {};
    world.events.misbehave = (response) => {
      release = () => response.writeHead(200, { "content-type": "application/json" }).end('{"data":{"events":[]}}');
    };
    const first = asking(gateway.origin).ask("{ events { title } }");
    await eventually(() => world.events.received.length > 0);
    for (const path of ["/graphql?a", "/graphql/", "/%67raphql", "http://gateway/graphql"]) {
      const socket = write(`POST ${path} HTTP/1.1\r\n${WHOLE}`);
      expect([path, (await text(socket)).split("\r\n")[0]]).toEqual([path, "HTTP/1.1 503 Service Unavailable"]);
    }
    release();
    expect((await first).status).toBe(200);
  });

  it.each<[string, string, boolean]>([
    ["send half of a request", `POST /graphql HTTP/1.1\r\n${HEAD}content-length: 1000\r\n\r\n{`, false],
    ["don't read their answers", `POST /graphql HTTP/1.1\r\n${WHOLE}`, true],
  ])("takes the places of those who %s, when others need them", async (_what, request, answered) => {
    await start({ MAX_IN_FLIGHT: "3", REQUEST_TIMEOUT_MS: "100000", SOCKET_TIMEOUT_MS: "100000" });
    const { ask, get } = asking(gateway.origin);
    if (answered) {
      const title = "x".repeat(12 * 1024 * 1024);
      world.events.misbehave = (response) =>
        response
          .writeHead(200, { "content-type": "application/json" })
          .end(JSON.stringify({ data: { events: [{ title }] } }));
    }
    const idle = [1, 2, 3].map(() => write(request));
    await eventually(async () => (await ask("{ __typename }")).status === 503);
    await eventually(async () => (await ask("{ __typename }")).status === 200);
    expect((await get("/metrics")).text).toContain('code="OVERLOADED"');
    for (const socket of idle) socket.destroy();
  });

  if (LONG) {
    // In the gateway's own CPU time: what others do on the machine would otherwise decide. A refusal waits for no longer
    // than the event loop is busy at a stretch.
    it("five times over, for a minute, answers nine tenths of its peak, and refuses the rest within 100 ms", async () => {
      const subgraph = createServer((asked, answer) => {
        const body = asked.url === "/organisations" ? HOSTS : PAGE;
        asked.resume().on("end", () => answer.writeHead(200, { "content-type": "application/json" }).end(body));
      });
      await new Promise<void>((resolve) => subgraph.listen(0, "127.0.0.1", resolve));
      const url = `http://127.0.0.1:${(subgraph.address() as AddressInfo).port}`;
      const SUBGRAPHS = JSON.stringify({
        organisations: { url: `${url}/organisations`, key: world.organisations.key },
        events: { url: `${url}/events`, key: world.events.key },
      });
      // A line a request would be a load of its own; so the address isn't logged either.
      // A connection that the asking thread doesn't come to use for seconds isn't a request lost.
      const port = await findFreePort();
      const variables = world.variables({
        SUBGRAPHS,
        LOG_LEVEL: "warn",
        RATE_LIMIT_ANONYMOUS: "100000000",
        IDLE_TIMEOUT_MS: "60000",
        PORT: `${port}`,
      });
      gateway = { ...spawnGateway(variables, [], [WATCH_LOOP]), origin: `http://127.0.0.1:${port}` };
      const live = (): Promise<boolean> =>
        fetch(`${gateway.origin}/health/live`).then(
          ({ ok }) => ok,
          () => false,
        );
      await eventually(live);
      await load(gateway.origin, 32, 5);
      const before = await loopOf(gateway);
      const peak = await load(gateway.origin, 32, 15);
      const between = await loopOf(gateway);
      const over = await load(gateway.origin, 500, 60, Math.ceil((peak.good / 15) * 5));
      const after = await loopOf(gateway);
      const atPeak = peak.good / (between.altogether - before.altogether);
      const overloaded = over.good / (after.altogether - between.altogether);
      process.stderr.write(
        `at peak ${Math.round(peak.good / 15)} answers/s, five times over ${Math.round(over.good / 60)} and ` +
          `${Math.round(over.refused / 60)} refusals; for its CPU time ${Math.round((100 * overloaded) / atPeak)} % ` +
          `of the peak; busy ${Math.round(after.longest)} ms at most; ${over.errors} errors\n`,
      );
      expect(over.errors).toBe(0);
      expect(over.refused).toBeGreaterThan(over.good);
      expect(overloaded / atPeak).toBeGreaterThanOrEqual(0.9);
      expect(after.longest).toBeLessThan(100);
      await new Promise((resolve) => subgraph.close(resolve));
    }, 300_000);
  }
});

interface Answers {
  readonly good: number;
  readonly refused: number;
  readonly errors: number;
}

/** Asks from a thread of its own, so that the subgraph in this one isn't held up: as fast as it is answered, or at a rate. */
async function load(origin: string, connections: number, seconds: number, overallRate?: number): Promise<Answers> {
  const { statusCodeStats = {}, errors } = await autocannon({
    url: `${origin}/graphql`,
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: EVENTS }),
    connections,
    duration: seconds,
    workers: 1,
    timeout: 30,
    ...(overallRate !== undefined && { overallRate }),
  });
  const count = (status: string): number => statusCodeStats[status]?.count ?? 0;
  return { good: count("200"), refused: count("503"), errors };
}
