import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { type GatewayProcess, spawnGateway, startGatewayProcess } from "./gateway-process.ts";
import { startServer } from "./local-server.ts";
import { type World, asking, startWorld } from "./test-gateway.ts";

describe("the gateway as a process", () => {
  let world: World;
  const running: { child: GatewayProcess["child"]; exited: Promise<unknown> }[] = [];
  beforeAll(async () => void (world = await startWorld()));
  afterEach(async () => {
    for (const { child } of running) child.kill("SIGKILL");
    await Promise.all(running.splice(0).map(({ exited }) => exited));
    world.events.misbehave = undefined;
  });
  afterAll(() => world.close());

  async function start(changes?: Record<string, string>): Promise<GatewayProcess> {
    const gateway = await startGatewayProcess(world.variables(changes));
    running.push(gateway);
    return gateway;
  }
  async function refusing(changes: Record<string, string>): Promise<string> {
    const gateway = spawnGateway(world.variables(changes));
    running.push(gateway);
    expect((await gateway.exited).code).toBe(1);
    return gateway.output();
  }

  it("answers, says that it lives and is ready, and stops with code 0 on SIGTERM", async () => {
    const gateway = await start();
    const { ask, get } = asking(gateway.origin);
    expect((await ask("{ events { title } }")).body).toEqual({ data: { events: [{ title: "Launch" }] } });
    expect(await get("/health/live")).toMatchObject({ status: 200, body: { status: "live" } });
    const subgraphs = { organisations: "reachable", events: "reachable" };
    expect(await get("/health/ready")).toMatchObject({
      status: 200,
      body: { status: "ready", supergraph: "loaded", subgraphs },
    });
    gateway.child.kill("SIGTERM");
    expect(await gateway.exited).toEqual({ code: 0, signal: null });
  });

  it("opens no connection but to its subgraphs and issuer, whatever Apollo's own variables say", async () => {
    const phone = {
      APOLLO_TELEMETRY_DISABLED: "false",
      APOLLO_KEY: "service:clic:abc",
      APOLLO_GRAPH_REF: "clic@current",
    };
    const gateway = await start({ ...phone, APOLLO_SCHEMA_REPORTING: "true", NODE_ENV: "development" });
    const token = await world.issuer.token("member");
    const { body } = await asking(gateway.origin).ask("{ events { title } }", { authorization: `Bearer ${token}` });
    expect(body.data.events).toHaveLength(1);
    gateway.child.kill("SIGTERM");
    expect((await gateway.exited).code).toBe(0);
    const outbound = new Set([...gateway.output().matchAll(/^outbound (\S+)$/gm)].map(([, to]) => to));
    const known = [world.issuer.origin, world.organisations.url, world.events.url].map((url) => new URL(url).host);
    expect([...outbound].toSorted()).toEqual(known.toSorted());
  });

  it("starts without any service, is ready, and says which are not reachable", async () => {
    const nobody = await startServer(() => {});
    await nobody.close();
    const key = world.events.key;
    const SUBGRAPHS = JSON.stringify({
      organisations: { url: `${nobody.origin}/graphql`, key },
      events: { url: `${nobody.origin}/graphql`, key },
    });
    const gateway = await start({ SUBGRAPHS });
    const { status, body } = await asking(gateway.origin).get("/health/ready");
    expect([status, body.subgraphs]).toEqual([200, { organisations: "unreachable", events: "unreachable" }]);
    expect((await asking(gateway.origin).ask("{ __typename }")).body).toEqual({ data: { __typename: "Query" } });
  });

  it("finishes the requests under way before it stops", async () => {
    const gateway = await start();
    const reached = new Promise<void>((resolve) => {
      world.events.misbehave = (response) => {
        resolve();
        setTimeout(
          () =>
            response
              .writeHead(200, { "content-type": "application/json" })
              .end('{"data":{"events":[{"title":"Late"}]}}'),
          500,
        );
      };
    });
    const answer = asking(gateway.origin).ask("{ events { title } }");
    await reached;
    gateway.child.kill("SIGTERM");
    expect((await answer).body).toEqual({ data: { events: [{ title: "Late" }] } });
    expect((await gateway.exited).code).toBe(0);
    await expect(fetch(`${gateway.origin}/health/live`)).rejects.toThrow();
  });

  it("stops when the process that started it is gone", async () => {
    const gateway = await start();
    gateway.child.disconnect();
    expect((await gateway.exited).code).toBe(0);
  });

  it("says what is wrong and what to do when it cannot start, and never a key", async () => {
    const { url, key } = world.organisations;
    const taken = await startServer(() => {});
    const cases: [Record<string, string>, RegExp][] = [
      [{ SUPERGRAPH: "/nowhere/supergraph.graphql" }, /cannot be served: .*no such file.*npm run generate/],
      [{ PORT: "none" }, /cannot start\. PORT: /],
      [{ PORT: new URL(taken.origin).port }, /Port \d+ is taken/],
      [{ SUBGRAPHS: "{" }, /SUBGRAPHS: must be JSON/],
      [{ SUBGRAPHS: JSON.stringify({ events: { url, key } }) }, /no entry for "organisations"/],
      [
        { SUBGRAPHS: JSON.stringify({ organisations: { url, key } }) },
        /names the subgraph "events", and SUBGRAPHS has no/,
      ],
      [{ SUBGRAPHS: JSON.stringify({ events: { url: "nowhere", key: `${key}!` } }) }, /SUBGRAPHS\.events\.url/],
    ];
    for (const [changes, said] of cases) {
      const output = await refusing(changes);
      expect(output).toMatch(said);
      expect(output).not.toContain(key);
    }
    await taken.close();
  }, 240_000); // seven processes, one after the other
});
