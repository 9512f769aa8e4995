import { createLogger, openTracing, withoutWords } from "@clic/telemetry";
import { type Collector, startCollector } from "@clic/telemetry/collector";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

const SECRET = "canary-secret";

describe("a trace", () => {
  let collector: Collector;
  beforeAll(async () => void (collector = await startCollector()));
  afterAll(() => collector.close());

  it("goes on in the process that is asked, and is sent by the end of both", async () => {
    const options = { endpoint: `${collector.endpoint}/`, ratio: 1 };
    const asks = await openTracing({ ...options, service: "gateway" });
    const answers = await openTracing({ ...options, service: "events" });
    const request = asks!.begin("graphql", "server", { requestId: "r1" });
    const fetch = request.begin("fetch events", "client", { subgraph: "events" });
    const served = answers!.begin("graphql", "server", {}, fetch.traceparent);
    served.end("INTERNAL");
    fetch.end();
    request.rename("query Home");
    request.end();
    await Promise.all([asks!.close(), answers!.close()]);
    const [root, middle, leaf] = ["query Home", "fetch events", "graphql"].map((name) =>
      collector.spans.find((span) => span.name === name),
    );
    expect(new Set([root, middle, leaf].map((span) => span!.traceId)).size).toBe(1);
    expect(root).toMatchObject({ service: "gateway", facts: { "clic.request.id": "r1" }, failed: false });
    expect(root!.parentSpanId).toBeUndefined();
    expect(middle).toMatchObject({ parentSpanId: root!.spanId, facts: { "clic.subgraph": "events" } });
    expect(leaf).toMatchObject({ service: "events", parentSpanId: middle!.spanId, failed: true });
    expect(leaf!.facts).toEqual({ "error.type": "INTERNAL" });
  });

  it("says nothing that Facts has no place for, and no long text", async () => {
    const tracing = await openTracing({ service: "long", endpoint: collector.endpoint, ratio: 1 });
    const facts = { variables: SECRET, [SECRET]: "x", client: "x".repeat(1_000) };
    tracing!.begin("long", "server", facts).end();
    await tracing!.close();
    const span = collector.spans.find(({ service }) => service === "long");
    expect(span!.facts).toEqual({ "clic.client.name": "x".repeat(100) });
    expect(collector.text()).not.toContain(SECRET);
  });

  it("begins anew for a traceparent that is none, or of nobody", async () => {
    const tracing = await openTracing({ service: "anew", endpoint: collector.endpoint, ratio: 1 });
    const texts = [
      "",
      SECRET,
      `00-${"0".repeat(32)}-${"1".repeat(16)}-01`,
      `00-${"a".repeat(32)}-${"1".repeat(16)}-01x`,
    ];
    for (const text of texts) tracing!.begin("anew", "server", {}, text).end();
    await tracing!.close();
    const spans = collector.spans.filter(({ service }) => service === "anew");
    expect(spans.map(({ parentSpanId }) => parentSpanId)).toEqual(texts.map(() => undefined));
  });

  it("is not kept where none is, nor in the process that is asked; it still has an id", async () => {
    const tracing = await openTracing({ service: "none", endpoint: collector.endpoint, ratio: 0 });
    const span = tracing!.begin("none", "server");
    expect(span.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    span.end();
    tracing!.begin("none", "server", {}, span.traceparent).end();
    await tracing!.close();
    expect(collector.spans.filter(({ service }) => service === "none")).toEqual([]);
  });

  it("is none without a collector, and ends in time with one that is away", async () => {
    expect(await openTracing({ service: "off", endpoint: undefined, ratio: 1 })).toBeUndefined();
    const tracing = await openTracing({ service: "away", endpoint: "http://127.0.0.1:9", ratio: 1 });
    tracing!.begin("away", "server").end();
    await tracing!.close();
  });
});

describe("an error in a log", () => {
  it("has its kind, its code and where it came up, not what it says", () => {
    const cause = Object.assign(new TypeError(SECRET), { code: "ECONNREFUSED" });
    const error = new Error(`${SECRET}\n    at ${SECRET} (file.ts:1:1)`, { cause });
    Object.assign(error, {
      code: "22P02",
      constraint: "event_title_key",
      detail: SECRET,
      where: SECRET,
      table: SECRET,
    });
    const logged = withoutWords(error);
    expect(logged).toMatchObject({
      type: "Error",
      code: "22P02",
      constraint: "event_title_key",
      cause: { type: "TypeError", code: "ECONNREFUSED" },
    });
    expect(JSON.stringify(logged)).toContain("tracing.test.ts");
    expect(JSON.stringify(logged)).not.toContain(SECRET);
    expect(JSON.stringify(withoutWords(Object.assign(new Error("x"), { code: `${SECRET} ${SECRET}` })))).not.toContain(
      SECRET,
    );
    expect(withoutWords(SECRET)).toEqual({ type: "string" });
  });

  it("has lost its words whoever logs it, and secrets go by their names", () => {
    let lines = "";
    const log = createLogger("test", "info", { write: (line) => void (lines += line) });
    log.error({ err: new Error(SECRET), about: { authorization: SECRET, deeper: { token: SECRET } } }, "failed");
    log.error(new Error(SECRET));
    log.info({ variables: { id: SECRET }, headers: { cookie: SECRET } });
    expect(lines).toContain("[redacted]");
    expect(lines).not.toContain(SECRET);
  });
});
