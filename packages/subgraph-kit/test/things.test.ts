import { newGlobalId } from "@clic/global-id";
import { office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadRows, statement } from "@clic/subgraph-kit";
import { createThingsSubgraph, ThingEntity } from "./fixture/things.subgraph.ts";

let subgraph: TestSubgraph;
const box = newGlobalId("Venue");
const [a, b] = [newGlobalId("Course"), newGlobalId("Course")];
const long = "long ".repeat(600);

beforeAll(async () => {
  subgraph = await startTestSubgraph(createThingsSubgraph(), [
    ({ em }) =>
      loadRows(em, ThingEntity, [
        { id: a, code: "a", label: long, boxId: box, ratio: "1.25" },
        { id: b, code: "b", label: "two", boxId: box, amount: 3 },
      ]),
  ]);
});
afterAll(() => subgraph.stop());

const ask = (query: string, variables?: Record<string, unknown>) => subgraph.ask(office(), query, variables);
const codes = async (query: string, variables?: Record<string, unknown>) => {
  const { errors } = await ask(query, variables);
  expect(JSON.stringify(errors ?? [])).not.toMatch(/select|update|insert|events\.|constraint|postgres|Key \(/i);
  return (errors ?? []).map(({ extensions, path }) => `${extensions.code} ${path?.[0]}`);
};
const cursorOf = (...values: unknown[]) => Buffer.from(JSON.stringify(values)).toString("base64url");
const firstCursor = async (order: string): Promise<string> =>
  (await ask(`{ things(first: 1, orderBy: ${order}) { pageInfo { endCursor } } }`)).data.things.pageInfo.endCursor;

describe("a list", () => {
  it("compares a decimal as it is, also where the entity states no precision", async () => {
    const { data } = await ask("{ things(where: { ratio: { eq: 1.25 } }) { totalCount } }");
    expect(data.things.totalCount).toBe(1);
  });

  it("goes on behind a text of any length", async () => {
    const order = "[{ field: LABEL }]";
    const query = `query ($c: String) { things(first: 1, after: $c, orderBy: ${order}) { nodes { code } } }`;
    const { data, errors } = await ask(query, { c: await firstCursor(order) });
    expect(errors).toBeUndefined();
    expect(data.things.nodes).toEqual([{ code: "b" }]);
  });

  it("takes a key that is named twice as named once", async () => {
    const twice = await firstCursor("[{ field: CODE }, { field: CODE, direction: DESC }]");
    expect(JSON.parse(Buffer.from(twice, "base64url").toString()).slice(1)).toEqual(["a", a.slice(4)]);
  });

  it("refuses sizes beyond 1 to 100, both directions at once, and cursors of another order, list or type", async () => {
    const signature = JSON.parse(Buffer.from(await firstCursor("[{ field: CODE }]"), "base64url").toString())[0];
    const other = await firstCursor("[{ field: CODE, direction: DESC }]");
    const cursors = [
      "",
      "!",
      "bnVsbA",
      other,
      ...[[], [signature], [signature, 5, "x"], [signature, null, null]].map((one) => cursorOf(...one)),
    ];
    cursors.push(cursorOf(signature, "a", "no uuid"), cursorOf(signature, "a\0", a.slice(4)));
    const wrong = ["first: 0", "first: -1", "first: 101", "last: 0", "first: 1, last: 1", 'last: 1, after: "x"'];
    wrong.push(...cursors.map((cursor) => `after: "${cursor}"`));
    for (const args of wrong)
      expect([args, await codes(`{ things(orderBy: [{ field: CODE }], ${args}) { nodes { code } } }`)]).toEqual([
        args,
        ["BAD_USER_INPUT things"],
      ]);
  });

  it("refuses an order of more than 20 keys", async () => {
    const orderBy = (keys: number) => `orderBy: [${"{ field: CODE } ".repeat(keys)}]`;
    expect(await codes(`{ things(${orderBy(20)}) { nodes { code } } }`)).toEqual([]);
    expect(await codes(`{ things(${orderBy(21)}) { nodes { code } } }`)).toEqual(["BAD_USER_INPUT things"]);
  });

  it("refuses a where that is null under a parent too, beside the same list without one", async () => {
    const query = `query ($ids: [ID!]!, $none: ThingWhere) { boxes(ids: $ids) {
      a: things { totalCount } b: things(where: $none) { totalCount }
      c: things(where: $none) { groupBy(keys: [{ field: FLAG }]) { count } } d: things { groupBy(keys: [{ field: FLAG }]) { count } } } }`;
    const { data, errors } = await ask(query, { ids: [box], none: null });
    expect(data.boxes).toEqual([{ a: { totalCount: 2 }, b: null, c: null, d: { groupBy: [{ count: 2 }] } }]);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["BAD_USER_INPUT", "BAD_USER_INPUT"]);
  });

  it("leaves statements that are long unprepared, since PostgreSQL would keep megabytes of each", async () => {
    const where = (conditions: number) => ({ or: Array.from({ length: conditions }, () => ({ code: { eq: "a" } })) });
    for (const conditions of [3, 300])
      expect(
        await codes("query ($w: ThingWhere) { things(where: $w) { totalCount } }", { w: where(conditions) }),
      ).toEqual([]);
    // On every connection of the pool, held for a while so that each of these has one of its own.
    const held = Array.from({ length: 10 }, () =>
      subgraph.arrange(({ em }) =>
        em.execute<{ length: number }[]>(
          "select length(statement), pg_sleep(0.1) from pg_prepared_statements where statement ~ 'thing' union all select 0, pg_sleep(0.1)",
        ),
      ),
    );
    const kept = (await Promise.all(held)).flat().filter(({ length }) => length > 0);
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.filter(({ length }) => length > 2000)).toEqual([]);
  });

  it("matches nothing by an empty in", async () => {
    const { data } = await ask("{ things(where: { code: { in: [] } }) { totalCount nodes { code } } }");
    expect(data.things).toEqual({ totalCount: 0, nodes: [] });
  });

  it("refuses a where that is too deep, too wide or too long, before PostgreSQL is asked", async () => {
    const query = "query ($w: ThingWhere) { things(where: $w) { totalCount } }";
    const deep = (levels: number): object =>
      Array.from({ length: levels - 1 }).reduce<object>((inner) => ({ not: inner }), { code: { eq: "a" } });
    const wide = (count: number) => ({ or: Array.from({ length: count }, () => ({ code: { eq: "a" } })) });
    const many = (count: number) => ({ code: { in: Array.from({ length: count }, (_, index) => `${index}`) } });
    for (const fits of [deep(20), wide(499), many(1000)]) expect(await codes(query, { w: fits })).toEqual([]);
    for (const beyond of [deep(21), deep(2000), wide(501), wide(5000), many(1001)]) {
      const refused = await ask(query, { w: beyond });
      expect([refused.errors?.[0]?.extensions.code, refused.statements]).toEqual(["BAD_USER_INPUT", 0]);
    }
  });

  it("lists nothing under an id of another type, and everything under those beside it", async () => {
    const query = "query ($ids: [ID!]!) { boxes(ids: $ids) { things { totalCount nodes { code } } } }";
    const { data, errors } = await ask(query, { ids: [box, "nonsense", a] });
    expect(errors).toBeUndefined();
    const none = { things: { totalCount: 0, nodes: [] } };
    expect(data.boxes).toEqual([{ things: { totalCount: 2, nodes: [{ code: "b" }, { code: "a" }] } }, none, none]);
  });

  it("fails alone when a value can't be its column's, whatever is asked in the same transaction", async () => {
    const bad = cursorOf(JSON.parse(Buffer.from(await firstCursor("[]"), "base64url").toString())[0], "x", "y");
    const list = (name: string, after: string) => `${name}: things(first: 1${after}) { nodes { code } }`;
    const { data, errors } = await ask(
      `{ ${list("a", "")} ${list("b", `, after: "${bad}"`)} ${list("c", "")} ${list("d", `, after: "${bad}"`)} ${list("e", "")} }`,
    );
    const good = { nodes: [{ code: "b" }] };
    expect(data).toEqual({ a: good, b: null, c: good, d: null, e: good });
    expect(errors?.map(({ path, extensions }) => [path?.[0], extensions.code])).toEqual([
      ["b", "BAD_USER_INPUT"],
      ["d", "BAD_USER_INPUT"],
    ]);
  });
});

