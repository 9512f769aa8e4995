import { describe, expect, it } from "@jest/globals";
import { getIntrospectionQuery } from "graphql";
import {
  type OperationLimitCode,
  type OperationLimits,
  createOperationCheck,
  defaultOperationLimits,
  operationLimitCodes,
} from "./operation-check.ts";

const off: OperationLimits = {
  characters: undefined,
  tokens: undefined,
  operations: undefined,
  variables: undefined,
  depth: undefined,
  selections: undefined,
  rootFields: undefined,
  aliases: undefined,
  directives: undefined,
  overlaps: undefined,
};

/** What a limit of three lets pass, and what is one too many. */
const cases: readonly [limit: keyof OperationLimits, code: OperationLimitCode, passes: string, refused: string][] = [
  ["characters", "DOCUMENT_TOO_LONG", "{a}", "{ab}"],
  ["tokens", "TOO_MANY_TOKENS", "{a}", "{a b}"],
  [
    "operations",
    "TOO_MANY_OPERATIONS",
    "query A {a} query B {a} query C {a}",
    "query A {a} query B {a} query C {a} {a}",
  ],
  [
    "variables",
    "TOO_MANY_VARIABLES",
    "query($a: A $b: A $c: A) {a}",
    "query($a: A $b: A $c: A) {a} query($a: A $b: A $c: A $d: A) {a}",
  ],
  ["depth", "OPERATION_TOO_DEEP", "{a {a {a}} a}", "{a} query B {...F} fragment F on Q {a {... {a {a {a}}}}}"],
  [
    "selections",
    "TOO_MANY_SELECTIONS",
    "{a ...F} fragment F on Q {a {a}}",
    "{...F ...F} fragment F on Q {...G} fragment G on Q {a ... {a}}",
  ],
  [
    "rootFields",
    "TOO_MANY_ROOT_FIELDS",
    "{a {a b c d} ...F} fragment F on Q {a a}",
    "{a ...F ...F a} fragment F on Q {a}",
  ],
  ["aliases", "TOO_MANY_ALIASES", "{x: a y: b {z: a} a b}", "{...F ...F} fragment F on Q {x: a y: b}"],
  [
    "directives",
    "TOO_MANY_DIRECTIVES",
    "query @d {a @d ...F @d}  fragment F on Q {a}",
    "query($a: A @d) @d {a ... @d {a} ...F} fragment F on Q {a @d}",
  ],
  [
    "overlaps",
    "TOO_MANY_OVERLAPS",
    "{a {b} a {b c} x: a {b c} ...F} fragment F on Q {c c}",
    "{a {b} ... {a {b}} ...F} fragment F on Q {c: a a {b ...F}}",
  ],
];

describe("a limit on operations", () => {
  it.each(cases)("of three %s refuses the fourth as %s, and nothing else does", (limit, code, passes, refused) => {
    const check = createOperationCheck({ ...off, [limit]: 3 });
    expect(check(passes)).toBeUndefined();
    expect(check(refused)).toEqual({ code, message: expect.stringContaining("more than 3 ") });
    expect(check(refused)?.code).toBe(code); // remembered
    expect(createOperationCheck(off)(refused)).toBeUndefined();
  });

  it("exists for every code", () => {
    expect(cases.map(([, code]) => code).toSorted()).toEqual([...operationLimitCodes].toSorted());
  });

  it("counts fragments that spread one another twice in one walk, however many there would be", () => {
    const doubling = Array.from({ length: 100 }, (_, n) => `fragment F${n} on Q {...F${n + 1} ...F${n + 1}}`).join("");
    const document = `{...F0} ${doubling} fragment F100 on Q {a}`;
    expect(createOperationCheck(defaultOperationLimits)(document)?.code).toBe("TOO_MANY_SELECTIONS");
    expect(createOperationCheck({ ...off, depth: 1 })(document)).toBeUndefined();
  });

  it("ends where fields would be looked at without end", () => {
    const doubling = Array.from(
      { length: 60 },
      (_, n) => `fragment F${n} on Q {a: x {...F${n + 1}} b: x {...F${n + 1}}}`,
    );
    const document = `{...F0} ${doubling.join("")} fragment F60 on Q {a}`;
    expect(createOperationCheck({ ...off, overlaps: 1 })(document)?.code).toBe("TOO_MANY_OVERLAPS");
  });

  it("leaves to the parser what is not GraphQL, and to validation what spreads itself or nothing", () => {
    const check = createOperationCheck(defaultOperationLimits);
    for (const document of ["", "{", "{a ~", '{a(b: "', "{...F} fragment F on Q {a {...F}}", "{...Nowhere}"])
      expect(check(document)).toBeUndefined();
  });

  it("by default lets the standard introspection query pass, with everything that can be asked of it", () => {
    const everything = getIntrospectionQuery({
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    });
    expect(createOperationCheck(defaultOperationLimits)(everything)).toBeUndefined();
  });

  it("survives as much nesting as the tokens allow", () => {
    const check = createOperationCheck({ ...defaultOperationLimits, depth: undefined });
    expect(check(`${"{a".repeat(660)}${"}".repeat(660)}`)).toBeUndefined();
    expect(check(`{a(b: ${"[".repeat(990)}${"]".repeat(990)})}`)).toBeUndefined();
  });
});
