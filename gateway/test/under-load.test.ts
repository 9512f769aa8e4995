import { rename, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Agent, request } from "undici";
import { type GatewayProcess, startGatewayProcess } from "./gateway-process.ts";
import { type World, asking, composeOf, eventually, startWorld } from "./test-gateway.ts";

const LONG = process.env["TEST_LONG"] === "1";
const ANYBODY = { RATE_LIMIT_ANONYMOUS: "100000000" };

describe("the gateway under load", () => {
  let world: World;
  let gateway: GatewayProcess;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(async () => {
    gateway.child.kill("SIGKILL");
    await gateway.exited;
    await world.close();
  });

  /** Asks on `connections` kept connections without a pause until it is told to stop; gives what was answered. */
  function load(connections: number, query: (n: number) => string): { stop: () => Promise<Map<string, number>> } {
    const agent = new Agent({ connections, pipelining: 1 });
    const counts = new Map<string, number>();
    let stopped = false;
    let asked = 0;
    const count = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);
    async function one(): Promise<void> {
      while (!stopped) {
        const body = JSON.stringify({ query: query((asked += 1)) });
        try {
          const { statusCode, body: answer } = await request(`${gateway.origin}/graphql`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body,
            dispatcher: agent,
          });
          const { errors } = (await answer.json()) as { errors?: unknown };
          count(errors === undefined ? String(statusCode) : `${statusCode} ${JSON.stringify(errors)}`);
        } catch (error) {
          count(`${(error as Error).name} ${(error as NodeJS.ErrnoException).code}`);
        }
      }
    }
    const all = Array.from({ length: connections }, one);
    return {
      async stop() {
        stopped = true;
        await Promise.all(all);
        await agent.close();
        return counts;
      },
    };
  }

  it(
    `loses no request over ${LONG ? 100 : 4} reloads, half of them of a bad supergraph, while new operations are planned`,
    async () => {
      gateway = await startGatewayProcess({ ...world.variables(), ...ANYBODY });
      const sdl = (n: number): string => `${world.events.sdl} extend type Query { reload${n}: Int }`;
      const under = load(8, (n) => `{ ${n % 3 === 0 ? `a${n}: ` : ""}events { title host { name } } }`);
      for (let n = 0; n < (LONG ? 50 : 2); n++) {
        const loads = (): Promise<string> =>
          asking(gateway.origin)
            .get("/metrics")
            .then(({ text }) => text);
        await writeFile(
          `${world.supergraphFile}.new`,
          composeOf([world.organisations, { ...world.events, sdl: sdl(n) }]),
        );
        await rename(`${world.supergraphFile}.new`, world.supergraphFile);
        await eventually(async () => (await loads()).includes(`supergraph_loads_total{result="loaded"} ${n + 2}`));
        await writeFile(`${world.supergraphFile}.new`, `type Query { broken${n}: Int }`);
        await rename(`${world.supergraphFile}.new`, world.supergraphFile);
        await eventually(async () => (await loads()).includes(`supergraph_loads_total{result="refused"} ${n + 1}`));
        const { status } = await asking(gateway.origin).ask(`{ __typename reload${n} }`);
        expect(status).toBe(200);
      }
      const counts = await under.stop();
      expect([...counts.keys()]).toEqual(["200"]);
      expect(counts.get("200")).toBeGreaterThan(100);
      expect(gateway.output()).toContain("new supergraph is refused, the last good one goes on serving");
    },
    LONG ? 900_000 : 120_000,
  );

  it("has planned what is asked for most before a new supergraph takes over", async () => {
    gateway = await startGatewayProcess({ ...world.variables(), ...ANYBODY });
    const { ask, get } = asking(gateway.origin);
    const planned = async (): Promise<number> => {
      const { text } = await get("/metrics");
      return Number(/^gateway_plans_total\{outcome="planned"\} (\d+)/m.exec(text)?.[1]);
    };
    for (let n = 0; n < 3; n++) await ask("{ events { title } }");
    expect(await planned()).toBe(1);
    await writeFile(
      world.supergraphFile,
      composeOf([world.organisations, { ...world.events, sdl: `${world.events.sdl} extend type Query { more: Int }` }]),
    );
    await eventually(async () => (await ask("{ __typename more }")).status === 200);
    const before = await planned();
    await ask("{ events { title } }");
    expect(await planned()).toBe(before);
  });

  it("finishes all that is in flight on SIGTERM, and ends with code 0", async () => {
    gateway = await startGatewayProcess({ ...world.variables(), ...ANYBODY });
    let reached = 0;
    world.events.misbehave = (response) => {
      reached += 1;
      setTimeout(
        () =>
          response.writeHead(200, { "content-type": "application/json" }).end('{"data":{"events":[{"title":"Late"}]}}'),
        700,
      );
    };
    const { ask } = asking(gateway.origin);
    const answers = Array.from({ length: 40 }, () => ask("{ events { title } }"));
    await eventually(() => reached === 40);
    gateway.child.kill("SIGTERM");
    for (const { status, body } of await Promise.all(answers))
      expect([status, body]).toEqual([200, { data: { events: [{ title: "Late" }] } }]);
    expect(await gateway.exited).toEqual({ code: 0, signal: null });
  });

  it("answers on SIGTERM what was half sent before it", async () => {
    gateway = await startGatewayProcess({ ...world.variables(), ...ANYBODY });
    const body = JSON.stringify({ query: "{ events { title } }" });
    const head = `POST /graphql HTTP/1.1\r\nhost: g\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`;
    const socket = connect(Number(new URL(gateway.origin).port), "127.0.0.1");
    socket.write(`${head}\r\n\r\n${body.slice(0, 9)}`);
    const live = (): Promise<boolean> =>
      fetch(`${gateway.origin}/health/live`).then(
        () => true,
        () => false,
      );
    expect(await live()).toBe(true);
    gateway.child.kill("SIGTERM");
    await eventually(async () => !(await live()));
    socket.write(body.slice(9));
    expect(await text(socket)).toMatch(/^HTTP\/1.1 200 [^]*Launch/);
    expect((await gateway.exited).code).toBe(0);
  });

  it("finishes on SIGTERM what somebody asked who is gone", async () => {
    gateway = await startGatewayProcess({ ...world.variables(), ...ANYBODY });
    const ended = new Promise<boolean>((resolve) => {
      world.events.misbehave = (response) => {
        response.once("close", () => resolve(response.writableFinished));
        asked.abort();
        gateway.child.kill("SIGTERM");
        const answer = '{"data":{"bookPlace":"booked"}}';
        setTimeout(() => response.writeHead(200, { "content-type": "application/json" }).end(answer), 1_000);
      };
    });
    const asked = new AbortController();
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ query: "mutation { bookPlace }" });
    await fetch(`${gateway.origin}/graphql`, { method: "POST", headers, body, signal: asked.signal }).catch(() => {});
    expect(await ended).toBe(true);
    expect((await gateway.exited).code).toBe(0);
  });
});
