import { newGlobalId } from "@clic/global-id";
import { office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Client } from "pg";
import { bare, boxes, insert, plain, row, start, type Tree, where, written } from "./fixture/random-things.ts";
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

/** As PostgreSQL writes it, without zeros at the end. */
const instant = (sql: string) => `replace(replace((${sql})::text, ' ', 'T'), '+00', 'Z')`;
const asNumber = (sql: string) => `(${sql})::float8`;
/** How each column's values look in an answer. */
const looks: Record<string, (sql: string) => string> = {
  amount: asNumber,
  total: asNumber,
  ratio: asNumber,
  at: instant,
  day: (sql) => `${sql}::text`,
  ownerId: (sql) => `'per_' || ${sql}`,
  label: (sql) => sql,
  flag: (sql) => sql,
};
const columnOf = (field: string) => (field === "ownerId" ? "owner_id" : field);
const inCapitals = (field: string) => (field === "ownerId" ? "OWNER_ID" : field.toUpperCase());

interface Figure {
  readonly of: string;
  readonly field: string;
}
const figures: Figure[] = [
  ...["sum", "avg"].flatMap((of) => ["amount", "total", "ratio"].map((field) => ({ of, field }))),
  ...["min", "max"].flatMap((of) => ["amount", "total", "ratio", "day", "at"].map((field) => ({ of, field }))),
];
const someFigures = fc.subarray(figures, { minLength: 1 });
const selection = (chosen: readonly Figure[]) =>
  `count ${["sum", "avg", "min", "max"]
    .map((of) => [of, chosen.filter((one) => one.of === of).map(({ field }) => field)] as const)
    .filter(([, fields]) => fields.length > 0)
    .map(([of, fields]) => `${of} { ${fields.join(" ")} }`)
    .join(" ")}`;
const figureSql = ({ of, field }: Figure, from: string) => `(select ${looks[field]?.(`${of}(${field})`)} from ${from})`;
const exact = ({ of, field }: Figure, from: string) => `(select ${of}(${field}) from ${from})`;

/** Sums beyond what numbers hold exactly are refused where they stand; everything else is as in SQL, means nearly. */
function expectFigures(found: any, wanted: any, chosen: readonly Figure[]): void {
  expect(found.count).toBe(Number(wanted.count));
  for (const { of, field } of chosen) {
    const right = wanted[`${of}_${field}`];
    const said = found[of][field];
    if (of === "sum" && field === "total" && right !== null && !Number.isSafeInteger(right)) expect(said).toBeNull();
    else if (typeof right === "number" && of === "avg") expect(said / (right || 1)).toBeCloseTo(right === 0 ? 0 : 1, 9);
    else expect([of, field, said]).toEqual([of, field, right]);
  }
}
const select = (chosen: readonly Figure[], from: string) =>
  [
    `(select count(*) from ${from}) as count`,
    ...chosen.map((one) => `${figureSql(one, from)} as "${one.of}_${one.field}"`),
  ].join(", ");

interface Key {
  readonly field: string;
  readonly bucket?: string;
  readonly timeZone?: string;
}
const zones = ["Europe/London", "America/St_Johns", "Pacific/Apia", "UTC"];
const key: fc.Arbitrary<Key> = fc.oneof(
  fc.constantFrom("label", "flag", "amount", "ratio", "day", "at", "ownerId").map((field) => ({ field })),
  fc
    .record({ bucket: fc.constantFrom("DAY", "WEEK", "MONTH", "QUARTER", "YEAR"), timeZone: fc.constantFrom(...zones) })
    .map((bucket) => ({ field: "at", ...bucket })),
  fc.constantFrom("DAY", "WEEK", "MONTH", "QUARTER", "YEAR").map((bucket) => ({ field: "day", bucket })),
);
const keys = fc.uniqueArray(key, { minLength: 1, maxLength: 4, selector: ({ field }) => field });
const keySql = ({ field, bucket, timeZone }: Key) => {
  if (bucket === undefined) return columnOf(field);
  const local = field === "at" ? `at at time zone '${timeZone}'` : `${field}::timestamp`;
  const first = `date_trunc('${bucket.toLowerCase()}', ${local})`;
  return field === "at" ? `${first} at time zone '${timeZone}'` : `${first}::date`;
};

