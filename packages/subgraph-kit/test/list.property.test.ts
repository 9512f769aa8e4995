import { newGlobalId } from "@clic/global-id";
import { office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Client, escapeLiteral } from "pg";
import { createThingsSubgraph } from "./fixture/things.subgraph.ts";

// How the long run reaches a test, and a seed to repeat.
const { TEST_LONG, TEST_SEED } = process.env;
const seed = Number(TEST_SEED ?? Date.now() % 2 ** 31);
const runs = { numRuns: TEST_LONG === "1" ? 500 : 25, seed };

let subgraph: TestSubgraph;
let admin: Client;
beforeAll(async () => {
  subgraph = await startTestSubgraph(createThingsSubgraph());
  admin = new Client({ connectionString: subgraph.database.url });
  await admin.connect();
  await admin.query("set timezone = 'UTC'");
});
afterAll(async () => {
  await admin.end();
  await subgraph.stop();
});

// Few values, so that ties, hits and LIKE's own characters are frequent.
const nullable = <Value>(of: fc.Arbitrary<Value>) => fc.option(of, { freq: 3 });
const text = fc.string({ unit: fc.constantFrom("a", "B", "b", "é", "%", "_", "\\", "'", '"', " "), maxLength: 3 });
const micro = fc
  .record({ day: fc.integer({ min: 1, max: 3 }), fraction: fc.integer({ min: 0, max: 20 }) })
  .map(({ day, fraction }) => `2026-01-0${day}T00:00:00.${String(fraction * 100).padStart(6, "0")}Z`);
const milli = micro.map((at) => `${at.slice(0, 23)}Z`);
const day = fc.constantFrom("2026-01-01", "2026-01-02", "1999-12-31");
const ratio = fc.constantFrom(0, 0.1, 1.005, -2.5);
const total = fc.constantFrom(0, 1, 2 ** 53 - 1, -(2 ** 53 - 1));
const people = [newGlobalId("Person"), newGlobalId("Person")];
const boxes = [newGlobalId("Venue"), newGlobalId("Venue"), newGlobalId("Venue")];
const bare = (id: string) => id.slice(4);

const row = fc.record({
  box_id: nullable(fc.constantFrom(...boxes.map(bare))),
  owner_id: nullable(fc.constantFrom(...people.map(bare))),
  label: nullable(text),
  amount: nullable(fc.integer({ min: -2, max: 2 })),
  total,
  ratio: nullable(ratio),
  flag: nullable(fc.boolean()),
  day: nullable(day),
  at: nullable(micro),
});

type Values = Record<string, fc.Arbitrary<unknown>>;
const equality = (value: fc.Arbitrary<unknown>): Values => ({
  eq: value,
  ne: value,
  in: fc.array(value, { maxLength: 3 }),
  isNull: fc.boolean(),
});
const comparison = (value: fc.Arbitrary<unknown>): Values => ({
  ...equality(value),
  gt: value,
  gte: value,
  lt: value,
  lte: value,
});
const operators: Record<string, Values> = {
  label: { ...equality(text), contains: text, startsWith: text },
  amount: comparison(fc.integer({ min: -2, max: 2 })),
  total: comparison(total),
  ratio: comparison(ratio),
  flag: { eq: fc.boolean(), ne: fc.boolean(), isNull: fc.boolean() },
  day: comparison(day),
  at: comparison(milli),
  ownerId: equality(fc.constantFrom(...people)),
};
const field = fc.oneof(
  ...Object.entries(operators).map(([name, values]) =>
    fc.record(values, { requiredKeys: [] }).map((filter) => ({ [name]: filter })),
  ),
);
type Tree = Record<string, unknown>;
const where: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    field,
    fc.tuple(field, field).map(([one, other]) => ({ ...one, ...other })),
    fc.array(tie("tree"), { maxLength: 3 }).map((and) => ({ and })),
    fc.array(tie("tree"), { maxLength: 3 }).map((or) => ({ or })),
    tie("tree").map((not) => ({ not })),
    fc.tuple(field, tie("tree")).map(([one, not]) => ({ ...one, not })),
  ),
})).tree;

const columns: Record<string, string> = { ownerId: "owner_id" };
const literal = (value: unknown): string =>
  escapeLiteral(String(value).startsWith("per_") ? bare(String(value)) : String(value));
