import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { type TestGateway, type World, startTestGateway, startWorld } from "./test-gateway.ts";

const JSON_TYPE = { "content-type": "application/json" };
const A_LOT = "1000000";
const names = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

interface Case {
  readonly code: string;
  readonly status?: number;
  /** The variable that says how much, set so that all of this passes. */
  readonly off: Record<string, string>;
  readonly body: string | Buffer;
  readonly headers?: Record<string, string>;
}

const asking = (query: string, variables: object = {}): string => JSON.stringify({ query, variables });
const large = asking("{ events { title } }", { x: "x".repeat(2 * 1024 * 1024) });
const doubled = names(12).map((n) => `fragment F${n} on Event { ...F${n + 1} ...F${n + 1} }`);

const cases: readonly Case[] = [
  { code: "BODY_TOO_LARGE", status: 413, off: { MAX_BODY_BYTES: "9000000" }, body: large },
  {
    code: "BODY_TOO_LARGE",
    status: 413,
    off: { MAX_BODY_BYTES: "9000000" },
    body: gzipSync(large),
    headers: { "content-encoding": "gzip" },
  },
  {
    code: "BODY_TOO_LARGE",
    status: 413,
    off: { MAX_BODY_BYTES: "9000000" },
    body: brotliCompressSync(large),
    headers: { "content-encoding": "br" },
  },
  {
    code: "JSON_TOO_DEEP",
    off: { MAX_JSON_NESTING: A_LOT },
    body: `{"query": "{ events { title } }", "variables": {"w": ${"[".repeat(300)}${"]".repeat(300)}}}`,
  },
  {
    code: "JSON_TOO_MANY_VALUES",
    off: { MAX_JSON_VALUES: A_LOT },
    body: asking("{ events { title } }", { w: names(30_000) }),
  },
  {
    code: "BATCH_REFUSED",
    off: { MAX_BATCH: "2" },
    body: `[${asking("{ events { title } }")},{"query":"{__typename}"}]`,
  },
  {
    code: "DOCUMENT_TOO_LONG",
    off: { MAX_CHARACTERS: A_LOT },
    body: asking(`{ events { title } } #${"x".repeat(100_000)}`),
  },
  {
    code: "TOO_MANY_TOKENS",
    off: { MAX_TOKENS: A_LOT },
    body: asking(`{ events { ${"... { title } ".repeat(600)} } }`),
  },
  {
    code: "TOO_MANY_OPERATIONS",
    off: { MAX_OPERATIONS: A_LOT },
    body: JSON.stringify({
      operationName: "Q1",
      query: names(21)
        .map((n) => `query Q${n} { events { title } }`)
        .join(" "),
    }),
  },
  {
    code: "TOO_MANY_VARIABLES",
    off: { MAX_VARIABLES: A_LOT },
    body: asking(
      `query(${names(101)
        .map((n) => `$v${n}: Boolean = true`)
        .join(" ")}) {
        events { ... @include(if: $v0) { title } ${names(101)
          .map((n) => `a${n}: title @include(if: $v${n})`)
          .join(" ")} } }`,
    ),
  },
  {
    code: "OPERATION_TOO_DEEP",
    off: { MAX_DEPTH: A_LOT },
    body: asking(`{ events { ${"host { events { ".repeat(12)} title ${"} } ".repeat(12)} } }`),
  },
  {
    code: "TOO_MANY_SELECTIONS",
    off: { MAX_SELECTIONS: A_LOT },
    body: asking(`{ events { ...F0 } } ${doubled.join(" ")} fragment F12 on Event { title }`),
  },
  {
    code: "TOO_MANY_ROOT_FIELDS",
    off: { MAX_ROOT_FIELDS: A_LOT },
    body: asking(`{ ${"events { title } ".repeat(51)} }`),
  },
  {
    code: "TOO_MANY_ALIASES",
    off: { MAX_ALIASES: A_LOT },
    body: asking(
      `{ events { ${names(101)
        .map((n) => `a${n}: title`)
        .join(" ")} } }`,
    ),
  },
  {
    code: "TOO_MANY_DIRECTIVES",
    off: { MAX_DIRECTIVES: A_LOT },
    body: asking(`{ events { ${"title @include(if: true) ".repeat(51)} } }`),
  },
  {
    code: "TOO_MANY_OVERLAPS",
    off: { MAX_OVERLAPS: A_LOT },
    body: asking(`{ events { ${"title ".repeat(250)} } }`),
  },
  {
    code: "TOO_MANY_ROWS",
    off: { MAX_ANSWER_VALUES: "1000000000000000" },
    body: asking(`{ events { ${"host { events { ".repeat(5)} title ${"} } ".repeat(5)} } }`),
  },
];
/** Other limits that a case meets as well once its own is off. */
const alsoOff = {
  MAX_ANSWER_VALUES: "1000000000000000",
  MAX_ALIASES: A_LOT,
  MAX_DIRECTIVES: A_LOT,
  MAX_OVERLAPS: "1000000000",
};

