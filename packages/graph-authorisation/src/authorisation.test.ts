import { describe, expect, it } from "@jest/globals";
import { type DocumentNode, parse, print } from "graphql";
import { AuthorisationRefused, createAuthorisation, splitSupergraph } from "./index.ts";
import { implies, type Clause } from "./requirement.ts";

const LINKS = `schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION)
  @link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY) @link(url: "https://specs.apollo.dev/requiresScopes/v0.1", for: SECURITY)
  @link(url: "https://specs.apollo.dev/policy/v0.1", for: SECURITY) { query: Query mutation: Mutation subscription: Subscription }`;
const TYPES = `
  type Query { node: Node orders: [Order!]! order: Order secret: Secret find: [Found] note: String @authenticated open: Int both: Both any: Any }
  type Mutation @requiresScopes(scopes: [["write"]]) { change: Int }
  type Subscription { changed: Order }
  interface Node { id: ID label: String }
  type Order implements Node { id: ID! label: String total: Int @requiresScopes(scopes: [["read", "money"], ["admin"]]) cost: Int! @policy(policies: [["staff"]]) }
  type Secret @authenticated { id: ID! name: String }
  type Shelf implements Node { id: ID label: String @authenticated }
  union Found = Order | Secret
  type Both { left: Order! right: Colour }
  enum Colour @authenticated { RED }
  interface Hidden { id: ID }
  type Vault implements Hidden @authenticated { id: ID }
  type Box implements Hidden { id: ID }
  union Any = Box | Order`;
const authorisation = createAuthorisation(splitSupergraph(LINKS + TYPES));
const nobody = authorisation.caller({ authenticated: false, scopes: [], policies: [] });
const signedIn = authorisation.caller({ authenticated: true, scopes: [], policies: [] });

const asked = (text: string, caller = nobody): string => {
  const filtered = authorisation.filter(parse(text), undefined, caller);
  if (filtered === undefined) return "as it stands";
  return filtered.document === null ? "nothing" : print(filtered.document).replaceAll(/\s+/g, " ");
};
const answered = (text: string, data: object, variables = {}, caller = nobody): object => {
  const { data: restored, errors } = authorisation
    .filter(parse(text), undefined, caller)!
    .restore({ ...data }, variables);
  return { data: structuredClone(restored), paths: errors.map(({ path }) => path?.join(".")) };
};

describe("what reaches the planner", () => {
  it.each([
    ["a field", "{ open note }", "{ open }"],
    ["a field under an alias", "{ open: note x: open }", "{ x: open }"],
    ["a type that a field returns", "{ open secret { id } }", "{ open }"],
    ["an enum that a field returns", "{ both { left { id } right } }", "{ both { left { id } } }"],
    [
      "a field of an interface when one implementer withholds it",
      "{ node { id label } }",
      "{ node { id authorisedType: __typename } }",
    ],
    [
      "a fragment on a withheld type",
      "{ find { ... on Secret { id } ... on Order { id } } }",
      "{ find { ... on Order { id } authorisedType: __typename } }",
    ],
    [
      "a fragment on a type that one implementer withholds, whatever stands within",
      "{ any { ... on Hidden { ... on Box { id } } ... on Order { id } } }",
      "{ any { ... on Order { id } authorisedType: __typename } }",
    ],
    [
      "what a named fragment has, and the fragment where nothing is left",
      "{ order { ...A ...B } } fragment A on Order { id total } fragment B on Order { cost }",
      "{ order { ...A } } fragment A on Order { id }",
    ],
    ["a whole operation by its root type", "mutation { change }", "nothing"],
    ["everything there is", "{ note secret { id } }", "nothing"],
  ])("leaves out %s", (_what, text, left) => expect(asked(text)).toBe(left));

  it("keeps an object whose selections are all withheld, so that it still is null or not", () => {
    expect(asked("{ orders { total } }")).toBe("{ orders { authorisedType: __typename } }");
  });

  it("drops variables that nothing uses any more, and other operations", () => {
    const text = "query A($x: Boolean!, $y: Boolean!) { open @skip(if: $y) note @include(if: $x) } query B { open }";
    const filtered = authorisation.filter(parse(text), "A", nobody)!;
    expect(print(filtered.document!).replaceAll(/\s+/g, " ")).toBe("query A($y: Boolean!) { open @skip(if: $y) }");
  });

  it("is the document itself where nothing is withheld, and for subscriptions and deferred parts what is left of them", () => {
    expect(asked("{ open node { id } }")).toBe("as it stands");
    expect(asked("{ note }", signedIn)).toBe("as it stands");
    expect(asked("subscription { changed { id total } }")).toBe("subscription { changed { id } }");
    expect(asked("{ order { id ... @defer { total } ... @defer { label cost } } }")).toBe(
      "{ order { id ... @defer { label } } }",
    );
  });

  it("asks for scopes as OR of ANDs, and for policies as the host decides", () => {
    const order = (scopes: string[], policies: string[] = []): string =>
      asked("{ order { total cost } }", authorisation.caller({ authenticated: true, scopes, policies }));
    expect(order(["read"])).toBe("{ order { authorisedType: __typename } }");
    expect(order(["money", "read"])).toBe("{ order { total } }");
    expect(order(["admin"], ["staff"])).toBe("as it stands");
    expect([...authorisation.policies]).toEqual(["staff"]);
  });

  it("asks for types at a key that the document doesn't have", () => {
    expect(asked("{ find { ... on Order { authorisedType: id } ... on Secret { id } } }")).toContain(
      "authorisedType_: __typename",
    );
  });
});