const written = {
  eq: (c: string, v: unknown) => `${c} = ${literal(v)}`,
  ne: (c: string, v: unknown) => `${c} is null or ${c} <> ${literal(v)}`,
  in: (c: string, v: unknown) => (v as unknown[]).map((one) => `${c} = ${literal(one)}`).join(" or ") || "false",
  gt: (c: string, v: unknown) => `${c} > ${literal(v)}`,
  gte: (c: string, v: unknown) => `not ${c} < ${literal(v)}`,
  lt: (c: string, v: unknown) => `${c} < ${literal(v)}`,
  lte: (c: string, v: unknown) => `not ${c} > ${literal(v)}`,
  contains: (c: string, v: unknown) => `position(lower(${literal(v)}) in lower(${c})) > 0`,
  startsWith: (c: string, v: unknown) => `starts_with(lower(${c}), lower(${literal(v)}))`,
  isNull: (c: string, v: unknown) => `(${c} is null) = ${String(v)}`,
};

/** The same condition in plain SQL, written another way: every condition is true or false, never null. */
function plain(tree: Tree): string {
  const all = (parts: readonly string[]) => parts.map((part) => `(${part})`).join(" and ") || "true";
  return all(
    Object.entries(tree).map(([key, value]) => {
      if (key === "and") return all((value as Tree[]).map(plain));
      if (key === "or") return (value as Tree[]).map((one) => `(${plain(one)})`).join(" or ") || "false";
      // What says nothing is no condition, under a not as well.
      if (key === "not") return says(value as Tree) ? `not (${plain(value as Tree)})` : "true";
      return all(
        Object.entries(value as Tree).map(
          ([operator, operand]) =>
            `coalesce(${written[operator as keyof typeof written](columns[key] ?? key, operand)}, false)`,
        ),
      );
    }),
  );
}
function says(tree: Tree): boolean {
  return Object.entries(tree).some(([key, value]) => {
    if (key === "or") return true;
    if (key === "and") return (value as Tree[]).some(says);
    if (key === "not") return says(value as Tree);
    return Object.keys(value as Tree).length > 0;
  });
}

const orderFields = ["LABEL", "AMOUNT", "TOTAL", "RATIO", "FLAG", "DAY", "AT", "OWNER_ID", "CODE"];
const orderBy = fc.uniqueArray(
  fc.record(
    {
      field: fc.constantFrom(...orderFields),
      direction: fc.constantFrom("ASC", "DESC"),
      nulls: fc.constantFrom("FIRST", "LAST"),
    },
    { requiredKeys: ["field"] },
  ),
  { maxLength: 3, selector: (one) => one.field },
);
type Order = readonly { readonly field: string; readonly direction?: string; readonly nulls?: string }[];
function plainOrder(asked: Order): string {
  const keys: Order = asked.length > 0 ? asked : [{ field: "AT", direction: "DESC" }];
  return [
    ...keys.map((key) => `${key.field.toLowerCase()} ${key.direction ?? "asc"} nulls ${key.nulls ?? "last"}`),
    `id ${keys.at(-1)?.direction ?? "asc"}`,
  ].join(", ");
}

type Columns = Record<string, unknown>;
async function insert(rows: readonly Columns[]): Promise<void> {
  for (const each of rows) {
    const values = { id: bare(newGlobalId("Course")), code: newGlobalId("Course"), ...each };
    const names = Object.keys(values);
    await admin.query(
      `insert into events.thing (${names.join()}) values (${names.map((_, index) => `$${index + 1}`).join()})`,
      Object.values(values),
    );
  }
}
async function expected(condition: string, order: string): Promise<string[]> {
  const { rows } = await admin.query<{ id: string }>(
    `select id from events.thing where ${condition} order by ${order}`,
  );
  return rows.map(({ id }) => `crs_${id}`);
}
async function start(rows: readonly Columns[]): Promise<void> {
  await admin.query("truncate events.thing");
  await insert(rows);
}
const ask = async (query: string, variables: Record<string, unknown>) => {
  const { data, errors } = await subgraph.ask(office(), query, variables);
  expect(errors).toBeUndefined();
  return data;
};
const shape = "totalCount nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";
const idsOf = (page: { nodes: { id: string }[] }) => page.nodes.map(({ id }) => id);

