import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { changed, harmless, refused, say, unavailable } from "../../packages/subgraph-fetch/test/faults.ts";
import { type FaultProxy, type Play, startFaultProxy } from "../../packages/subgraph-fetch/test/fault-proxy.ts";
import { EnvironmentRefused, readEnvironment } from "../src/environment.ts";
import { type TestGateway, type World, eventually, startTestGateway, startWorld } from "./test-gateway.ts";

/** Organisations first, then Events twice: its root field, and what it adds to Organisation. */
const BOTH = "{ organisation { id name events { id title } } events { id title } }";
const HEALTHY = {
  organisation: { id: expect.stringMatching(/^org_/), name: "CLIC", events: [{ id: "evt_1", title: "Launch" }] },
  events: [{ id: "evt_1", title: "Launch" }],
};
const ID = /^[0-9a-f-]{36}$/;
const SECRETS =
  /127\.0\.0\.1|localhost|10\.0\.0\.1|ECONN|UND_ERR|HTTPParser|https?:|secret|s3cret|overwritten|polluted|\/srv/;

let world: World;
let proxy: FaultProxy;
let gateway: TestGateway;
/** Waits for no more than 300 ms. */
let hasty: TestGateway;
beforeAll(async () => {
  world = await startWorld();
  const { organisations, events } = world;
  proxy = await startFaultProxy(new URL(events.url).origin);
  const subgraphs = (deadlineMs: number): string =>
    JSON.stringify({
      organisations: { url: organisations.url, key: organisations.key },
      events: {
        url: `${proxy.origin}/graphql`,
        key: events.key,
        budget: { deadlineMs, maxBytes: 1_000_000, breakAfter: 1_000, retries: 1 },
      },
    });
  gateway = await startTestGateway(world, { SUBGRAPHS: subgraphs(10_000) });
  hasty = await startTestGateway(world, { SUBGRAPHS: subgraphs(300) });
});
afterAll(async () => {
  await Promise.all([gateway.close(), hasty.close()]);
  await proxy.close();
  await world.close();
});
afterEach(() => void (proxy.play = undefined));

/** Spoils what Events adds to Organisation, and leaves its root field alone; or the other way round. */
const onlyEntities =
  (play: Play): Play =>
  (exchange) =>
    exchange.body.includes("_entities") ? play(exchange) : changed((body) => body)(exchange);
const onlyRoot =
  (play: Play): Play =>
  (exchange) =>
    exchange.body.includes("_entities") ? changed((body) => body)(exchange) : play(exchange);

/** Changes what the subgraph says as a value. */
const edited = (edit: (answer: any) => void): Play =>
  changed((body) => {
    const answer: unknown = JSON.parse(body);
    edit(answer);
    return JSON.stringify(answer);
  });

async function failing(asked: TestGateway, code: string): Promise<void> {
  const { status, body, text } = await asked.ask(BOTH);
  expect(status).toBe(200);
  expect(body.data).toEqual({ organisation: { ...HEALTHY.organisation, events: null }, events: null });
  expect(body.errors).toEqual([
    { message: expect.any(String), extensions: { code, service: "events", id: expect.stringMatching(ID) } },
  ]);
  expect(text).not.toMatch(SECRETS);
  expect(asked.logged.join("")).toContain(body.errors[0].extensions.id);
}