describe("what the caller gets", () => {
  it("is null with an error and its path in each place, in the order that was asked", () => {
    expect(answered("{ note orders { total id } }", { orders: [{ id: 1 }, { id: 2 }] })).toEqual({
      data: {
        note: null,
        orders: [
          { total: null, id: 1 },
          { total: null, id: 2 },
        ],
      },
      paths: ["note", "orders.0.total", "orders.1.total"],
    });
    expect(Object.keys(authorisation.filter(parse("{ note open }"), null, nobody)!.restore({ open: 1 }).data!)).toEqual(
      ["note", "open"],
    );
  });

  it("has null where the schema's non-null takes it", () => {
    expect(answered("{ order { id cost } }", { order: { id: 1 } })).toEqual({
      data: { order: null },
      paths: ["order.cost"],
    });
    expect(answered("{ both { left { id cost } } }", { both: { left: { id: 1 } } })).toEqual({
      data: { both: null },
      paths: ["both.left.cost"],
    });
    expect(answered("{ orders { cost } }", { orders: [{ authorisedType: "Order" }] })).toEqual({
      data: null,
      paths: ["orders.0.cost"],
    });
    expect(answered("{ orders { cost } }", { orders: [] })).toEqual({ data: { orders: [] }, paths: [] });
  });

  it("has no object that turned out to be of a withheld type, asked only for its __typename", () => {
    expect(
      answered("{ find { __typename } }", {
        find: [
          { __typename: "Secret", authorisedType: "Secret" },
          { __typename: "Order", authorisedType: "Order" },
          null,
        ],
      }),
    ).toEqual({
      data: { find: [null, { __typename: "Order" }, null] },
      paths: ["find.0"],
    });
  });

  it("has what another selection of the same field may show, and no more beneath it", () => {
    const data = { node: { authorisedType: "Order", label: "L" } };
    expect(answered("{ node { label ... on Order { label } } }", data)).toEqual({
      data: { node: { label: "L" } },
      paths: [],
    });
    expect(answered("{ node { label ... on Order { label } } }", { node: { authorisedType: "Shelf" } })).toEqual({
      data: { node: { label: null } },
      paths: ["node.label"],
    });
  });

  it("is found in a moment however often fragments spread one another", () => {
    const doubling = Array.from({ length: 60 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`).join(
      " ",
    );
    const text = `{ ...F0 } ${doubling} fragment F60 on Query { open note }`;
    expect(answered(text, { open: 1 })).toEqual({ data: { open: 1, note: null }, paths: ["note"] });
  });

  it("has no null for what the caller skipped", () => {
    const text = "query ($x: Boolean = false) { open note @include(if: $x) }";
    expect(answered(text, { open: 1 })).toEqual({ data: { open: 1 }, paths: [] });
    expect(answered(text, { open: 1 }, { x: true })).toEqual({ data: { open: 1, note: null }, paths: ["note"] });
  });

  it("tells a thousand places one by one and the rest in one error", () => {
    const orders = Array.from({ length: 1_500 }, (_, id) => ({ id }));
    const { errors } = authorisation.filter(parse("{ orders { id total } }"), null, nobody)!.restore({ orders });
    expect(errors).toHaveLength(1_001);
    expect(errors[1_000]!.message).toContain("500 more places");
  });

  it("is refused with one error for each coordinate, where the host refuses", () => {
    const { refusals } = authorisation.filter(parse("{ a: note b: note order { total } }"), null, nobody)!;
    expect(
      refusals.map(({ message, extensions, locations }) => [message, extensions["code"], locations?.length]),
    ).toEqual([
      ["Query.note is withheld from you: it needs a caller who is signed in.", "UNAUTHORIZED_FIELD_OR_TYPE", 2],
      [
        "Order.total is withheld from you: it needs the scope money and the scope read, or the scope admin.",
        "UNAUTHORIZED_FIELD_OR_TYPE",
        1,
      ],
    ]);
  });
});

describe("what is remembered", () => {
  it("for one kind of caller never serves another: ten thousand shuffled pairs, most of them forgotten in between", () => {
    const small = createAuthorisation(splitSupergraph(LINKS + TYPES), { mostRemembered: 20 });
    const documents = [
      "{ note open }",
      "{ order { id total cost } }",
      "{ node { id label } open }",
      "{ open find { ... on Secret { id } ... on Order { total } } }",
      "query A { note } query B { open secret { id } }",
    ].map((text) => parse(text));
    const claims = Array.from({ length: 32 }, (_, bits) => ({
      authenticated: (bits & 1) > 0,
      scopes: ["read", "money", "admin", "unrelated"].filter((_, at) => (bits >> 1) & (1 << at)),
      policies: bits % 3 === 0 ? ["staff"] : [],
    }));
    const text = (of: typeof small, document: DocumentNode, each: (typeof claims)[number], name: string): string => {
      const filtered = of.filter(document, document.definitions.length > 1 ? name : null, of.caller(each));
      return filtered === undefined
        ? "as it stands"
        : `${filtered.hash} ${filtered.document && print(filtered.document)}`;
    };
    const pairs = documents.flatMap((document) =>
      claims.flatMap((each) => ["A", "B"].map((name) => ({ document, each, name }))),
    );
    const fresh = pairs.map(({ document, each, name }) =>
      text(createAuthorisation(splitSupergraph(LINKS + TYPES)), document, each, name),
    );
    expect(new Set(fresh).size).toBeGreaterThan(9);
    let state = 7;
    for (let at = 0; at < 10_000; at++) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      const index = (state >>> 8) % pairs.length;
      const { document, each, name } = pairs[index]!;
      expect(text(small, document, each, name)).toBe(fresh[index]);
    }
  });

  it("is one for callers whose scopes make no difference", () => {
    const caller = (scopes: string[]): string =>
      authorisation.caller({ authenticated: true, scopes, policies: [] }).kind;
    expect(caller(["unrelated", "read"])).toBe(caller([]));
    expect(caller(["admin"])).not.toBe(caller([]));
  });

  it("is bounded by the length of what is remembered too", () => {
    const short = createAuthorisation(splitSupergraph(LINKS + TYPES), { mostCharacters: 30 });
    const [one, two, long] = ["{ note open }", "{ open note }", `{ note ${"open ".repeat(20)} }`].map((text) =>
      parse(text),
    );
    const kept = (document: DocumentNode): boolean =>
      short.filter(document, null, nobody) === short.filter(document, null, nobody);
    expect([kept(one!), kept(two!), kept(long!)]).toEqual([true, true, false]);
    const first = short.filter(one!, null, nobody);
    short.filter(two!, null, nobody);
    expect(short.filter(one!, null, nobody)).not.toBe(first);
  });

  it("is the same answer for the same document", () => {
    const document = parse("{ note open }");
    expect(authorisation.filter(document, null, nobody)).toBe(authorisation.filter(document, null, nobody));
  });
});

describe("at the start", () => {
  const start = (types: string): unknown =>
    createAuthorisation(splitSupergraph(`${LINKS} type Mutation { a: Int } type Subscription { a: Int } ${types}`));

  it("refuses rules for a coordinate that the supergraph doesn't have", () => {
    const { rules } = splitSupergraph(LINKS + TYPES);
    const other = splitSupergraph(LINKS + TYPES.replace("note: String @authenticated", ""));
    expect(() => createAuthorisation({ supergraph: other.supergraph, rules })).toThrow("Query.note");
    expect(() => createAuthorisation({ supergraph: other.supergraph, rules: new Map([["Found", []]]) })).toThrow(
      AuthorisationRefused,
    );
  });

  it.each([
    ["a field", 'b: Int @authenticated c: Int @join__field(graph: A, requires: "b")', "A.b"],
    ["a field beneath another", 'd: D c: Int @join__field(graph: A, requires: "d { e }")', "D.e"],
    ["a type that a required field returns", 's: S c: Int @join__field(graph: A, requires: "s { id }")', "A.s"],
    [
      "one of several ways alone",
      'b: Int @requiresScopes(scopes: [["x", "y"], ["z"]]) c: Int @requiresScopes(scopes: [["x"], ["z"]]) @join__field(graph: A, requires: "b")',
      "A.b",
    ],
    ["a type in a fragment", 'f: [F] c: Int @join__field(graph: A, requires: "f { ... on S { id } }")', "S"],
  ])("refuses a field that requires %s which asks for more than it does itself", (_what, fields, named) => {
    const types = `type Query { a: A } type A { id: ID ${fields} } type D { e: Int @authenticated } type S @authenticated { id: ID } union F = S | D`;
    expect(() => start(types)).toThrow(AuthorisationRefused);
    expect(() => start(types)).toThrow(`A.c requires ${named}`);
  });

  it("takes one that asks for as much, by itself, its type or what it returns", () => {
    start(
      'type Query { a: A } type A { b: Int @requiresScopes(scopes: [["x"], ["y"]]) c: Int @requiresScopes(scopes: [["x", "z"]]) @join__field(graph: A, requires: "b") }',
    );
    start(
      'type Query { a: A } type A @authenticated { b: Int @authenticated c: Int @join__field(graph: A, requires: "b") }',
    );
    start(
      'type Query { a: A } type A { b: Int @authenticated c: E @join__field(graph: A, requires: "b") } enum E @authenticated { ONE }',
    );
  });

  it("refuses a type that several subgraphs join by a key which asks for more than the type does", () => {
    const type = (rule: string): string =>
      `type Query { a: A } type A @join__type(graph: A, key: "id") @join__type(graph: B, key: "id") ${rule} { id: ID @authenticated b: Int }`;
    expect(() => start(type(""))).toThrow("A, by its key, requires A.id");
    start(type("@authenticated"));
  });
});

describe("an implication", () => {
  const clause = (...any: string[]): Clause =>
    any.map((all) => Array.from(all).map((name) => `scope:${name}` as const));
  it("holds where every way through the given clauses meets the wanted one", () => {
    expect(implies([clause("ab")], clause("a", "c"))).toBe(true);
    expect(implies([clause("a", "b")], clause("a"))).toBe(false);
    expect(implies([clause("a", "b"), clause("c")], clause("ac", "bc"))).toBe(true);
    expect(implies([], clause("a"))).toBe(false);
  });

  it("counts as not given where it would take for ever", () => {
    const many = Array.from({ length: 40 }, (_, at) =>
      clause(...[...Array(8).keys()].map((each) => String.fromCodePoint(300 + at * 8 + each))),
    );
    expect(implies(many, clause("a"))).toBe(false);
  });
});