describe(`a list of random rows (TEST_SEED=${seed})`, () => {
  it("finds what plain SQL finds, in its order, and counts it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 5, maxLength: 30 }),
        fc.array(fc.tuple(where, orderBy), { minLength: 8, maxLength: 8 }),
        async (rows, questions) => {
          await start(rows);
          for (const [tree, order] of questions) {
            const query = `query ($w: ThingWhere, $o: [ThingOrder!]) { things(first: 100, where: $w, orderBy: $o) { ${shape} } }`;
            const { things } = await ask(query, { w: tree, o: order });
            const wanted = await expected(plain(tree), plainOrder(order));
            expect([tree, order, idsOf(things)]).toEqual([tree, order, wanted]);
            expect(things.totalCount).toBe(wanted.length);
          }
        },
      ),
      runs,
    );
  }, 600_000);

  it.each(["forwards", "backwards"])(
    "pages %s without losing or repeating a row, while rows are inserted",
    async (way) => {
      const forwards = way === "forwards";
      await fc.assert(
        fc.asyncProperty(
          fc.array(row, { minLength: 3, maxLength: 25 }),
          orderBy,
          fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.array(row, { maxLength: 3 })), {
            minLength: 3,
            maxLength: 8,
          }),
          async (rows, order, steps) => {
            await start(rows);
            const args = forwards ? "first: $n, after: $c" : "last: $n, before: $c";
            const query = `query ($n: Int, $c: String, $o: [ThingOrder!]) { things(${args}, orderBy: $o) { ${shape} } }`;
            let cursor: string | undefined;
            let last: string | undefined;
            for (const [size, inserted] of steps) {
              const all = await expected("true", plainOrder(order));
              if (!forwards) all.reverse();
              const rest = last === undefined ? all : all.slice(all.indexOf(last) + 1);
              const { things } = await ask(query, { n: size, c: cursor, o: order });
              const found = idsOf(things);
              if (!forwards) found.reverse();
              expect(found).toEqual(rest.slice(0, size));
              const { hasNextPage, hasPreviousPage, startCursor, endCursor } = things.pageInfo;
              expect(forwards ? hasNextPage : hasPreviousPage).toBe(rest.length > size);
              expect(forwards ? hasPreviousPage : hasNextPage).toBe(cursor !== undefined);
              const cursors = things.edges.map((edge: { cursor: string }) => edge.cursor);
              expect([startCursor, endCursor]).toEqual([cursors[0] ?? null, cursors.at(-1) ?? null]);
              if (found.length > 0) {
                last = found.at(-1);
                cursor = forwards ? endCursor : startCursor;
              }
              await insert(inserted);
            }
          },
        ),
        runs,
      );
    },
    600_000,
  );

  it("finds under many parents, in one statement, what it finds under each", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 5, maxLength: 30 }),
        where,
        orderBy,
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        async (rows, tree, order, size, forwards) => {
          await start(rows);
          const things = `things(${forwards ? "first" : "last"}: $n, where: $w, orderBy: $o) { ${shape} }`;
          const head = "query ($ids: [ID!]!, $n: Int, $w: ThingWhere, $o: [ThingOrder!])";
          const ids = [...boxes, newGlobalId("Venue")];
          const together = await subgraph.ask(office(), `${head} { boxes(ids: $ids) { ${things} } }`, {
            ids,
            n: size,
            w: tree,
            o: order,
          });
          expect([together.errors, together.statements]).toEqual([undefined, 2]);
          for (const [index, id] of ids.entries()) {
            const all = await expected(`box_id = '${bare(id)}' and (${plain(tree)})`, plainOrder(order));
            const page = together.data.boxes[index].things;
            expect(idsOf(page)).toEqual(forwards ? all.slice(0, size) : all.slice(-size));
            expect(page.totalCount).toBe(all.length);
            const alone = await ask(`${head} { boxes(ids: $ids) { ${things} } }`, {
              ids: [id],
              n: size,
              w: tree,
              o: order,
            });
            expect(alone.boxes[0].things).toEqual(page);
          }
        },
      ),
      runs,
    );
  }, 600_000);
});
