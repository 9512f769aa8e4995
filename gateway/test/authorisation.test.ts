import { writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type TestGateway, type World, composeOf, eventually, startTestGateway, startWorld } from "./test-gateway.ts";
import { type TestSubgraph, startTestSubgraph } from "./test-subgraph.ts";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@external", "@requires", "@authenticated", "@policy", { name: "@requiresScopes", as: "@needs" }])\n`;
const ORDER = { id: "1", label: "Trolley", total: 7, cost: 3 };
const orders = {
  sdl: `${LINK}
    type Query { order: Order orders: [Order!]! note: String @policy(policies: [["staff"]]) secret: Secret }
    type Order @key(fields: "id") {
      id: ID! label: String @authenticated total: Int @needs(scopes: [["analysis:read"]]) cost: Int! @needs(scopes: [["booking:self"]])
    }
    type Secret @needs(scopes: [["operations:write"]]) { id: ID! }
    type Mutation { change: Int @authenticated }
  `,
  resolvers: {
    Query: {
      order: () => ORDER,
      orders: () => [ORDER, { ...ORDER, id: "2" }],
      note: () => "n",
      secret: () => ({ id: "s" }),
    },
    Mutation: { change: () => 1 },
    Order: { __resolveReference: ({ id }: { id: string }) => ({ ...ORDER, id }) },
  },
};
const prices = {
  sdl: `${LINK}
    type Order @key(fields: "id") {
      id: ID! total: Int @external tax: Int @requires(fields: "total") @needs(scopes: [["analysis:read"]]) weight: Int
    }`,
  resolvers: {
    Order: {
      __resolveReference: (order: object) => order,
      tax: ({ total }: { total: number }) => total * 2,
      weight: () => 5,
    },
  },
};