describe("a stranger that", () => {
  it.each(Object.entries(unavailable))(
    "%s loses its own fields within its deadline, and nobody else's",
    async (_name, play) => {
      proxy.play = play;
      await failing(hasty, "SUBGRAPH_UNAVAILABLE");
    },
  );

  it.each(Object.entries(refused))("%s loses its own fields, and nobody else's", async (_name, play) => {
    proxy.play = play;
    await failing(gateway, "SUBGRAPH_ANSWER_REFUSED");
  });

  it.each(Object.entries(harmless))("%s loses nothing, and changes nothing of others", async (_name, play) => {
    proxy.play = play;
    const { body, text } = await gateway.ask(BOTH);
    expect(body).toEqual({ data: HEALTHY });
    expect(text).not.toMatch(SECRETS);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("fails once in a request loses that field alone, where it was there and said something that is no answer", async () => {
    proxy.play = onlyRoot(say('{"data":{"events":'));
    const { body } = await gateway.ask(BOTH);
    expect(body.data).toEqual({ ...HEALTHY, events: null });
    expect(body.errors).toHaveLength(1);
  });
});

const EVENTS = ["organisation", "events"];

describe("a stranger's wrong value costs that field alone:", () => {
  it.each<[string, (answer: any) => void, readonly unknown[], unknown, number]>([
    ["too few entities", ({ data }) => data._entities.pop(), [undefined], null, 1],
    ["too many entities", ({ data }) => data._entities.push(data._entities[0]), [undefined], null, 1],
    ["entities that are an object", ({ data }) => (data._entities = { ...data._entities }), [undefined], null, 1],
    ["no entities", (answer) => (answer.data = {}), [undefined], null, 1],
    ["an entity that is a text", ({ data }) => (data._entities[0] = "http://10.0.0.1"), [["organisation"]], null, 1],
    ["an object for a list", ({ data }) => (data._entities[0].events = { title: "secret" }), [EVENTS], null, 1],
    ["a list of lists", ({ data }) => (data._entities[0].events = [[]]), [[...EVENTS, 0]], null, 1],
    ["a text for an object", ({ data }) => (data._entities[0].events = ["secret"]), [[...EVENTS, 0]], null, 1],
    [
      "an object for a text",
      ({ data }) => (data._entities[0].events[0].title = { secret: 1 }),
      [[...EVENTS, 0, "title"]],
      null,
      1,
    ],
    ["a missing field", ({ data }) => delete data._entities[0].events[0].title, [[...EVENTS, 0, "title"]], null, 1],
    ["a null that may not be", ({ data }) => (data._entities[0].events[0].id = null), [[...EVENTS, 0, "id"]], null, 1],
  ])("%s", async (_what, edit, paths, left, errors) => {
    proxy.play = onlyEntities(edited(edit));
    const { body, text } = await gateway.ask(BOTH);
    expect(body.data).toEqual({ ...HEALTHY, organisation: { ...HEALTHY.organisation, events: left } });
    expect(body.errors).toHaveLength(errors);
    expect(body.errors.map(({ path }: { path: unknown }) => path)).toEqual(paths);
    expect(body.errors[0].extensions).toEqual({
      code: "SUBGRAPH_ANSWER_REFUSED",
      service: "events",
      id: expect.stringMatching(ID),
    });
    expect(text).not.toMatch(SECRETS);
    const line = gateway.logged.find((entry) => entry.includes(body.errors[0].extensions.id))!;
    expect(line).toContain('"found"');
    expect(line).not.toMatch(/secret|10\.0\.0\.1/);
  });
});

describe("a stranger", () => {
  it.each([
    ["the id of what it was asked about", { id: "org_stolen" }],
    ["the name that another owns", { name: "overwritten" }],
    ["its type", { __typename: "Event" }],
    ["all of it", { id: "org_stolen", name: "overwritten", __typename: "Event", __proto__: null }],
  ])("cannot change %s by saying it unasked", async (_what, extra) => {
    proxy.play = onlyEntities(edited(({ data }) => Object.assign(data._entities[0], extra)));
    expect((await gateway.ask(BOTH)).body).toEqual({ data: HEALTHY });
  });
});

describe("a stranger's error", () => {
  const URL_MESSAGE = "GET http://10.0.0.1/admin failed";

  it.each([
    ["an address", { message: URL_MESSAGE, extensions: { code: "FORBIDDEN" } }, "FORBIDDEN"],
    ["a stack", { message: "x\n    at /srv/secret.js:1", extensions: { code: "NOT_FOUND" } }, "NOT_FOUND"],
    ["a page of text", { message: "secret".repeat(200), extensions: { code: "BAD_USER_INPUT" } }, "BAD_USER_INPUT"],
    ["no code", { message: URL_MESSAGE, stack: "at /srv", body: "secret" }, "INTERNAL"],
    [
      "a code of its own",
      { message: URL_MESSAGE, extensions: { code: "SECRET_CODE", response: "secret" } },
      "INTERNAL",
    ],
    ["one of the gateway's codes", { message: URL_MESSAGE, extensions: { code: "IDENTITY_UNAVAILABLE" } }, "INTERNAL"],
  ])("that says %s is told as its code, path and an id", async (_what, error, code) => {
    proxy.play = onlyRoot(say(JSON.stringify({ data: { events: null }, errors: [{ path: ["events"], ...error }] })));
    const { body, text } = await gateway.ask(BOTH);
    expect(body.data).toEqual({ ...HEALTHY, events: null });
    expect(body.errors).toEqual([
      {
        message: expect.any(String),
        path: ["events"],
        extensions: { code, service: "events", id: expect.stringMatching(ID) },
      },
    ]);
    expect(text).not.toMatch(SECRETS);
    const line = gateway.logged.find((entry) => entry.includes(body.errors[0].extensions.id));
    expect(line).toContain('"path":["events"]');
    expect(line).not.toMatch(SECRETS);
  });

  it("that points at another's field points nowhere", async () => {
    const errors = [["organisation", "name"], ["_entities", 0, "name"], ["_entities", 7, "events"], [{ a: 1 }]].map(
      (path) => ({ message: "x", path }),
    );
    proxy.play = onlyEntities(say(JSON.stringify({ data: { _entities: [null] }, errors })));
    const { body } = await gateway.ask(BOTH);
    expect(body.errors.map(({ path }: { path: unknown }) => path)).toEqual([
      undefined,
      ["organisation"],
      undefined,
      undefined,
    ]);
  });

  it("that comes a thousand times is told a hundred times, in one line of the log", async () => {
    const errors = Array.from({ length: 1_000 }, () => ({ message: "x" }));
    proxy.play = onlyRoot(say(JSON.stringify({ data: { events: null }, errors })));
    const before = gateway.logged.length;
    expect((await gateway.ask(BOTH)).body.errors).toHaveLength(100);
    expect(gateway.logged.slice(before).filter((line) => line.includes("masked"))).toHaveLength(1);
  });
});

describe("a change", () => {
  it("is sent once, whatever happens to it, and the caller is told that nobody knows", async () => {
    proxy.play = unavailable["resets the connection"];
    const before = proxy.received.length;
    const { body } = await gateway.ask("mutation { bookPlace }");
    expect(proxy.received.length - before).toBe(1);
    expect(body.errors[0].message).toContain("Whether it made the change is not known.");
  });
});

describe("a read that met a failing connection", () => {
  it("is sent again under a token of its own, which the service takes, and counted", async () => {
    let failed = 0;
    proxy.play = async (exchange) =>
      failed++ === 0 ? void exchange.socket.resetAndDestroy() : changed((body) => body)(exchange);
    const before = proxy.received.length;
    expect((await gateway.ask("{ events { title } }")).body).toEqual({ data: { events: [{ title: "Launch" }] } });
    const tokens = proxy.received.slice(before).map(({ headers }) => headers.authorization);
    expect(new Set(tokens).size).toBe(2);
    expect((await gateway.get("/metrics")).text).toMatch(/gateway_fetch_retries_total\{subgraph="events"\} \d/);
  });
});

describe("a caller's headers", () => {
  it("reach no subgraph", async () => {
    const before = proxy.received.length;
    await gateway.ask("{ events { title } }", {
      cookie: "session=callers",
      "x-forwarded-for": "10.1.1.1",
      "x-api-key": "callers",
      traceparent: `00-${"a".repeat(32)}-${"b".repeat(16)}-01`,
    });
    const { headers } = proxy.received[before]!;
    expect(JSON.stringify(headers)).not.toMatch(/callers|10\.1\.1\.1|aaaa/);
    expect(Object.keys(headers).toSorted()).toEqual(
      ["accept", "authorization", "connection", "content-length", "content-type", "host", "x-request-id"].toSorted(),
    );
  });
});

describe("a stranger that stays away", () => {
  it("is not asked for a while, which costs the others nothing and shows in the metrics, and then is asked again", async () => {
    const { organisations, events } = world;
    const budget = { breakAfter: 4, reopenMs: 300, retries: 0 };
    const SUBGRAPHS = JSON.stringify({
      organisations: { url: organisations.url, key: organisations.key },
      events: { url: `${proxy.origin}/graphql`, key: events.key, budget },
    });
    const breaking = await startTestGateway(world, { SUBGRAPHS });
    const circuit = async (): Promise<string | undefined> =>
      /gateway_subgraph_circuit\{subgraph="events"\} (\d)/.exec((await breaking.get("/metrics")).text)?.[1];
    proxy.play = say("", 502);
    while ((await circuit()) === "0") await breaking.ask("{ events { title } }");
    expect(await circuit()).toBe("2");
    expect((await breaking.ask("{ organisation { name } }")).body).toEqual({
      data: { organisation: { name: "CLIC" } },
    });
    proxy.play = undefined;
    await eventually(async () => (await breaking.ask("{ events { title } }")).body.errors === undefined);
    expect(await circuit()).toBe("0");
    await breaking.close();
  });
});

describe("a subgraph's budget", () => {
  it.each([{ deadlineMs: 0 }, { deadlineMs: "1s" }, { patience: 5 }])("is refused as %j", (budget) => {
    const SUBGRAPHS = JSON.stringify({ events: { url: "http://127.0.0.1:1/", budget } });
    expect(() => readEnvironment({ SUBGRAPHS })).toThrow(EnvironmentRefused);
  });
});
