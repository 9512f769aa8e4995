import { newGlobalId } from "@clic/global-id";
import { member, office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Client } from "pg";
import { insert } from "./fixture/random-things.ts";
import { createThingsSubgraph, thingList } from "./fixture/things.subgraph.ts";

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph(createThingsSubgraph());
  const admin = new Client({ connectionString: subgraph.database.url });
  await admin.connect();
  await insert(
    admin,
    Array.from({ length: 1001 }, (_, index) => ({ amount: index % 10, total: index, day: "2026-03-29" })),
  );
  await admin.end();
});
afterAll(() => subgraph.stop());

const ask = (question: string, variables?: Record<string, unknown>) =>
  subgraph.ask(office(), `query ${variables ? "($h: ThingGroupHaving) " : ""}{ things { ${question} } }`, variables);
const refusal = async (question: string, variables?: Record<string, unknown>) => {
  const { data, errors } = await ask(question, variables);
  return [data?.things ?? null, errors?.[0]?.extensions.code, errors?.[0]?.message];
};

describe("groups", () => {
  it("come whole or not at all: more than 1,000 without first are refused, and first takes the foremost", async () => {
    expect(await refusal("groupBy(keys: [{ field: TOTAL }]) { count }")).toEqual([
      null,
      "BAD_USER_INPUT",
      "There are more than 1000 groups. Give first, or narrow them with where or having.",
    ]);
    const { data } = await ask(
      "groupBy(keys: [{ field: TOTAL }], orderBy: [{ field: TOTAL, direction: DESC }], first: 2) { key { total } }",
    );
    expect(data.things.groupBy).toEqual([{ key: { total: 1000 } }, { key: { total: 999 } }]);
  });

  it.each([
    ["no key", "groupBy(keys: []) { count }", "Group by 1 to 5 keys."],
    ["a key twice", "groupBy(keys: [{ field: DAY }, { field: DAY, bucket: YEAR }]) { count }", "Group by DAY once."],
    ["no group", "groupBy(keys: [{ field: DAY }], first: 0) { count }", "first is 1 to 1000 groups."],
    ["too many groups", "groupBy(keys: [{ field: DAY }], first: 1001) { count }", "first is 1 to 1000 groups."],
    [
      "a bucket of what is no time",
      "groupBy(keys: [{ field: AMOUNT, bucket: DAY }]) { count }",
      "amount is no date or time, so it has no bucket.",
    ],
    ["hours of a date", "groupBy(keys: [{ field: DAY, bucket: HOUR }]) { count }", "day is a date and has no hours."],
    [
      "a zone of a date",
      'groupBy(keys: [{ field: DAY, bucket: WEEK, timeZone: "UTC" }]) { count }',
      "day is a date, the same in every time zone. Leave timeZone out.",
    ],
    [
      "a zone without a bucket",
      'groupBy(keys: [{ field: AT, timeZone: "UTC" }]) { count }',
      "A timeZone goes with a bucket.",
    ],
    [
      "an offset for a zone",
      'groupBy(keys: [{ field: AT, bucket: DAY, timeZone: "+01:00" }]) { count }',
      'The timeZone "+01:00" is unknown. Name one like Europe/London.',
    ],
    [
      "a long order",
      `groupBy(keys: [{ field: DAY }], orderBy: [${"{ field: COUNT } ".repeat(21)}]) { count }`,
      "orderBy takes at most 20 keys.",
    ],
    [
      "an order by what is no key",
      "groupBy(keys: [{ field: DAY }], orderBy: [{ field: LABEL }]) { count }",
      "Groups can't be ordered by LABEL: it is no key.",
    ],
  ])("of %s are refused with what to do", async (_, question, message) => {
    expect(await refusal(question)).toEqual([null, "BAD_USER_INPUT", message]);
  });

  it.each([
    ["having", null, "having is null. Leave it out to keep every group."],
    ["its count", { count: null }, "having.count is null. Leave it out."],
    ["a function", { sum: null }, "having.sum is null. Leave it out."],
    [
      "an operator",
      { sum: { total: { gt: null } } },
      "having.sum.total.gt is null. Leave the operator out, or use isNull to find rows without a value.",
    ],
  ])("never widen by accident: %s as null is refused", async (_, h, message) => {
    expect(await refusal("groupBy(keys: [{ field: DAY }], having: $h) { count }", { h })).toEqual([
      null,
      "BAD_USER_INPUT",
      message,
    ]);
  });
});

describe("figures", () => {
  it("are made of the rows that the viewer may see", async () => {
    const { data } = await subgraph.ask(member(), "{ things { totalCount aggregate { count sum { total } } } }");
    expect(data.things).toEqual({ totalCount: 0, aggregate: { count: 0, sum: { total: null } } });
  });

  it("cost nothing that isn't selected, in fragments too", async () => {
    const { data, statements } = await subgraph.ask(
      office(),
      `query ($yes: Boolean!) { things(first: 1) { nodes { total } aggregate @skip(if: $yes) { count } ...F } }
       fragment F on ThingConnection {
         figures: aggregate @include(if: $yes) { ... on ThingAggregate { max { total amount @skip(if: $yes) } } }
       }`,
      { yes: true },
    );
    expect(data.things.figures).toEqual({ max: { total: 1000 } });
    expect(statements).toBe(2);
  });

  it("of which none is selected, or none is shown, read no row, and their conditions are held all the same", async () => {
    const fields = thingList.fields as { amount?: object };
    const { amount } = fields;
    fields.amount = { ...amount, visibleTo: () => false };
    try {
      const { data, errors, statements } = await ask(
        "none: aggregate { __typename sum { __typename } } withheld: aggregate { sum { amount } }",
      );
      expect(data.things.none).toEqual({ __typename: "ThingAggregate", sum: { __typename: "ThingSum" } });
      expect([data.things.withheld, errors?.length, statements]).toEqual([{ sum: { amount: null } }, 1, 0]);
      const where = "{ things(where: { amount: { gt: 1 } }) { aggregate { __typename } } }";
      const refused = await subgraph.ask(office(), where);
      expect(refused.errors?.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN"]);
    } finally {
      Object.assign(fields, { amount });
    }
  });

  it("that are withheld from the viewer are null with FORBIDDEN, and the others stay", async () => {
    const fields = thingList.fields as { amount?: object };
    const { amount } = fields;
    fields.amount = { ...amount, visibleTo: () => false };
    try {
      const { data, errors } = await ask("aggregate { count sum { amount total } }");
      expect(data.things.aggregate).toEqual({ count: 1001, sum: { amount: null, total: 500_500 } });
      expect(errors?.map(({ path, extensions }) => [path?.join("."), extensions.code])).toEqual([
        ["things.aggregate.sum.amount", "FORBIDDEN"],
      ]);
      for (const groups of [
        "groupBy(keys: [{ field: AMOUNT }]) { count }",
        "groupBy(keys: [{ field: DAY }], having: { sum: { amount: { gt: 0 } } }) { count }",
        "groupBy(keys: [{ field: DAY }], orderBy: [{ field: AVG_AMOUNT }]) { count }",
      ])
        expect((await ask(groups)).errors?.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN"]);
    } finally {
      Object.assign(fields, { amount });
    }
  });

  it("are for one parent when it is of a type that no row can have: nothing", async () => {
    const { data } = await subgraph.ask(
      office(),
      `query ($id: ID!) { box(id: $id) { things { aggregate { count max { total } } } } }`,
      { id: newGlobalId("Person") },
    );
    expect(data.box.things.aggregate).toEqual({ count: 0, max: { total: null } });
  });
});
