import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { type GatewayProcess, WATCH_LOOP, loopOf, spawnGateway } from "./gateway-process.ts";
import { hostileAnswers } from "./hostile-answers.ts";
import { type HostileRequest, hostileRequests } from "./hostile-requests.ts";
import { type LocalServer, readBody, startServer } from "./local-server.ts";

const SUPERGRAPH = join(import.meta.dirname, "..", "supergraph.graphql");
const SUBGRAPHS = ["organisations", "education-learning", "production-system", "leadership", "events"];
/** Milliseconds of the thread's own time. */
const LONGEST = 100;
/** A request has to be slow so often before it counts: a machine that does much else makes any request slow now and then. */
const ROUNDS = 3;

describe("the gateway's event loop", () => {
  let subgraph: LocalServer;
  let gateway: GatewayProcess | undefined;
  const HONEST = '{"data":{"workItems":null}}';
  let answer = HONEST;
  beforeAll(async () => {
    subgraph = await startServer((request, response) => {
      void readBody(request).then(() => response.writeHead(200, { "content-type": "application/json" }).end(answer));
    });
  });
  afterEach(async () => {
    answer = HONEST;
    gateway?.child.kill("SIGKILL");
    await gateway?.exited;
    gateway = undefined;
  });
  afterAll(() => subgraph.close());

  async function start(changes: Record<string, string> = {}): Promise<GatewayProcess> {
    const url = `${subgraph.origin}/graphql`;
    const variables = {
      PORT: "0",
      SUPERGRAPH,
      SUBGRAPHS: JSON.stringify(Object.fromEntries(SUBGRAPHS.map((name) => [name, { url }]))),
      RATE_LIMIT_ANONYMOUS: "100000",
      PLAN_THREADS: "1",
      ...changes,
    };
    const started = spawnGateway(variables, [], [WATCH_LOOP]);
    gateway = { ...started, origin: await started.origin };
    for (let n = 0; n < 5; n++) await send({ name: "warm", body: JSON.stringify({ query: `{ __typename } #${n}` }) });
    return gateway;
  }

  function send({ body, headers, search }: HostileRequest): Promise<void> {
    const url = `${gateway!.origin}/graphql`;
    const asked =
      search === undefined
        ? fetch(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: body! })
        : fetch(`${url}?${search}`, { headers: { "apollo-require-preflight": "1", ...headers } });
    return asked.then(async (response) => void (await response.arrayBuffer()));
  }

  /** The longest that the event loop was busy with one request, in milliseconds. */
  async function busyWith(request: HostileRequest): Promise<number> {
    await loopOf(gateway!);
    await send(request);
    await delay(20);
    return (await loopOf(gateway!)).longest;
  }

  it.each([
    ["limits alone", {}],
    ["the schema open to everybody", { INTROSPECTION: "open" }],
  ])(
    `is never busy for more than ${LONGEST} ms with anything that a client sends, with %s`,
    async (_what, changes) => {
      await start(changes);
      let slow: Record<string, number> = {};
      for (let round = 0; round < ROUNDS; round++) {
        const suspects = hostileRequests(String(round)).filter(({ name }) => round === 0 || name in slow);
        slow = {};
        for (const request of suspects) {
          const milliseconds = await busyWith(request);
          if (milliseconds > LONGEST) slow[request.name] = milliseconds;
        }
      }
      expect(slow).toEqual({});
      expect(gateway!.child.exitCode).toBeNull();
    },
    240_000,
  );

  it(`is never busy for more than ${LONGEST} ms with anything that a stranger's subgraph answers`, async () => {
    await start();
    const query = "{ workItems { nodes { id } } }";
    await send({ name: "warm", body: JSON.stringify({ query }) });
    let slow: Record<string, number> = {};
    for (let round = 0; round < ROUNDS; round++) {
      const suspects = Object.entries(hostileAnswers()).filter(([name]) => round === 0 || name in slow);
      slow = {};
      for (const [name, text] of suspects) {
        answer = text;
        const milliseconds = await busyWith({ name, body: JSON.stringify({ query }) });
        if (milliseconds > LONGEST) slow[name] = milliseconds;
      }
    }
    expect(slow).toEqual({});
  }, 240_000);

  describe("with services that bring all that is asked for", () => {
    const inner = (count: number): string => `workItems(first: ${count}) { nodes { __typename id title status } }`;
    const asking = (count: number): string =>
      `{ workItems(first: 100) { nodes { __typename id title leadOrganisation { id name ${inner(count)} } } } }`;
    const bring = (count: number): string => {
      const item = { __typename: "Rpiw", id: "rpi_1", title: "An improvement workshop", status: "ACTIVE" };
      const lead = { id: "org_1", name: "A practice", workItems: { nodes: Array.from({ length: count }, () => item) } };
      const nodes = Array.from({ length: 100 }, () => ({ ...item, leadOrganisation: lead }));
      return JSON.stringify({ data: { workItems: { nodes } } });
    };
    const house = (): string =>
      JSON.stringify(
        Object.fromEntries(
          SUBGRAPHS.map((name) => [
            name,
            {
              url: `${subgraph.origin}/graphql`,
              key: Buffer.alloc(32).toString("base64url"),
              budget: { maxValues: 1e7 },
            },
          ]),
        ),
      );
    /** The longest that it is busy; the shortest of the rounds. */
    async function busyWithRows(count: number): Promise<number> {
      const times: number[] = [];
      answer = bring(count);
      for (let round = 0; round < 2 * ROUNDS; round++)
        times.push(await busyWith({ name: `${count} rows`, body: JSON.stringify({ query: asking(count) }) }));
      return Math.min(...times);
    }

    it(`is never busy for more than ${LONGEST} ms with as much as may be asked for`, async () => {
      await start({ SUBGRAPHS: house() });
      answer = bring(190);
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ query: asking(190) });
      const { status } = await fetch(`${gateway!.origin}/graphql`, { method: "POST", headers, body });
      expect(status).toBe(200);
      expect(await busyWithRows(190)).toBeLessThan(LONGEST);
    }, 240_000);

    it("is seen to be busy for longer where more may be asked for", async () => {
      await start({ SUBGRAPHS: house(), MAX_ANSWER_VALUES: "10000000" });
      expect(await busyWithRows(1_000)).toBeGreaterThan(LONGEST);
    }, 240_000);
  });

  it("is seen to be busy for longer where a stranger's answers may hold anything", async () => {
    const url = `${subgraph.origin}/graphql`;
    const budget = { maxValues: 1e9 };
    await start({
      SUBGRAPHS: JSON.stringify(Object.fromEntries(SUBGRAPHS.map((name) => [name, { url, budget }]))),
    });
    answer = hostileAnswers()["megabytes of errors"]!;
    const body = JSON.stringify({ query: "{ workItems { nodes { id } } }" });
    expect(await busyWith({ name: "megabytes of errors", body })).toBeGreaterThan(LONGEST);
  }, 120_000);

  it("is seen to be busy for longer where a limit is off", async () => {
    await start({ MAX_JSON_VALUES: "1000000" });
    const wrong = Object.fromEntries(Array.from({ length: 45_000 }, (_, n) => [`titel${n}`, n]));
    const query = "query($w: WorkItemWhere) { workItems(where: $w) { totalCount } }";
    const body = JSON.stringify({ query, variables: { w: wrong } });
    expect(await busyWith({ name: "an object of 45,000 wrong fields", body })).toBeGreaterThan(LONGEST);
  }, 120_000);
});
