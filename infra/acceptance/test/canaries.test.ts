import { readFileSync } from "node:fs";
import { seedId } from "@clic/seed-data";
import { type Collector, type ReceivedSpan, startCollector } from "@clic/telemetry/collector";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { type RunningGraph, startGraph } from "../src/running-graph.ts";

/** In whatever is planted; looked for in whatever comes out. */
const CANARY = "c4n4ry";
const event = seedId("Event", "demo-event-1");

let collector: Collector;
let graph: RunningGraph;
let database: pg.Pool;
beforeAll(async () => {
  collector = await startCollector();
  graph = await startGraph({ ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint });
  database = new pg.Pool({ connectionString: graph.adminUrl(), max: 1 });
}, 120_000);
afterAll(async () => {
  await database?.end();
  await graph?.stop();
  await collector?.close();
}, 60_000);

const processes = ["organisations", "education-learning", "production-system", "leadership", "events"];

/** All that the processes of the graph let be seen. */
async function everything(): Promise<Record<string, string>> {
  const logs = ["gateway", ...processes].map((name) => [`log of ${name}`, readFileSync(graph.log(name), "utf8")]);
  const metrics = ["gateway", ...processes].map(async (name) => {
    const reply = await fetch(`http://127.0.0.1:${graph.port(name)}/metrics`);
    return [`metrics of ${name}`, await reply.text()];
  });
  return { ...Object.fromEntries([...logs, ...(await Promise.all(metrics))]), spans: collector.text() };
}

async function leaks(): Promise<string[]> {
  const other = await graph.ask("query Other { events(first: 1) { totalCount } }", { as: "office" });
  await collector.until((spans) => spans.some(({ name }) => name === "query Other"));
  return Object.entries({ ...(await everything()), other: JSON.stringify(other) }).flatMap(([where, text]) => {
    const at = text.indexOf(CANARY);
    return at < 0 ? [] : [`${where}: ${text.slice(Math.max(0, at - 200), at + 50)}`];
  });
}

function below(spans: readonly ReceivedSpan[], parent: ReceivedSpan | undefined): ReceivedSpan[] {
  return spans.filter(({ traceId, parentSpanId }) => traceId === parent?.traceId && parentSpanId === parent.spanId);
}

describe("a trace", () => {
  it("leads from the operation through fetch and service to the statements, reads and use cases alike", async () => {
    const read = await graph.ask("query TracedRead($id: ID!) { event(id: $id) { title venue { name } } }", {
      variables: { id: event },
    });
    expect(read.data.event.title).not.toBe("");
    const change = `mutation TracedChange($id: ID!) { bookPlace(input: { eventId: $id }) { __typename } }`;
    expect((await graph.ask(change, { variables: { id: event }, as: "member" })).errors).toBeUndefined();
    const whole = (spans: readonly ReceivedSpan[], name: string, work: string): ReceivedSpan[] | undefined => {
      const root = spans.find((span) => span.name === name);
      const [fetch] = below(spans, root);
      const [service] = below(spans, fetch);
      const statements = below(spans, service).find((span) => span.name === work);
      return root && fetch && service && statements && [root, fetch, service, statements];
    };
    for (const [name, work, facts] of [
      ["query TracedRead", "read transaction", { "db.system.name": "postgresql", "clic.db.statements": 1 }],
      ["mutation TracedChange", "use case transaction", { "db.system.name": "postgresql" }],
    ] as const) {
      const spans = await collector.until((all) => whole(all, name, work) !== undefined);
      const chain = whole(spans, name, work)!;
      expect(chain.map((span) => [span.service, span.name])).toEqual([
        ["gateway", name],
        ["gateway", "fetch events"],
        ["events", "graphql"],
        ["events", work],
      ]);
      expect(chain.at(-1)!.facts).toEqual(facts);
      expect(chain[0]!.parentSpanId).toBeUndefined();
    }
  });
});

describe("a secret that is planted", () => {
  it("in a row whose reading fails is told to nobody, nor by the trace, which has PostgreSQL's code", async () => {
    await database.query(`
      create function events.canary(text) returns boolean language plpgsql as $$
        begin raise exception 'row ${CANARY} %', $1 using detail = '${CANARY}', hint = '${CANARY}', errcode = 'P0009'; end $$;
      create policy canary on events.venue as restrictive for select using (events.canary(name))`);
    const answer = await graph.ask("query Broken { venues(first: 1) { nodes { name } } }");
    await database.query("drop policy canary on events.venue; drop function events.canary");
    expect(answer.errors).toMatchObject([{ extensions: { code: "INTERNAL", service: "events" } }]);
    expect(JSON.stringify(answer)).not.toContain(CANARY);
    const spans = await collector.until((all) => all.some(({ facts }) => facts["error.type"] === "P0009"));
    expect(spans.find(({ facts }) => facts["error.type"] === "P0009")).toMatchObject({
      service: "events",
      failed: true,
    });
    expect(readFileSync(graph.log("events"), "utf8")).toContain("P0009");
    expect(await leaks()).toEqual([]);
  });

  it("by a caller in variables, literals, headers, cookies, tokens, traces and baggage is in no log, metric, span or other's answer", async () => {
    const headers = {
      cookie: `session=${CANARY}`,
      traceparent: "00-c4a4ac4a4ac4a4ac4a4ac4a4ac4a4a11-c4a4ac4a4ac4a4a1-01",
      tracestate: `vendor=${CANARY}`,
      baggage: `user=${CANARY}`,
      "apollographql-client-name": `${CANARY}!`,
      "x-forwarded-for": CANARY,
    };
    const list = "query L($where: EventWhere) { events(first: 1, where: $where) { totalCount } }";
    for (const as of [null, "member"]) {
      await graph.ask(list, { variables: { where: { title: { contains: CANARY } } }, headers, as });
      await graph.ask(list, { variables: { where: { startsAt: { gt: CANARY } } }, headers, as });
      await graph.ask(list, { variables: { where: { title: { eq: `${CANARY}\0` } } }, headers, as });
      await graph.ask(`{ event(id: "${CANARY}") { title } }`, { headers, as });
      await graph.ask(`{ events(first: 1, after: "${CANARY}") { totalCount } }`, { headers, as });
      await graph.ask(
        `mutation { bookPlace(input: { eventId: "${CANARY}", idempotencyKey: "${CANARY}" }) { __typename } }`,
        {
          headers,
          as,
        },
      );
    }
    await graph.ask("{ events(first: 1) { totalCount } }", {
      headers: { ...headers, authorization: `Bearer ${CANARY}` },
    });
    expect(await leaks()).toEqual([]);
    expect(collector.spans.map(({ traceId }) => traceId)).not.toContain("c4a4ac4a4ac4a4ac4a4ac4a4ac4a4a11");
    expect(collector.text()).not.toContain((await graph.token("member")).split(".")[2]);
  });
});