describe("authorisation that the schema declares", () => {
  let world: World;
  let first: TestSubgraph;
  let second: TestSubgraph;
  let gateway: TestGateway;
  let composed: string;
  const start = (changes: Record<string, string> = {}): Promise<TestGateway> => {
    const addresses = [world.organisations, world.events, first, second].map(({ name, url, key }) => [
      name,
      { url, key },
    ]);
    return startTestGateway(world, { SUBGRAPHS: JSON.stringify(Object.fromEntries(addresses)), ...changes });
  };
  beforeAll(async () => {
    world = await startWorld();
    first = await startTestSubgraph("orders", orders.sdl, orders.resolvers);
    second = await startTestSubgraph("prices", prices.sdl, prices.resolvers);
    composed = composeOf([world.organisations, world.events, first, second]);
    await writeFile(world.supergraphFile, composed);
    gateway = await start();
  });
  afterAll(async () => {
    await gateway.close();
    await Promise.all([world.close(), first.stop(), second.stop()]);
  });
  const as = async (subject: string | null): Promise<Record<string, string>> =>
    subject === null ? {} : { authorization: `Bearer ${await world.issuer.token(subject)}` };
  const told = (body: { errors?: { path?: unknown[]; extensions: { code: string } }[] }): unknown[] =>
    (body.errors ?? []).map(({ path, extensions }) => [path?.join("."), extensions.code]);
  const reached = (): string => [...first.received, ...second.received].map(({ body }) => body).join("\n");
  const forget = (): void => [first, second].forEach(({ received }) => void received.splice(0));

  it("is out of the supergraph that the library gets, which would refuse it", async () => {
    expect(composed).toContain("@needs(scopes:");
    expect((await gateway.ask("{ order { id } }")).body).toEqual({ data: { order: { id: "1" } } });
  });

  it("answers what may be seen, null with a coded error at each other path, and fetches none of that", async () => {
    forget();
    const { status, body } = await gateway.ask("{ orders { label id total tax weight } note }");
    expect([status, body.data]).toEqual([
      200,
      {
        orders: ["1", "2"].map((id) => ({ label: null, id, total: null, tax: null, weight: 5 })),
        note: null,
      },
    ]);
    const fields = ["label", "total", "tax"];
    const paths = [0, 1].flatMap((at) => fields.map((field) => `orders.${at}.${field}`));
    expect(told(body)).toEqual([...paths, "note"].map((path) => [path, "UNAUTHORIZED_FIELD_OR_TYPE"]));
    expect(reached()).not.toMatch(/label|total|tax|note/);
  });

  it("gives each caller what their scopes and policies let them see", async () => {
    const query = "{ order { label total tax } note }";
    const order = { label: "Trolley", total: 7, tax: 14 };
    expect((await gateway.ask(query, await as("analyst"))).body.data).toEqual({ order, note: null });
    expect((await gateway.ask(query, await as("member"))).body.data).toEqual({
      order: { ...order, total: null, tax: null },
      note: "n",
    });
  });

  it("asks nobody where nothing is left, and runs no mutation that is withheld", async () => {
    forget();
    expect((await gateway.ask("{ secret { id } }")).body.data).toEqual({ secret: null });
    expect((await gateway.ask("mutation { change }")).body.data).toEqual({ change: null });
    expect(reached()).toBe("");
    expect((await gateway.ask("mutation { change }", await as("member"))).body.data).toEqual({ change: 1 });
  });

  it("lets null go up where the schema says non-null", async () => {
    const { body } = await gateway.ask("{ order { id cost } }");
    expect([body.data, told(body)]).toEqual([{ order: null }, [["order.cost", "UNAUTHORIZED_FIELD_OR_TYPE"]]]);
  });

  it("serves no plan or answer of one caller to another: shuffled documents and callers", async () => {
    const documents = [
      "{ order { label } }",
      "{ order { id total tax } note }",
      "query A { order { cost } } query B { note order { weight } }",
      "{ a: order { id } b: order { label weight } }",
    ];
    const callers = await Promise.all([null, "member", "analyst", "secondee"].map(as));
    const ask = async (document: number, caller: number): Promise<string> => {
      const body = { query: documents[document], ...(document === 2 && { operationName: "B" }) };
      const headers = { "content-type": "application/json", ...callers[caller] };
      return (await fetch(`${gateway.origin}/graphql`, { method: "POST", headers, body: JSON.stringify(body) })).text();
    };
    const alone: string[][] = [];
    for (const [document] of documents.entries()) {
      alone.push([]);
      for (const [caller] of callers.entries()) {
        const fresh = await start();
        const now = gateway;
        gateway = fresh;
        alone[document]!.push(await ask(document, caller));
        gateway = now;
        await fresh.close();
      }
    }
    expect(new Set(alone.flat()).size).toBeGreaterThan(8);
    const pairs = process.env["TEST_LONG"] === "1" ? 10_000 : 400;
    let state = 3;
    for (let at = 0; at < pairs; at += 8) {
      const batch = Array.from({ length: 8 }, async () => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
        const [document, caller] = [(state >>> 8) % documents.length, (state >>> 16) % callers.length];
        expect(await ask(document, caller)).toBe(alone[document]![caller]);
      });
      await Promise.all(batch);
    }
  }, 900_000);

  it("refuses a document that asks for something withheld where it is told to reject", async () => {
    const rejecting = await start({ WHEN_WITHHELD: "reject" });
    forget();
    const { status, body } = await rejecting.ask("{ order { id label } note }");
    expect([status, body.data]).toEqual([403, undefined]);
    expect(told(body)).toEqual([
      [undefined, "UNAUTHORIZED_FIELD_OR_TYPE"],
      [undefined, "UNAUTHORIZED_FIELD_OR_TYPE"],
    ]);
    expect(body.errors.map(({ message }: { message: string }) => message.split(" ")[0])).toEqual([
      "Order.label",
      "Query.note",
    ]);
    expect(reached()).toBe("");
    expect((await rejecting.ask("{ order { id label } }", await as("member"))).body.data.order.label).toBe("Trolley");
    await rejecting.close();
  });

  it.each([
    [
      "an unknown security feature",
      (text: string) => text.replace("@link(", '@link(url: "https://example.org/lock/v1.0", for: SECURITY) @link('),
      "lock",
    ],
    ["a policy that nobody decides", (text: string) => text.replace('"staff"', '"nobody"'), "nobody"],
    [
      "a rule without its link",
      (text: string) => text.replace(/^.*authenticated\/v0.1.*$/m, ""),
      "@authenticated is used",
    ],
    [
      "a required field that asks for more",
      (text: string) => text.replace(/(tax: Int .*) @needs\(.*\)/, "$1"),
      "Order.tax requires Order.total",
    ],
  ])("doesn't start with %s, and goes on with the last good one when it comes later", async (_what, spoil, said) => {
    const spoiled = spoil(composed);
    expect(spoiled).not.toBe(composed);
    await writeFile(world.supergraphFile, spoiled);
    await eventually(() =>
      gateway.logged.some((line) => line.includes("new supergraph is refused") && line.includes(said)),
    );
    expect((await gateway.ask("{ order { label } }")).body.data).toEqual({ order: { label: null } });
    await expect(start()).rejects.toThrow(said);
    await writeFile(world.supergraphFile, composed);
  });
});
