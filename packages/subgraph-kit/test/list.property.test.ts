import { newGlobalId } from "@clic/global-id";
import { office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Client } from "pg";
import { bare, boxes, insert, plain, row, start, where } from "./fixture/random-things.ts";
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

async function expected(condition: string, order: string): Promise<string[]> {
  const { rows } = await admin.query<{ id: string }>(
    `select id from events.thing where ${condition} order by ${order}`,
  );
  return rows.map(({ id }) => `crs_${id}`);
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
          await start(admin, rows);
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
            await start(admin, rows);
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
              await insert(admin, inserted);
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
          await start(admin, rows);
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