const whole = fc.integer({ min: -2, max: 3 });
const comparing = (value: fc.Arbitrary<unknown>) =>
  fc.record({ eq: value, ne: value, gt: value, lte: value, isNull: fc.boolean() }, { requiredKeys: [] });
const having = fc.record(
  {
    count: comparing(fc.integer({ min: 0, max: 3 })),
    sum: fc.record({ amount: comparing(whole), ratio: comparing(fc.constantFrom(0, 0.1, -2.4)) }, { requiredKeys: [] }),
    avg: fc.record({ amount: comparing(fc.constantFrom(0, 0.5, -1)) }, { requiredKeys: [] }),
    max: fc.record({ amount: comparing(whole), day: comparing(fc.constant("2026-01-01")) }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);
function keeps(tree: Tree, from: string): string {
  const one = (sql: string, filter: object) =>
    Object.entries(filter).map(([operator, value]) => `coalesce(${written[operator]?.(sql, value)}, false)`);
  const parts = Object.entries(tree).flatMap(([of, filter]) =>
    of === "count"
      ? one(`(select count(*) from ${from})`, filter as object)
      : Object.entries(filter as object).flatMap(([field, inner]) => one(exact({ of, field }, from), inner as object)),
  );
  return parts.map((part) => `(${part})`).join(" and ") || "true";
}

const ask = async (query: string, variables: Record<string, unknown>) => {
  const answer = await subgraph.ask(office(), query, variables);
  // The one refusal that random rows provoke.
  expect((answer.errors ?? []).filter(({ path }) => path?.slice(-2).join(".") !== "sum.total")).toEqual([]);
  return answer;
};

describe(`figures over random rows (TEST_SEED=${seed})`, () => {
  it("are those of plain SQL, over all pages, in one statement and only when selected", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 25 }), where, someFigures, async (rows, tree, chosen) => {
        await start(admin, rows);
        const query = `query ($w: ThingWhere) { things(first: 1, where: $w) { aggregate { ${selection(chosen)} } } }`;
        const { data, statements } = await ask(query, { w: tree });
        expect(statements).toBe(1);
        const from = `events.thing where ${plain(tree)}`;
        const wanted = await admin.query(`select ${select(chosen, from)}`);
        expectFigures(data.things.aggregate, wanted.rows[0], chosen);
      }),
      runs,
    );
  }, 600_000);

  it("are each parent's own under many parents, in one statement, groups too", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 25 }), where, someFigures, async (rows, tree, chosen) => {
        await start(admin, rows);
        const ids = [...boxes, newGlobalId("Venue")];
        const { data, statements } = await ask(
          `query ($ids: [ID!]!, $w: ThingWhere) { boxes(ids: $ids) { things(where: $w) {
            aggregate { ${selection(chosen)} }
            groupBy(keys: [{ field: FLAG }]) { key { flag } count } } } }`,
          { ids, w: tree },
        );
        expect(statements).toBe(2);
        for (const [index, id] of ids.entries()) {
          const from = `events.thing where box_id = '${bare(id)}' and (${plain(tree)})`;
          const wanted = await admin.query(`select ${select(chosen, from)}`);
          expectFigures(data.boxes[index].things.aggregate, wanted.rows[0], chosen);
          const groups = await admin.query(`select flag, count(*)::int as count from ${from} group by 1 order by 1`);
          expect(data.boxes[index].things.groupBy).toEqual(
            groups.rows.map(({ flag, count }) => ({ key: { flag }, count })),
          );
        }
      }),
      runs,
    );
  }, 600_000);
});

