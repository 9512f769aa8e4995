import { describe, expect, it } from "@jest/globals";
import { AuthorisationRefused } from "./authorisation.errors.ts";
import { splitSupergraph } from "./split-supergraph.ts";

const LINK = '@link(url: "https://specs.apollo.dev/link/v1.0")';
const own = (name: string, more = ""): string =>
  `@link(url: "https://specs.apollo.dev/${name}/v0.1", for: SECURITY${more})`;
const sdl = (links: string, types: string): string => `schema ${LINK} ${links} { query: Query } ${types}`;
const rulesOf = (text: string): object => Object.fromEntries(splitSupergraph(text).rules);

describe("splitting a supergraph", () => {
  it("takes the rules out and leaves an SDL that says nothing of them", () => {
    const { supergraph, rules } = splitSupergraph(
      sdl(
        own("authenticated") + own("requiresScopes") + own("policy"),
        `directive @authenticated on FIELD_DEFINITION directive @requiresScopes(scopes: [[requiresScopes__Scope!]!]!) on OBJECT
         directive @policy(policies: [[policy__Policy!]!]!) on ENUM scalar requiresScopes__Scope scalar policy__Policy
         type Query { a: A @authenticated } type A @requiresScopes(scopes: [["y", "x"], ["z"]]) { e: E @deprecated }
         enum E @policy(policies: [["p"]]) { ONE }`,
      ),
    );
    expect(Object.fromEntries(rules)).toEqual({
      "Query.a": [[["authenticated"]]],
      A: [[["scope:x", "scope:y"], ["scope:z"]]],
      E: [[["policy:p"]]],
    });
    expect(supergraph).not.toMatch(/authenticated|requiresScopes|policy/i);
    expect(supergraph).toContain("@deprecated");
  });

  it.each([
    ["by the link's `as`", ', as: "signedIn"', "@signedIn"],
    ["by its import", ', import: [{name: "@authenticated", as: "@member"}]', "@member"],
    ["by the import where both are given", ', as: "x", import: ["@authenticated"]', "@authenticated"],
  ])("finds a directive by its specification's URL, renamed %s", (_how, more, used) => {
    const text = sdl(own("authenticated", more), `type Query { a: Int ${used} }`);
    expect(rulesOf(text)).toEqual({ "Query.a": [[["authenticated"]]] });
    expect(splitSupergraph(text).supergraph).not.toContain(used);
  });

  it("finds the links where the linking directive itself is renamed, and by the older @core", () => {
    const renamed = `schema @spec(url: "https://specs.apollo.dev/link/v1.0", as: "spec")
      @spec(url: "https://specs.apollo.dev/authenticated/v0.1", as: "in", for: SECURITY) { query: Query } type Query { a: Int @in }`;
    const core = `schema @core(feature: "https://specs.apollo.dev/core/v0.2")
      @core(feature: "https://specs.apollo.dev/authenticated/v0.1", as: "in", for: SECURITY) { query: Query } type Query { a: Int @in }`;
    for (const text of [renamed, core]) expect(rulesOf(text)).toEqual({ "Query.a": [[["authenticated"]]] });
  });

  it("lets another specification have a directive of the same name, which is no rule then", () => {
    const text = sdl('@link(url: "https://example.org/policy/v1.0")', "type Query { a: Int @policy(text: 3) }");
    expect(splitSupergraph(text)).toEqual({ supergraph: text, rules: new Map() });
  });

  it("reads a single value where a list is expected as a list of one, and an empty list as asking nothing", () => {
    const text = sdl(
      own("requiresScopes"),
      'type Query { a: Int @requiresScopes(scopes: "x") b: Int @requiresScopes(scopes: ["x", "y"]) c: Int @requiresScopes(scopes: []) d: Int @requiresScopes(scopes: [["x"], []]) }',
    );
    expect(rulesOf(text)).toEqual({
      "Query.a": [[["scope:x"]]],
      "Query.b": [[["scope:x"], ["scope:y"]]],
      "Query.c": [],
      "Query.d": [],
    });
  });

  it("reads what extensions say", () => {
    const text = sdl(
      own("authenticated"),
      "type Query { a: Int } extend type Query @authenticated { b: Int @authenticated }",
    );
    expect(rulesOf(text)).toEqual({ Query: [[["authenticated"]]], "Query.b": [[["authenticated"]]] });
  });

  it.each([
    [
      "a security feature that it doesn't know",
      sdl('@link(url: "https://example.org/lock/v1.0", for: SECURITY)', "type Query { a: Int }"),
      "lock",
    ],
    [
      "a version of its own features that it doesn't know",
      sdl('@link(url: "https://specs.apollo.dev/authenticated/v0.2", for: SECURITY)', "type Query { a: Int }"),
      "authenticated/v0.2",
    ],
    [
      "such a version without a purpose",
      sdl('@link(url: "https://specs.apollo.dev/policy/v1.0")', "type Query { a: Int }"),
      "policy/v1.0",
    ],
    ["a directive with a known name that nothing links", sdl("", "type Query { a: Int @authenticated }"), "no @link"],
    ["one in a schema without any link", "type Query { a: Int @policy(policies: []) }", "no @link"],
    [
      "the old name of a directive that is renamed",
      sdl(own("authenticated", ', as: "in"'), "type Query { a: Int @authenticated }"),
      "no @link",
    ],
    [
      "two features under one name",
      sdl(own("authenticated", ', as: "in"') + own("policy", ', as: "in"'), "type Query { a: Int @in }"),
      "two directives at once",
    ],
    [
      "a feature that is linked twice",
      sdl(own("policy") + own("policy", ', as: "in"'), "type Query { a: Int }"),
      "twice",
    ],
    [
      "a rule on a union",
      sdl(own("authenticated"), "type Query { u: U } union U @authenticated = Query"),
      "protects nothing",
    ],
    [
      "a rule on an argument",
      sdl(own("authenticated"), "type Query { a(b: Int @authenticated): Int }"),
      "protects nothing",
    ],
    [
      "a rule on an input field",
      sdl(own("authenticated"), "type Query { a: Int } input I { b: Int @authenticated }"),
      "protects nothing",
    ],
    [
      "scopes that are not text",
      sdl(own("requiresScopes"), "type Query { a: Int @requiresScopes(scopes: [[X]]) }"),
      "Query.a",
    ],
    [
      "scopes under another argument",
      sdl(own("requiresScopes"), 'type Query { a: Int @requiresScopes(scope: [["x"]]) }'),
      "Query.a",
    ],
    ["no scopes", sdl(own("requiresScopes"), "type Query { a: Int @requiresScopes }"), "Query.a"],
    [
      "arguments where there are none",
      sdl(own("authenticated"), "type Query { a: Int @authenticated(if: false) }"),
      "Query.a",
    ],
  ])("refuses %s", (_what, text, said) => {
    expect(() => splitSupergraph(text)).toThrow(AuthorisationRefused);
    expect(() => splitSupergraph(text)).toThrow(said);
  });
});
