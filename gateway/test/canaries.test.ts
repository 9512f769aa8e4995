import type { ServerResponse } from "node:http";
import { createLogger, openTracing } from "@clic/telemetry";
import { type Collector, startCollector } from "@clic/telemetry/collector";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { createApp } from "../src/app.ts";
import { readEnvironment } from "../src/environment.ts";
import { type TestGateway, type World, asking, startWorld } from "./test-gateway.ts";

/** In whatever is planted; looked for in whatever comes out. */
const CANARY = "c4n4ry";
const HEX = "c4a4ac4a4ac4a4ac4a4ac4a4ac4a4a11";
const ASK = "query Seen { events { title } }";
const planted = {
  cookie: `session=${CANARY}`,
  traceparent: `00-${HEX}-c4a4ac4a4ac4a4a1-01`,
  tracestate: `vendor=${CANARY}`,
  baggage: `user=${CANARY}`,
  "x-api-key": CANARY,
  "x-acting-organisation": "",
  "apollographql-client-name": `${CANARY} ${CANARY}`,
  "apollographql-client-version": CANARY,
};
const json = { "content-type": "application/json" };

describe("a secret that is planted", () => {
  let world: World;
  let collector: Collector;
  let gateway: TestGateway;
  const told: string[] = [];

  beforeAll(async () => {
    collector = await startCollector();
    world = await startWorld();
    const subgraphs = JSON.parse(world.variables()["SUBGRAPHS"]!);
    subgraphs.events.url += `?key=${CANARY}`;
    const variables = world.variables({ SUBGRAPHS: JSON.stringify(subgraphs), FETCH_TIMEOUT_MS: "2000" });
    const logged: string[] = [];
    const log = createLogger("gateway", "trace", { write: (line) => void logged.push(line) });
    const tracing = await openTracing({ service: "gateway", endpoint: collector.endpoint, ratio: 1 });
    const app = await createApp(readEnvironment(variables), log, tracing);
    const origin = await app.listen();
    gateway = { origin, logged, ...asking(origin), close: () => app.close() };
  });
  afterAll(async () => {
    await gateway.close();
    await world.close();
    await collector.close();
  });
  afterEach(() => void (world.events.misbehave = undefined));

  /** What of all that is let be seen has the canary in it. */
  async function leaks(): Promise<string[]> {
    const other = await gateway.ask(ASK);
    const metrics = await gateway.get("/metrics");
    const { requestId } = JSON.parse(gateway.logged.at(-1)!);
    await collector.until((spans) => spans.some(({ facts }) => facts["clic.request.id"] === requestId));
    const seen = { other: other.text, metrics: metrics.text, logs: gateway.logged.join(""), spans: collector.text() };
    return Object.entries({ ...seen, told: told.join("") }).flatMap(([where, text]) => {
      const at = text.search(new RegExp(`${CANARY}|${HEX}`, "i"));
      return at < 0 ? [] : [`${where}: ${text.slice(Math.max(0, at - 200), at + 50)}`];
    });
  }

  it.each<[string, (response: ServerResponse) => void]>([
    [
      "an error's message and extensions",
      (response) =>
        response.writeHead(200, json).end(
          JSON.stringify({
            data: { events: null },
            errors: [
              {
                message: `postgres://u:${CANARY}@db/`,
                path: ["events", CANARY],
                extensions: { code: `C_${CANARY.toUpperCase()}`, query: CANARY, stacktrace: [CANARY], [CANARY]: 1 },
              },
            ],
          }),
        ),
    ],
    ["a body that is no JSON", (response) => response.writeHead(200, json).end(`{"data": ${CANARY}`)],
    ["a body of another shape", (response) => response.writeHead(200, json).end(JSON.stringify([CANARY]))],
    [
      "values that don't fit",
      (response) => response.writeHead(200, json).end(JSON.stringify({ data: { events: CANARY, [CANARY]: CANARY } })),
    ],
    ["a content type", (response) => response.writeHead(200, { "content-type": `text/${CANARY}` }).end("x")],
    ["an encoding", (response) => response.writeHead(200, { ...json, "content-encoding": CANARY }).end("x")],
    ["a redirect", (response) => response.writeHead(302, { location: `http://${CANARY}.invalid/` }).end()],
    ["headers", (response) => response.writeHead(200, { ...json, "set-cookie": CANARY, "x-c": CANARY }).end("{}")],
    ["a page of an error", (response) => response.writeHead(500, { "content-type": "text/html" }).end(CANARY)],
    ["what is no HTTP", (response) => void response.socket!.end(`HTTP/1.1 200 ${CANARY}\r\n${CANARY} x\r\n\r\n`)],
    ["a code of status", (response) => void response.writeHead(404, CANARY, json).end(JSON.stringify({ [CANARY]: 1 }))],
  ])("by a subgraph in %s appears nowhere, not even in the answer", async (_what, misbehave) => {
    world.events.misbehave = misbehave;
    told.push((await gateway.ask(ASK)).text);
    world.events.misbehave = undefined;
    expect(await leaks()).toEqual([]);
  });

  it("by a caller in headers, tokens, variables or literals appears in nothing that others see", async () => {
    const own = { ...planted };
    delete (own as Record<string, string>)["x-acting-organisation"];
    const signed = { authorization: `Bearer ${await world.issuer.token("member")}` };
    const bad = [`Bearer ${CANARY}`, `Basic ${CANARY}`, `Bearer ${CANARY}.${CANARY}.${CANARY}`];
    const echo = `query Echo($v: String) { events { title @include(if: true) } } # ${CANARY}`;
    for (const headers of [own, { ...own, ...signed }, ...bad.map((authorization) => ({ ...own, authorization }))]) {
      await gateway.ask(echo, headers, { v: CANARY });
      await gateway.ask(`{ organisation(name: "${CANARY}") { name } }`, headers);
      await gateway.ask(`query ${CANARY} { ${CANARY} }`, headers);
      await gateway.ask(`{ "${CANARY}`, headers);
      await gateway.ask("query ($v: Int!) { events { title } }", headers, { v: CANARY });
      await gateway.get(`/graphql?query=${CANARY}&variables=${CANARY}`, {
        ...headers,
        "apollo-require-preflight": "1",
      });
      await gateway.get(`/${CANARY}`, headers);
    }
    expect(await leaks()).toEqual([]);
  });

  it("by a caller in headers goes to no subgraph", async () => {
    world.events.received.length = 0;
    const { "x-acting-organisation": _, ...headers } = planted;
    const { status } = await gateway.ask(ASK, headers);
    expect(status).toBe(200);
    expect(world.events.received).toHaveLength(1);
    const [{ headers: sent }] = world.events.received as [(typeof world.events.received)[0]];
    expect(JSON.stringify(sent)).not.toMatch(new RegExp(`${CANARY}|${HEX}`, "i"));
    expect(sent["baggage"]).toBeUndefined();
    expect(sent["tracestate"]).toBeUndefined();
    expect(sent["traceparent"]).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });
});