describe(`groups of random rows (TEST_SEED=${seed})`, () => {
  it("are those of plain SQL: keys, buckets of time, having, order, limit, in one statement", async () => {
    const question = fc.record({
      tree: where,
      by: keys,
      keep: having,
      chosen: someFigures,
      size: fc.integer({ min: 1, max: 9 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 25 }),
        fc.array(question, { minLength: 4, maxLength: 4 }),
        fc.constantFrom("ASC", "DESC"),
        fc.constantFrom("FIRST", "LAST"),
        async (rows, questions, direction, nulls) => {
          await start(admin, rows);
          for (const { tree, by, keep, chosen, size } of questions) {
            const { of, field } = chosen[0] as Figure;
            const order = [`${of.toUpperCase()}_${inCapitals(field)}`, inCapitals(by.at(-1)?.field as string)];
            const { data, statements } = await ask(
              `query ($w: ThingWhere, $k: [ThingGroupBy!]!, $h: ThingGroupHaving, $o: [ThingGroupOrder!], $n: Int) {
                things(where: $w) { groupBy(keys: $k, having: $h, orderBy: $o, first: $n) {
                  key { ${by.map((one) => one.field).join(" ")} } ${selection(chosen)} } } }`,
              {
                w: tree,
                k: by.map((one) => ({ ...one, field: inCapitals(one.field) })),
                h: keep,
                o: order.map((name) => ({ field: name, direction, nulls })),
                n: size,
              },
            );
            expect(statements).toBe(1);
            const same = by.map((_, index) => `m.k${index} is not distinct from k.k${index}`).join(" and ");
            const group = `m where ${same}`;
            const places = by.map((_, index) => `k${index}`);
            const ordered = [exact(chosen[0] as Figure, group), places.at(-1)];
            const wanted = await admin.query(
              `with m as (select *, ${by.map((one, index) => `${keySql(one)} as k${index}`).join(", ")}
                 from events.thing where ${plain(tree)})
               select ${by.map((one, index) => `${looks[one.field]?.(`k${index}`)} as "key_${one.field}"`).join(", ")}, ${select(chosen, group)}
               from (select distinct ${places.join(", ")} from m) k where ${keeps(keep, group)}
               order by ${ordered.map((sql) => `${sql} ${direction} nulls ${nulls}`).join(", ")}, ${places.map((sql) => `${sql} nulls last`).join(", ")}
               limit ${size}`,
            );
            const groups = data.things.groupBy;
            expect(groups.map((one: any) => one.key)).toEqual(
              wanted.rows.map((one) => Object.fromEntries(by.map(({ field: name }) => [name, one[`key_${name}`]]))),
            );
            for (const [index, one] of groups.entries()) expectFigures(one, wanted.rows[index], chosen);
          }
        },
      ),
      runs,
    );
  }, 600_000);

  it("begin their days at local midnight through changes of the clocks, and keep the hour that comes twice apart", async () => {
    const at = ["2026-03-28T23:59:00Z", "2026-03-29T00:30:00Z", "2026-03-29T22:59:00Z", "2026-03-29T23:00:00Z"];
    const twice = ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"];
    await start(admin, []);
    await insert(
      admin,
      [...at, ...twice].map((one) => ({ at: one })),
    );
    const groups = async (bucket: string, where_: string) => {
      const { data } = await ask(
        `{ things(where: ${where_}) { groupBy(keys: [{ field: AT, bucket: ${bucket} }]) { key { at } count } } }`,
        {},
      );
      return data.things.groupBy.map(({ key: { at: first }, count }: any) => [first, count]);
    };
    expect(await groups("DAY", '{ at: { lt: "2026-06-01T00:00:00Z" } }')).toEqual([
      ["2026-03-28T00:00:00Z", 1],
      ["2026-03-29T00:00:00Z", 2],
      ["2026-03-29T23:00:00Z", 1],
    ]);
    expect(await groups("HOUR", '{ at: { gt: "2026-06-01T00:00:00Z" } }')).toEqual([
      ["2026-10-25T00:00:00Z", 1],
      ["2026-10-25T01:00:00Z", 1],
    ]);
  });
});
