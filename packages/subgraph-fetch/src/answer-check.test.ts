import { describe, expect, it } from "@jest/globals";
import { buildSchema } from "graphql";
import { event, schema } from "../test/events-subgraph.ts";
import { type CheckedAnswer, createAnswerCheck } from "./answer-check.ts";

const answers = createAnswerCheck(schema);
const ENTITIES = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on Organisation { id name events { title } } ... on Event { __typename id title } } }`;

function check(query: string, data: unknown, variables: object = {}, errors: object[] = []): CheckedAnswer {
  // As it comes: parsed from a text, so that __proto__ is a key like any other.
  const body = JSON.parse(typeof data === "string" ? data : JSON.stringify(data)) as Record<string, unknown>;
  return answers.check(
    { query, variables: { ...variables } },
    { data: body, errors: errors as Record<string, unknown>[] },
  );
}

const organisation = (id: string): object => ({ __typename: "Organisation", id });
const entities = (...said: unknown[]): CheckedAnswer =>
  check(ENTITIES, { _entities: said }, { representations: [organisation("org_1"), organisation("org_2")] });

describe("an answer", () => {
  it("that is what was asked for is passed on as it is, not copied", () => {
    const query =
      "{ event { id title kind places fee open tags at { __typename name ... on Venue { rooms } } grid notes } }";
    const data = JSON.parse(JSON.stringify({ event })) as Record<string, unknown>;
    const checked = answers.check({ query }, { data, errors: [] });
    expect(checked).toEqual({ data: { event }, findings: [], errors: [] });
    expect(checked.data).toBe(data);
    expect(checked.data!["event"]).toBe(data["event"]);
  });

  it.each([
    ["a key", '{"events":[{"title":"a","id":"evt_9"}]}'],
    ["__proto__", '{"events":[{"title":"a","__proto__":{"id":"evt_9"}}]}'],
    ["__proto__ in escapes", '{"\\u005f_proto__":{"x":1},"events":[{"\\u005f_proto__":{"id":1},"title":"a"}]}'],
    ["constructor", '{"constructor":{"prototype":{"x":1}},"events":[{"title":"a","constructor":1,"toString":"x"}]}'],
    ["another root field", '{"events":[{"title":"a"}],"event":{"title":"b"},"_service":{"sdl":""}}'],
  ])("loses %s that was not asked for", (_what, data) => {
    const checked = check("{ events { title } }", data);
    expect(JSON.stringify(checked.data)).toBe('{"events":[{"title":"a"}]}');
    expect(checked.findings).toEqual([]);
    expect(checked.data!["x"] ?? (checked.data!["events"] as any)[0].id).toBeUndefined();
  });

  it("keeps aliases, even those named like what every object has", () => {
    const query = "{ event { constructor: title __proto__: id toString: places } }";
    const checked = check(query, '{"event":{"constructor":"a","__proto__":"b","toString":1,"title":"c"}}');
    expect(JSON.stringify(checked.data)).toBe('{"event":{"constructor":"a","__proto__":"b","toString":1}}');
    expect(Object.getPrototypeOf(checked.data!["event"])).toBe(Object.prototype);
    const [missing] = check("{ event { constructor: title } }", '{"event":{}}').findings;
    expect(missing).toEqual({ path: ["event", "constructor"], found: "missing" });
  });

  it.each([
    ["a text for a list", { events: "all" }, ["events"], "no list"],
    ["an object for a list", { events: { title: "a" } }, ["events"], "no list"],
    ["a number for an object", { event: 1 }, ["event"], "no object"],
    ["a list for an object", { event: [] }, ["event"], "no object"],
    ["an object for a text", { event: { title: { a: 1 } } }, ["event", "title"], "no String"],
    ["a number for a text", { event: { title: 1 } }, ["event", "title"], "no String"],
    ["a list for a text", { event: { title: ["a"] } }, ["event", "title"], "no String"],
    ["null where none may be", { event: { title: null } }, ["event", "title"], "null where the schema has none"],
    ["nothing where something was asked", { event: {} }, ["event", "title"], "missing"],
  ])("that says %s costs that field, or the nearest that may be null", (_what, data, path, found) => {
    const key = path[0]!;
    const checked = check(`{ ${key} { title } ok: events { id } }`, { ...data, ok: [{ id: "evt_1" }] });
    expect(checked).toEqual({
      data: { [key]: null, ok: [{ id: "evt_1" }] },
      findings: [{ path, found }],
      errors: [],
    });
  });

  it.each([
    ["kind", "LECTURE"],
    ["places", 1.5],
    ["places", 2 ** 31],
    ["fee", "1"],
    ["open", 1],
    ["tags", ["a", null]],
    ["tags", [1]],
    ["grid", [1]],
    ["grid", [[[1]]]],
  ])("with %s: %j costs that field alone", (field, value) => {
    const checked = check(`{ event { title ${field} } }`, { event: { title: "a", [field]: value } });
    expect(checked.data!["event"]).toMatchObject({ title: "a" });
    expect(JSON.stringify(checked.data)).not.toContain(JSON.stringify(value));
    expect(checked.findings).toHaveLength(1);
  });

  it("with a number too large for JSON to write again costs that field", () => {
    expect(check("{ event { fee } }", '{"event":{"fee":1e999}}').data).toEqual({ event: { fee: null } });
  });

  it("may have any JSON in a custom scalar, without prototypes, and not so deep that its reader runs out of stack", () => {
    const notes = '{"a":[{"__proto__":{"x":1},"b":1}]}';
    expect(JSON.stringify(check("{ event { notes } }", `{"event":{"notes":${notes}}}`).data)).toBe(
      '{"event":{"notes":{"a":[{"b":1}]}}}',
    );
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const checked = check("{ event { notes } }", `{"event":{"notes":${deep}}}`);
    expect(checked).toMatchObject({ data: { event: { notes: null } }, findings: [{ found: "no JSON" }] });
  });

  it.each(["Organisation", "Query", "Place", "toString", 1, null, { a: 1 }])(
    "with the __typename %j where a place was asked for costs that place",
    (name) => {
      const query = "{ event { title at { __typename name } } }";
      const checked = check(query, { event: { title: "a", at: { __typename: name, name: "Hall" } } });
      expect(checked.data).toEqual({ event: { title: "a", at: null } });
      expect(checked.findings).toHaveLength(1);
    },
  );

  it("has the fields of its own type, not those asked of another", () => {
    const query =
      "{ event { at { __typename name ... on Venue { rooms } ...online } } } fragment online on Online { link }";
    const at = { __typename: "Venue", name: "Hall", rooms: 2, link: "http://10.0.0.1" };
    expect(check(query, { event: { at } }).data).toEqual({
      event: { at: { __typename: "Venue", name: "Hall", rooms: 2 } },
    });
  });

  it("has what may be there when nobody asked which type it is", () => {
    const query = "{ event { at { name ... on Venue { rooms } ... on Online { link } } } }";
    const at = { name: "Hall", rooms: 2, secret: 1 };
    expect(check(query, { event: { at } })).toMatchObject({
      data: { event: { at: { name: "Hall", rooms: 2 } } },
      findings: [],
    });
  });

  it("has no field that @skip or @include leaves out, whatever the variables' defaults", () => {
    const query =
      "query ($a: Boolean = true, $b: Boolean!) { event { title id @include(if: $a) places @skip(if: $b) fee @skip(if: true) } }";
    const full = { event: { title: "a", id: "b", places: 1, fee: 2 } };
    expect(check(query, full, { b: true }).data).toEqual({ event: { title: "a", id: "b" } });
    expect(check(query, full, { a: false, b: false }).data).toEqual({ event: { title: "a", places: 1 } });
    expect(check(query, full, { a: true, b: false }).data).toEqual({ event: { title: "a", id: "b", places: 1 } });
  });

  it("with a mistake in every row tells of some", () => {
    const checked = check("{ events { places } }", { events: Array.from({ length: 1_000 }, () => ({ places: "x" })) });
    expect(checked.findings).toHaveLength(20);
    expect(new Set((checked.data!["events"] as { places: null }[]).map(({ places }) => places))).toEqual(
      new Set([null]),
    );
  });

  it("that comes with errors is not blamed for its nulls again", () => {
    const error = { message: "away", path: ["event", "title"] };
    expect(check("{ event { title } }", { event: { title: null } }, {}, [error])).toMatchObject({
      data: { event: null },
      findings: [],
    });
  });

  it("of a root type may call it by any name", () => {
    const renamed = createAnswerCheck(buildSchema("schema { query: Root } type Root { a: Int }"));
    const answer = { data: { __typename: "Query", a: 1 }, errors: [] };
    expect(renamed.check({ query: "{ __typename a }" }, answer).findings).toEqual([]);
  });
});

describe("entities", () => {
  const good = { id: "org_1", name: "A", events: [{ title: "a" }] };

  it("are passed on as they were asked for, and null where there is none", () => {
    expect(entities(good, null)).toMatchObject({ data: { _entities: [good, null] }, findings: [] });
  });

  it.each([
    ["fewer", [good]],
    ["more", [good, null, null]],
    ["no", []],
  ])("that are %s than asked for are none", (_what, said) => {
    const found = `${said.length} entities where 2 were asked for`;
    expect(entities(...said)).toMatchObject({ data: null, findings: [{ path: ["_entities"], found }] });
  });

  it("that are no list are none", () => {
    const one = { representations: [organisation("org_1")] };
    expect(check(ENTITIES, { _entities: good }, one).data).toBeNull();
    expect(check(ENTITIES, {}, one)).toMatchObject({ data: null, findings: [{ path: ["_entities"] }] });
  });

  it("that were swapped are null: none may say another key than it was asked about", () => {
    const { data, findings } = entities({ ...good, id: "org_2" }, { ...good, id: "org_1" });
    expect(data).toEqual({ _entities: [null, null] });
    expect(findings).toEqual([
      { path: ["_entities", 0], found: "another id than was asked about" },
      { path: ["_entities", 1], found: "another id than was asked about" },
    ]);
  });

  it("may say a key as a text that was sent as a number", () => {
    const variables = { representations: [{ __typename: "Organisation", id: 7 }] };
    expect(check(ENTITIES, { _entities: [{ ...good, id: "7" }] }, variables).findings).toEqual([]);
  });

  it("may say something else under an alias", () => {
    const query =
      "query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Organisation { id: name } } }";
    const variables = { representations: [organisation("org_1")] };
    expect(check(query, { _entities: [{ id: "A" }] }, variables).findings).toEqual([]);
  });

  it("may not be of another type than was asked about", () => {
    const representations = [{ __typename: "Event", id: "evt_1" }];
    const said = { __typename: "Organisation", id: "evt_1", title: "a" };
    expect(check(ENTITIES, { _entities: [said] }, { representations })).toMatchObject({
      data: { _entities: [null] },
      findings: [{ path: ["_entities", 0], found: "a __typename that cannot be here" }],
    });
  });

  it("cost themselves alone when one is wrong", () => {
    const { data, findings } = entities({ ...good, events: "x" }, { ...good, id: "org_2" });
    expect(data).toEqual({
      _entities: [
        { ...good, events: null },
        { ...good, id: "org_2" },
      ],
    });
    expect(findings).toEqual([{ path: ["_entities", 0, "events"], found: "no list" }]);
  });
});

describe("a subgraph's errors", () => {
  const told = (...errors: object[]): CheckedAnswer["errors"] =>
    check("{ events { title } ok: event { id } }", { events: null, ok: null }, {}, errors).errors;

  it("are code, path, message and id, and nothing else", () => {
    const error = {
      message: "no",
      path: ["events", 0, "title"],
      locations: [{ line: 1, column: 1 }],
      stack: "at /srv",
      extensions: { code: "FORBIDDEN", id: "a-1", stacktrace: ["x"], response: { url: "http://10.0.0.1", body: "x" } },
    };
    expect(told(error)).toEqual([{ message: "no", code: "FORBIDDEN", path: ["events", 0, "title"], id: "a-1" }]);
  });

  it.each([
    [["me", "secret"], undefined],
    [
      ["events", 0, "secret", "x"],
      ["events", 0],
    ],
    [["events", "title"], ["events"]],
    [["events", -1], ["events"]],
    [
      ["ok", "id", "deeper"],
      ["ok", "id"],
    ],
    [["__proto__"], undefined],
    [[{ a: 1 }], undefined],
    ["events", undefined],
    [null, undefined],
  ])("with the path %j lead to %j: no further than was asked", (path, known) => {
    expect(told({ message: "x", path })[0]!.path).toEqual(known);
  });

  it("lead to no entity that was not asked for", () => {
    const variables = { representations: [organisation("org_1")] };
    const errors = [0, 1, 2 ** 40].map((index) => ({ message: "x", path: ["_entities", index, "name"] }));
    const checked = check(ENTITIES, { _entities: [null] }, variables, errors);
    expect(checked.errors.map(({ path }) => path)).toEqual([["_entities", 0, "name"], undefined, undefined]);
  });

  it("that are of wrong kinds are told without what is wrong", () => {
    expect(
      told({ message: { a: 1 }, extensions: "x" }, { extensions: { code: "no such\ncode", id: "<script>" } }),
    ).toEqual([
      { message: "", code: undefined, path: undefined, id: undefined },
      { message: "", code: undefined, path: undefined, id: undefined },
    ]);
  });

  it("that are very many are told in part", () => {
    expect(told(...Array.from({ length: 5_000 }, () => ({ message: "x" })))).toHaveLength(100);
  });
});

describe("an operation", () => {
  it("is a read unless it is a change", () => {
    expect(answers.isRead({ query: "{ events { id } }" })).toBe(true);
    expect(answers.isRead({ query: "query mutation { events { id } }" })).toBe(true);
    expect(answers.isRead({ query: "# query\nmutation query { book }" })).toBe(false);
  });

  it("that does not fit the schema is a mistake of whoever planned it", () => {
    expect(() => check("{ nothing }", { nothing: 1 })).toThrow("no field Query.nothing");
  });
});
