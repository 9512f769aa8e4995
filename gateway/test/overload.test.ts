import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { Agent, request } from "undici";
import { type GatewayProcess, startGatewayProcess } from "./gateway-process.ts";
import { type World, asking, eventually, startWorld } from "./test-gateway.ts";

const LONG = process.env["TEST_LONG"] === "1";
const EVENTS = "{ events { title host { name } } }";

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

  if (LONG) {
    it("five times over, for a minute, answers nine tenths of its peak, and refuses the rest within 100 ms", async () => {
      const subgraph = createServer((asked, answer) => {
        const body = '{"data":{"events":[{"title":"Launch","host":{"__typename":"Organisation","id":"org_1"}}]}}';
        asked.resume().on("end", () => answer.writeHead(200, { "content-type": "application/json" }).end(body));
      });
      await new Promise<void>((resolve) => subgraph.listen(0, "127.0.0.1", resolve));
      const url = `http://127.0.0.1:${(subgraph.address() as AddressInfo).port}/graphql`;
      const SUBGRAPHS = JSON.stringify({
        organisations: { url, key: world.organisations.key },
        events: { url, key: world.events.key },
      });
      await start({ SUBGRAPHS, LOG_LEVEL: "warn" });
      const peak = await closedLoop(gateway.origin, 32, 15_000);
      const { good, refusals, other } = await openLoop(gateway.origin, peak * 5, 60_000);
      const p99 = refusals.toSorted((one, two) => one - two)[Math.floor(refusals.length * 0.99)]!;
      process.stderr.write(
        `peak ${peak.toFixed(0)}/s, goodput ${good.toFixed(0)}/s, refused ${refusals.length}, p99 ${p99.toFixed(0)} ms\n`,
      );
      expect(other).toEqual(new Map());
      expect(good).toBeGreaterThanOrEqual(0.9 * peak);
      expect(p99).toBeLessThan(100);
      await new Promise((resolve) => subgraph.close(resolve));
    }, 300_000);
  }
});

async function askOnce(origin: string, dispatcher: Agent): Promise<number> {
  const { statusCode, body } = await request(`${origin}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: EVENTS }),
    dispatcher,
  });
  await body.dump();
  return statusCode;
}

/** Answers a second, when each of some clients asks again as soon as it is answered. */
async function closedLoop(origin: string, clients: number, milliseconds: number): Promise<number> {
  const agent = new Agent({ connections: clients, pipelining: 1 });
  const end = performance.now() + milliseconds;
  let answered = 0;
  async function client(): Promise<void> {
    while (performance.now() < end) if ((await askOnce(origin, agent)) === 200) answered += 1;
  }
  await Promise.all(Array.from({ length: clients }, client));
  await agent.close();
  return (answered * 1_000) / milliseconds;
}

interface Outcome {
  /** Good answers a second. */
  readonly good: number;
  /** Milliseconds of each refusal. */
  readonly refusals: readonly number[];
  readonly other: ReadonlyMap<string, number>;
}

/** Asks so many times a second whatever is answered. */
async function openLoop(origin: string, rate: number, milliseconds: number): Promise<Outcome> {
  const agent = new Agent({ connections: 1_024, pipelining: 1 });
  const refusals: number[] = [];
  const other = new Map<string, number>();
  const asked: Promise<void>[] = [];
  let good = 0;
  const begin = performance.now();
  async function one(): Promise<void> {
    const before = performance.now();
    try {
      const status = await askOnce(origin, agent);
      if (status === 200) good += 1;
      else if (status === 503) refusals.push(performance.now() - before);
      else other.set(String(status), (other.get(String(status)) ?? 0) + 1);
    } catch (error) {
      other.set(String(error), (other.get(String(error)) ?? 0) + 1);
    }
  }
  while (performance.now() - begin < milliseconds) {
    const due = ((performance.now() - begin) * rate) / 1_000;
    while (asked.length < due) asked.push(one());
    await delay(5);
  }
  await Promise.all(asked);
  await agent.close();
  return { good: (good * 1_000) / milliseconds, refusals, other };
}