describe("what is not expected", () => {
  it("is a coded error for U+0000 wherever it comes, and the neighbours are answered", async () => {
    const text = "a\0";
    expect(
      await codes("query ($t: String!) { things(where: { label: { contains: $t } }) { totalCount } }", { t: text }),
    ).toEqual(["BAD_USER_INPUT things"]);
    expect(
      await codes("mutation ($t: String!, $id: ID!) { rename(id: $id, label: $t) { code } }", { t: text, id: a }),
    ).toEqual(["BAD_USER_INPUT rename"]);
    const { data } = await ask(
      'query ($t: String!) { none: thingByCode(code: $t) { code } thingByCode(code: "a") { code } }',
      {
        t: text,
      },
    );
    expect(data).toEqual({ none: null, thingByCode: { code: "a" } });
  });

  it("says nothing of rows, columns or statements when a constraint is hurt, and nothing is written", async () => {
    const rename = "mutation ($id: ID!, $c: String!) { rename(id: $id, code: $c) { code } }";
    expect(await codes(rename, { id: a, c: "b" })).toEqual(["INTERNAL rename"]);
    expect((await ask("query ($id: ID!) { thing(id: $id) { code } }", { id: a })).data.thing.code).toBe("a");
  });

  it("gives each failing field its own path, and null no further up than the schema says", async () => {
    const { data, errors } = await ask(
      '{ a: thingByCode(code: "a") { must } things { edges { node { c: broken code } } } echo }',
    );
    expect(data).toEqual({
      a: null,
      things: {
        edges: [{ node: { c: null, code: "b" } }, { node: { c: null, code: "a" } }],
      },
      echo: '{"text":"default"}',
    });
    expect(errors?.map(({ path }) => path?.join(".")).sort()).toEqual([
      "a.must",
      "things.edges.0.node.c",
      "things.edges.1.node.c",
    ]);
  });
});

