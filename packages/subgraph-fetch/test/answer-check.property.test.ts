import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type ExecutionResult, graphqlSync } from "graphql";
import { type CheckedAnswer, SubgraphFailure, createAnswerCheck } from "../src/index.ts";
import { readResponse } from "../src/graphql-response.ts";
import { parseJson } from "../src/json-only.ts";
import { event, schema } from "./events-subgraph.ts";

// How the long run reaches a test, and a seed to repeat.
const { TEST_LONG, TEST_SEED } = process.env;
const runs = { numRuns: TEST_LONG === "1" ? 10_000 : 500, seed: Number(TEST_SEED ?? Date.now() % 2 ** 31) };

const EVENT =
  "id title kind places fee open tags at { __typename name ... on Venue { rooms } ... on Online { link } } grid notes";
const representations = [
  { __typename: "Organisation", id: "org_1" },
  { __typename: "Event", id: "evt_1" },
];
const operations = [
  { query: `{ events { ${EVENT} } event { constructor: title, __proto__: id } }`, variables: {} },
  {
    query: `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Organisation { __typename id name events { ${EVENT} } } ... on Event { __typename id title } } }`,
    variables: { representations },
  },
];
const honest = operations.map(({ query, variables }) => {
  const entities = [
    { __typename: "Organisation", id: "org_1", name: "A", events: [event] },
    { ...event, __typename: "Event" },
  ];
  const rootValue = { events: [event, event], event, _entities: entities };
  return JSON.stringify(graphqlSync({ schema, source: query, rootValue, variableValues: variables }));
});

/** Everything between an object's key or an array's comma and the next, as a place to spoil. */
const key = fc.constantFrom(
  "__proto__",
  "constructor",
  "toString",
  "id",
  "title",
  "__typename",
  "extra",
  "events",
  "at",
  "_entities",
  "",
);
const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(null, [], {}, "Event", "Venue", "Query", 2 ** 53, -1, 1.5, "http://10.0.0.1/secret", [[]], [{}]),
  fc.dictionary(key, fc.jsonValue({ maxDepth: 1 }), { noNullPrototype: false }),
);

type Mutation = (body: any, text: string) => string | undefined;

/** Goes down a way that the numbers choose and does something there. */
const structural: fc.Arbitrary<Mutation> = fc
  .record({
    way: fc.array(fc.nat(), { minLength: 1, maxLength: 8 }),
    what: fc.constantFrom("set", "add", "delete", "duplicate", "swap"),
    key,
    value,
  })
  .map(({ way, what, key: name, value: put }) => (body) => {
    let at: any = body;
    let parent: any;
    let step: any;
    for (const number of way) {
      if (typeof at !== "object" || at === null || Object.keys(at as object).length === 0) break;
      parent = at;
      const keys = Object.keys(at as object);
      step = keys[number % keys.length];
      at = at[step];
    }
    if (parent === undefined) return undefined;
    if (what === "set") parent[step] = put;
    else if (what === "delete" && Array.isArray(parent)) parent.splice(Number(step), 1);
    else if (what === "delete") delete parent[step];
    else if (what === "duplicate" && Array.isArray(parent)) parent.push(at);
    else if (what === "swap" && Array.isArray(parent)) parent.reverse();
    else if (!Array.isArray(parent))
      Object.defineProperty(parent, name, { value: put, enumerable: true, configurable: true, writable: true });
    return undefined;
  });

const textual: fc.Arbitrary<Mutation> = fc
  .record({
    at: fc.nat(),
    length: fc.nat({ max: 12 }),
    put: fc.oneof(
      fc.string({ maxLength: 4 }),
      fc.constantFrom('"', "{", "}", "[", "]", ",", "null", "1e999", '"__proto__":{"polluted":1},'),
    ),
  })
  .map(({ at, length, put }) => (_body, text) => {
    const from = at % (text.length + 1);
    return text.slice(0, from) + put + text.slice(from + length);
  });

const spoiled = fc.record({
  which: fc.nat({ max: operations.length - 1 }),
  mutations: fc.array(fc.oneof({ weight: 4, arbitrary: structural }, { weight: 1, arbitrary: textual }), {
    minLength: 1,
    maxLength: 4,
  }),
});

const answers = createAnswerCheck(schema);
const prototypes = JSON.stringify(
  [Reflect.ownKeys(Object.prototype), Reflect.ownKeys(Array.prototype)].map((keys) => keys.map(String)),
);