describe("a request's trace", () => {
  it("leads from the operation to each fetch, by the traceparent that the subgraph got; metrics name the same", async () => {
    const collector = await startCollector();
    const world = await startWorld();
    const tracing = await openTracing({ service: "gateway", endpoint: collector.endpoint, ratio: 1 });
    const app = await createApp(readEnvironment(world.variables()), createLogger("gateway", "silent"), tracing);
    const gateway = asking(await app.listen());
    await gateway.ask("query Both { organisation { name events { title } } }", { "apollographql-client-name": "site" });
    await gateway.ask("{ broken }");
    const metrics = (await gateway.get("/metrics")).text;
    // What is not sent yet is sent by the end.
    await app.close();
    await world.close();
    await collector.close();
    // Nothing traces by itself: Apollo's gateway would, into any provider that is registered globally.
    const names = collector.spans.map(({ name }) => name);
    expect(names.toSorted()).toEqual([
      "fetch events",
      "fetch events",
      "fetch organisations",
      "query Both",
      "query none",
    ]);
    const root = collector.spans.find(({ name }) => name === "query Both");
    expect(root).toMatchObject({ parentSpanId: undefined, failed: false });
    expect(root!.facts).toEqual({
      "clic.request.id": expect.stringMatching(/^[0-9a-f-]{36}$/),
      "graphql.operation.name": "Both",
      "graphql.operation.type": "query",
      "clic.client.name": "site",
      "clic.outcome": "answered",
      "http.response.status_code": 200,
    });
    const fetches = collector.spans.filter(({ parentSpanId }) => parentSpanId === root!.spanId);
    expect(fetches.map(({ name, traceId }) => [name, traceId])).toEqual([
      ["fetch organisations", root!.traceId],
      ["fetch events", root!.traceId],
    ]);
    expect(world.events.received[0]!.headers["traceparent"]).toBe(`00-${root!.traceId}-${fetches[1]!.spanId}-01`);
    expect(metrics).toContain('gateway_operation_seconds_count{operation="Both",client="site",outcome="answered"} 1');
    expect(metrics).toContain(
      'gateway_operation_seconds_count{operation="none",client="none",outcome="answered with errors"} 1',
    );
  });
});