describe("after a mutation", () => {
  it("reads the row as it is now, in the same operation, one mutation after the other", async () => {
    const fields = ["x", "y", "z"].map((label) => `${label}: rename(id: $id, label: "${label}") { label }`).join(" ");
    const { data } = await ask(`mutation ($id: ID!) { ${fields} }`, { id: b });
    expect(data).toEqual({ x: { label: "x" }, y: { label: "y" }, z: { label: "z" } });
  });
});

describe("loading", () => {
  it("twice changes nothing, keeps what was edited, and takes rows with different properties together", async () => {
    const id = newGlobalId("Course");
    const rows = [
      { id: a, code: "a", label: "loaded anew" },
      { id, code: "c", day: "2026-01-01" },
      { id: newGlobalId("Course"), code: "d", flag: true, total: 9007199254740991n },
    ];
    for (let times = 0; times < 2; times++) await subgraph.arrange(({ em }) => loadRows(em, ThingEntity, rows));
    const { data } = await ask(
      '{ things(orderBy: [{ field: CODE }], where: { code: { in: ["c", "d"] } }) { nodes { code day flag total } } thingByCode(code: "a") { label } }',
    );
    expect(data.things.nodes).toEqual([
      { code: "c", day: "2026-01-01", flag: null, total: 0 },
      { code: "d", day: null, flag: true, total: 9007199254740991 },
    ]);
    expect(data.thingByCode.label).toBe(long);
  });
});

describe("a statement's name", () => {
  it("is the text's own, and is withheld beyond a limit, where it still runs", () => {
    expect(statement("select 1").name).toBe(statement("select 1").name);
    expect(statement("select 1").name).not.toBe(statement("select 2").name);
    expect(statement("select 3", { limit: 1 })).toMatchObject({ text: "select 3", name: undefined });
    expect(statement("select 1", { limit: 1 }).name).toBeDefined();
  });
});