function receive(which: number, body: string): CheckedAnswer | undefined {
  try {
    return answers.check(operations[which]!, readResponse(200, parseJson(Buffer.from(body))));
  } catch (error) {
    if (error instanceof SubgraphFailure) return undefined;
    throw error;
  }
}

describe("a body, whatever was done to it,", () => {
  it("becomes an answer in the shape that was asked for, or a refusal, and leaves no trace", () => {
    let understood = 0;
    fc.assert(
      fc.property(spoiled, ({ which, mutations }) => {
        let body = honest[which]!;
        for (const mutate of mutations) {
          let parsed: unknown;
          try {
            parsed = JSON.parse(body);
          } catch {
            break;
          }
          body = mutate(parsed, body) ?? JSON.stringify(parsed);
        }
        const checked = receive(which, body);
        expect(
          JSON.stringify(
            [Reflect.ownKeys(Object.prototype), Reflect.ownKeys(Array.prototype)].map((keys) => keys.map(String)),
          ),
        ).toBe(prototypes);
        expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
        if (!checked) return;
        understood++;
        fits(which, checked);
      }),
      runs,
    );
    expect(understood).toBeGreaterThan(runs.numRuns / 4);
  });

  it("that is honest is what it was", () => {
    for (const [which, body] of honest.entries()) {
      const checked = receive(which, body)!;
      expect(checked.findings).toEqual([]);
      expect(JSON.stringify(checked.data)).toBe(JSON.stringify((JSON.parse(body) as ExecutionResult).data));
      fits(which, checked);
    }
  });
});

/** Written down by hand, so that it can't be wrong where the check is. */
function fits(which: number, { data }: CheckedAnswer): void {
  if (data === null) return;
  // What is passed on must be JSON, whatever it came from.
  expect(JSON.parse(JSON.stringify(data))).toBeDefined();
  if (which === 0) {
    keysOf(data, ["events", "event"]);
    list(data["events"], anEvent);
    const single = data["event"] as Record<string, unknown> | null;
    if (single !== null) keysOf(single, ["constructor", "__proto__"]);
    if (single !== null) for (const part of Object.values(single)) expect(["string", "number"]).toContain(typeof part);
    return;
  }
  keysOf(data, ["_entities"]);
  const [organisation, other] = data["_entities"] as (Record<string, unknown> | null)[];
  expect(data["_entities"]).toHaveLength(2);
  if (organisation) {
    keysOf(organisation, ["__typename", "id", "name", "events"]);
    expect(organisation).toMatchObject({ __typename: "Organisation", id: "org_1" });
    list(organisation["events"], anEvent);
  }
  if (other) {
    keysOf(other, ["__typename", "id", "title"]);
    expect(other).toMatchObject({ __typename: "Event", id: "evt_1" });
  }
}

function anEvent(said: Record<string, unknown>): void {
  keysOf(said, ["id", "title", "kind", "places", "fee", "open", "tags", "at", "grid", "notes"]);
  expect(["string", "number"]).toContain(typeof said["id"]);
  expect(typeof said["title"]).toBe("string");
  expect([null, "TALK", "WORKSHOP"]).toContain(said["kind"]);
  expect(said["places"] === null || Number.isInteger(said["places"])).toBe(true);
  expect(said["fee"] === null || Number.isFinite(said["fee"])).toBe(true);
  expect([null, true, false]).toContain(said["open"]);
  list(said["tags"], (tag) => expect(typeof tag).toBe("string"));
  list(said["grid"], (row) => list(row, (cell) => expect(cell === null || Number.isInteger(cell)).toBe(true)));
  const at = said["at"] as Record<string, unknown> | null;
  if (at === null) return;
  expect(["Venue", "Online"]).toContain(at["__typename"]);
  keysOf(at, ["__typename", "name", at["__typename"] === "Venue" ? "rooms" : "link"]);
}

function keysOf(object: Record<string, unknown>, allowed: readonly string[]): void {
  expect(Object.keys(object).filter((name) => !allowed.includes(name))).toEqual([]);
}

function list(values: unknown, each: (value: any) => void): void {
  if (values === null) return;
  expect(Array.isArray(values)).toBe(true);
  for (const item of values as unknown[]) if (item !== null) each(item);
}
