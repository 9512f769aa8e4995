import { readFile, writeFile } from "node:fs/promises";
import { type Socket, connect } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { readEnvironment } from "../src/environment.ts";
import { CHECK_MS } from "../src/http/timeouts.ts";
import { type TestGateway, type World, composeOf, startTestGateway, startWorld } from "./test-gateway.ts";

const EVENTS = "{ events { title } }";
const ASKED = { "apollo-require-preflight": "1" };

let world: World;
let gateway: TestGateway | undefined;
beforeAll(async () => void (world = await startWorld()));
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});
afterAll(() => world.close());

const start = async (changes?: Record<string, string>): Promise<TestGateway> =>
  (gateway = await startTestGateway(world, changes));
const as = async (subject: string): Promise<Record<string, string>> => ({
  authorization: `Bearer ${await world.issuer.token(subject)}`,
});
const codeOf = ({ body }: { body: any }): string => body.errors?.[0].extensions.code;

describe("how often somebody may ask", () => {
  it("is told in RateLimit headers, and once too often is 429 with the time to wait", async () => {
    const { ask } = await start({ RATE_LIMIT: "2" });
    const headers = await as("member");
    const first = await ask(EVENTS, headers);
    expect(first.headers.get("ratelimit-policy")).toBe('"identity";q=2;w=60');
    expect(first.headers.get("ratelimit")).toMatch(/^"identity";r=1;t=\d+$/);
    expect((await ask(EVENTS, headers)).status).toBe(200);
    const refused = await ask(EVENTS, headers);
    expect([refused.status, codeOf(refused)]).toEqual([429, "RATE_LIMITED"]);
    expect(refused.headers.get("ratelimit")).toMatch(/^"identity";r=0;t=\d+$/);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it("is counted by person, whatever the token, and by client", async () => {
    const { ask } = await start({ RATE_LIMIT: "1" });
    expect((await ask(EVENTS, await as("member"))).status).toBe(200);
    expect((await ask(EVENTS, await as("member"))).status).toBe(429);
    expect((await ask(EVENTS, await as("clic-machine"))).status).toBe(200);
    expect((await ask(EVENTS)).status).toBe(200);
  });

  it("is counted by address for who isn't known, those with bad tokens among them, and what is refused counts", async () => {
    const { ask } = await start({ RATE_LIMIT_ANONYMOUS: "3" });
    expect((await ask("{ nothing }")).status).toBe(400);
    expect((await ask(EVENTS, { authorization: "Bearer a.b.c" })).status).toBe(401);
    expect((await ask(EVENTS)).status).toBe(200);
    expect((await ask(EVENTS, { authorization: "Bearer a.b.c" })).status).toBe(429);
    expect((await ask(EVENTS, await as("member"))).status).toBe(200);
  });

  it("is counted before the body is read, so that what is no JSON or too large counts, too", async () => {
    const { origin, get } = await start({ RATE_LIMIT_ANONYMOUS: "3", MAX_BODY_BYTES: "100" });
    const send = (body: string): Promise<Response> =>
      fetch(`${origin}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body });
    const answers = [await send("{"), await send("x".repeat(200)), await send(""), await send("{")];
    expect(answers.map(({ status }) => status)).toEqual([400, 413, 400, 429]);
    expect(answers[0]!.headers.get("ratelimit")).toMatch(/^"address";r=2;/);
    expect(await answers[3]!.json()).toMatchObject({ errors: [{ extensions: { code: "RATE_LIMITED" } }] });
    const metrics = (await get("/metrics")).text;
    for (const code of ["RATE_LIMITED", "BODY_TOO_LARGE"])
      expect(metrics).toContain(`gateway_errors_total{code="${code}"} 1`);
  });

  it("believes X-Forwarded-For from trusted proxies only", async () => {
    const from = (address: string): Record<string, string> => ({ "x-forwarded-for": address });
    const direct = await start({ RATE_LIMIT_ANONYMOUS: "1" });
    expect((await direct.ask(EVENTS, from("192.0.2.1"))).status).toBe(200);
    expect((await direct.ask(EVENTS, from("192.0.2.2"))).status).toBe(429);
    await direct.close();
    const behind = await start({ RATE_LIMIT_ANONYMOUS: "1", TRUSTED_PROXIES: "127.0.0.0/8, ::1" });
    expect((await behind.ask(EVENTS, from("192.0.2.1"))).status).toBe(200);
    expect((await behind.ask(EVENTS, from("192.0.2.2"))).status).toBe(200);
    expect((await behind.ask(EVENTS, from("192.0.2.9, 192.0.2.1"))).status).toBe(429);
  });
});

describe("pages of other origins", () => {
  const preflight = (origin: string): Promise<Response> =>
    fetch(`${gateway!.origin}/graphql`, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
      },
    });
  const allowed = ({ headers }: { headers: Headers }): string | null => headers.get("access-control-allow-origin");

  it("may ask when their origin is on the list, read what they need, and send no cookie", async () => {
    await start({ CORS_ORIGINS: "https://site.example, http://localhost:5173" });
    const answer = await preflight("https://site.example");
    expect([answer.status, allowed(answer)]).toEqual([204, "https://site.example"]);
    expect(answer.headers.get("access-control-allow-headers")).toContain("authorization");
    expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
    const asked = await gateway!.ask(EVENTS, { origin: "https://site.example" });
    expect([asked.status, allowed(asked)]).toEqual([200, "https://site.example"]);
    expect(asked.headers.get("vary")?.toLowerCase()).toContain("origin");
    expect(asked.headers.get("access-control-expose-headers")).toContain("ratelimit");
  });

  it("may not when it isn't, and nobody may without a list", async () => {
    await start({ CORS_ORIGINS: "https://site.example" });
    for (const origin of ["https://evil.example", "https://site.example.evil.example", "http://site.example", "null"]) {
      expect(allowed(await preflight(origin))).toBeNull();
      expect(allowed(await gateway!.ask(EVENTS, { origin }))).toBeNull();
    }
    await gateway!.close();
    await start();
    expect(allowed(await preflight("https://site.example"))).toBeNull();
  });

  it("can't have it asked by a form, an image or a link", async () => {
    const { origin } = await start();
    const asks = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${origin}/graphql?query=${encodeURIComponent(EVENTS)}`, { headers });
    expect((await asks({})).status).toBe(400);
    expect((await asks(ASKED)).status).toBe(200);
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
      const body = JSON.stringify({ query: EVENTS });
      const posted = await fetch(`${origin}/graphql`, { method: "POST", headers: { "content-type": type }, body });
      expect(posted.status).toBe(415);
    }
  });
});

describe("a slow client", () => {
  const HEAD = "POST /graphql HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/json\r\n";
  const quick = { HEADERS_TIMEOUT_MS: "300", REQUEST_TIMEOUT_MS: "600", IDLE_TIMEOUT_MS: "300" };

  /** Resolves with everything that was received when the gateway closes the connection. */
  function closed({ origin }: TestGateway, use: (socket: Socket) => void): Promise<string> {
    return new Promise((resolve, reject) => {
      let received = "";
      const socket = connect(Number(new URL(origin).port), "127.0.0.1", () => use(socket));
      socket.on("data", (chunk: Buffer) => (received += chunk.toString()));
      socket.on("error", reject).on("close", () => resolve(received));
    });
  }
  function drip(socket: Socket, text: string): void {
    const timer = setInterval(() => socket.write(text), 50);
    socket.on("close", () => clearInterval(timer));
  }

  it.each([
    ["says nothing", (): void => {}],
    ["sends a header now and then", (socket: Socket): void => (socket.write(HEAD), drip(socket, "x-a: b\r\n"))],
    [
      "sends its body letter by letter",
      (socket: Socket): void => (socket.write(`${HEAD}content-length: 100000\r\n\r\n`), drip(socket, " ")),
    ],
    [
      "sends its body in endless small chunks",
      (socket: Socket): void => (socket.write(`${HEAD}transfer-encoding: chunked\r\n\r\n`), drip(socket, "1\r\n \r\n")),
    ],
  ])("that %s loses its connection", async (_what, use) => {
    expect(await closed(await start(quick), use)).toMatch(/^(HTTP\/1.1 408 |$)/);
  });

  it("that has its answer and keeps the connection without using it loses it", async () => {
    const body = JSON.stringify({ query: EVENTS });
    const asking = `${HEAD}content-length: ${body.length}\r\n\r\n${body}`;
    expect(await closed(await start(quick), (socket) => socket.write(asking))).toContain("Launch");
  });

  it("has ten seconds at most, unless the environment says otherwise", () => {
    const { http, requestTimeout, keepAliveTimeout } = readEnvironment({}).timeouts;
    for (const timeout of [http.headersTimeout, requestTimeout, keepAliveTimeout])
      expect(timeout + CHECK_MS).toBeLessThan(10_000);
  });
});

describe("what a stranger asks that can't be answered", () => {
  it("is refused when it is a subscription, also where the graph has some", async () => {
    const before = await readFile(world.supergraphFile, "utf8");
    const sdl = `${world.events.sdl} type Subscription { tick: Int }`;
    await writeFile(world.supergraphFile, composeOf([world.organisations, { ...world.events, sdl }]));
    const { ask, get } = await start();
    const posted = await ask("subscription { tick }");
    expect([posted.status, codeOf(posted)]).toEqual([400, "SUBSCRIPTION_REFUSED"]);
    expect((await get("/graphql?query=subscription{tick}", ASKED)).status).toBe(405);
    await gateway!.close();
    await writeFile(world.supergraphFile, before);
    const none = await (await start()).ask("subscription { tick }");
    expect([none.status, codeOf(none)]).toEqual([400, "GRAPHQL_VALIDATION_FAILED"]);
  });

  it("is told without suggestions, in documents and in variables, unless the schema is open", async () => {
    const mistaken = async (): Promise<string> => {
      const answers = await Promise.all([
        gateway!.ask("{ event }"),
        gateway!.ask("{ events(filter: 1) { titel } }"),
        gateway!.ask("query($s: Strin) { events { title @include(if: $s) } }"),
        gateway!.ask("query($f: EventFilter) { found(filter: $f) }", {}, { f: { titel: "x", kind: "WORKSHO" } }),
        gateway!.ask("query($f: EventFilter) { found(filter: $f) }", {}, { f: { kind: "WORKSHO" } }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400]);
      return answers.map(({ text }) => text).join("\n");
    };
    const sdl = `${world.events.sdl} input EventFilter { title: String kind: Kind } enum Kind { WORKSHOP }
      extend type Query { found(filter: EventFilter): Int }`;
    const before = await readFile(world.supergraphFile, "utf8");
    await writeFile(world.supergraphFile, composeOf([world.organisations, { ...world.events, sdl }]));
    await start();
    expect(await mistaken()).not.toContain("Did you mean");
    await gateway!.close();
    await start({ INTROSPECTION: "open" });
    expect((await mistaken()).match(/Did you mean/g)?.length).toBeGreaterThanOrEqual(4);
    await writeFile(world.supergraphFile, before);
  });

  it("is told with no more than a little of what it sent", async () => {
    const { ask } = await start();
    const query = "query($a: Boolean!) { events { title @include(if: $a) } }";
    const { status, text } = await ask(query, {}, { a: "x".repeat(500_000) });
    expect([status, text.length < 2_000]).toEqual([400, true]);
  });

  it("is told without a stack, whatever NODE_ENV", async () => {
    const { ask } = await start({ NODE_ENV: "development" });
    for (const query of ["{", "{ nothing }", "{ broken }", "query($a: Int!) { events { id @include(if: $a) } }"])
      expect((await ask(query)).text).not.toMatch(/stack|\.ts:|\.js:|node_modules/);
  });

  it("is told few of its mistakes in variables, when there are thousands", async () => {
    const before = await readFile(world.supergraphFile, "utf8");
    const sdl = `${world.events.sdl} extend type Query { found(numbers: [Int!]): Int }`;
    await writeFile(world.supergraphFile, composeOf([world.organisations, { ...world.events, sdl }]));
    const { ask } = await start();
    const numbers = Array.from({ length: 9_000 }, () => "no number");
    const { status, body } = await ask("query($n: [Int!]) { found(numbers: $n) }", {}, { n: numbers });
    expect([status, body.errors[0].extensions.code]).toEqual([400, "BAD_USER_INPUT"]);
    expect(body.errors.length).toBeLessThan(10);
    await writeFile(world.supergraphFile, before);
  });
});

describe("what is costly to plan", () => {
  it("is refused once its budget is over; the gateway answers others meanwhile, and remembers", async () => {
    await writeFile(
      join(world.supergraphFile, "..", "doubling.graphql"),
      composeOf([
        { name: "organisations", sdl: DOUBLING.organisations },
        { name: "events", sdl: DOUBLING.events },
      ]),
    );
    const { ask, logged } = await start({
      SUPERGRAPH: join(world.supergraphFile, "..", "doubling.graphql"),
      PLAN_BUDGET_MS: "200",
      PLAN_THREADS: "2",
      MAX_SELECTIONS: "10000000",
      MAX_ALIASES: "10000000",
      MAX_OVERLAPS: "1000000000",
    });
    const costly = ask(doubled(6));
    expect((await ask("{ __typename }")).status).toBe(200);
    for (const answer of [await costly, await ask(doubled(6))])
      expect([answer.status, codeOf(answer)]).toEqual([400, "OPERATION_TOO_COSTLY"]);
    expect(logged.filter((line) => line.includes("more than 200 ms"))).toHaveLength(2);
  });
});

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])\n`;
const DOUBLING = {
  organisations: `${LINK} type Query { person: Person } type Person @key(fields: "id") { id: ID! name: String friend: Person }`,
  events: `${LINK} type Person @key(fields: "id") { id: ID! home: Place } type Place { id: ID! owner: Person }`,
};

/** Four times as many ways through the subgraphs with every fragment. */
function doubled(fragments: number): string {
  const each = Array.from({ length: fragments }, (_, n) => {
    const next = `...F${n + 1}`;
    return `fragment F${n} on Person { a: home { owner { ${next} } } b: home { owner { ${next} } } c: friend { ${next} } d: friend { ${next} } }`;
  });
  return `{ person { ...F0 } } ${each.join(" ")} fragment F${fragments} on Person { name }`;
}