const ALSO = new Set(["OPERATION_TOO_DEEP", "TOO_MANY_VARIABLES", "TOO_MANY_SELECTIONS", "TOO_MANY_TOKENS"]);

describe("a client that asks for too much at once", () => {
  let world: World;
  let gateway: TestGateway;
  let other: TestGateway | undefined;
  beforeAll(async () => {
    world = await startWorld();
    gateway = await startTestGateway(world);
  });
  afterEach(async () => {
    await other?.close();
    other = undefined;
    world.events.received.length = 0;
  });
  afterAll(async () => {
    await gateway.close();
    await world.close();
  });
  const post = async (
    { origin }: TestGateway,
    { body, headers }: Pick<Case, "body" | "headers">,
  ): Promise<[number, any]> => {
    const response = await fetch(`${origin}/graphql`, { method: "POST", headers: { ...JSON_TYPE, ...headers }, body });
    return [response.status, await response.json()];
  };

  it.each(cases.map((one) => [one.code, JSON.stringify(one.headers ?? {}), one] as const))(
    "is refused with %s %s before anything is planned or fetched, and with that limit off is answered",
    async (code, _headers, one) => {
      const [status, { errors, data }] = await post(gateway, one);
      expect([status, errors[0].extensions, data]).toEqual([one.status ?? 400, { code }, undefined]);
      expect(world.events.received).toEqual([]);
      other = await startTestGateway(world, { ...(ALSO.has(code) && alsoOff), ...one.off });
      const [unlimited, answer] = await post(other, one);
      expect([unlimited, JSON.stringify(answer)]).toEqual([200, expect.stringContaining('{"data":{"events":[{')]);
    },
  );

  it("is refused in JSON of a GET, too", async () => {
    const asked = { "apollo-require-preflight": "1" };
    const deep = encodeURIComponent(`{"w":${"[".repeat(60)}${"]".repeat(60)}}`);
    const { status, body } = await gateway.get(`/graphql?query={events{title}}&variables=${deep}`, asked);
    expect([status, body.errors[0].extensions.code]).toEqual([400, "JSON_TOO_DEEP"]);
    const long = await gateway.get(`/graphql?query={${"events{title}".repeat(60)}}`, asked);
    expect([long.status, long.body.errors[0].extensions.code]).toEqual([400, "TOO_MANY_ROOT_FIELDS"]);
  });

  it("may send what is within the limits in any encoding, with its length or in chunks", async () => {
    const query = asking("{ events { title } }");
    for (const [encoding, compress] of [
      ["gzip", gzipSync],
      ["br", brotliCompressSync],
    ] as const) {
      const [status, { data }] = await post(gateway, {
        body: compress(query),
        headers: { "content-encoding": encoding },
      });
      expect([status, data.events]).toEqual([200, [{ title: "Launch" }]]);
    }
    const chunked = await fetch(`${gateway.origin}/graphql`, {
      method: "POST",
      headers: { ...JSON_TYPE, "content-encoding": "gzip" },
      body: new Blob([gzipSync(query)]).stream(),
      duplex: "half",
    });
    expect(chunked.status).toBe(200);
  });

  it("is answered 413 to a body of any length that it sends in chunks, and may ask again on the same connection", async () => {
    const endless = gzipSync(Buffer.alloc(64 * 1024 * 1024, " "));
    const response = await fetch(`${gateway.origin}/graphql`, {
      method: "POST",
      headers: { ...JSON_TYPE, "content-encoding": "gzip" },
      body: new Blob([endless]).stream(),
      duplex: "half",
    });
    expect([response.status, await response.json()]).toMatchObject([
      413,
      { errors: [{ extensions: { code: "BODY_TOO_LARGE" } }] },
    ]);
    expect((await gateway.ask("{ events { title } }")).status).toBe(200);
  });

  it.each([
    [
      "bytes that are none",
      Buffer.from('{"query":"{ events { title } }","variables":{"x":"\xe4"}}', "latin1"),
      {},
      400,
    ],
    ["another charset", asking("{ events { title } }"), { "content-type": "application/json; charset=latin1" }, 415],
  ])("may send UTF-8 and not %s", async (_what, body, headers, expected) => {
    const [status, { errors }] = await post(gateway, { body, headers });
    expect([status, errors[0].extensions.code]).toEqual([expected, "BODY_ENCODING_REFUSED"]);
  });

  it.each(["zstd", "gzip, gzip"])("may not send content-encoding %s", async (encoding) => {
    const [status, { errors }] = await post(gateway, {
      body: asking("{ events { title } }"),
      headers: { "content-encoding": encoding },
    });
    expect([status, errors[0].extensions.code]).toEqual([415, "BAD_REQUEST"]);
  });
});
