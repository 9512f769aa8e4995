import { describe, expect, it } from "@jest/globals";
import { buildSchema, parse, validate } from "graphql";
import { createDepthRule } from "./depth.ts";

const schema = buildSchema("type Query { a: Query b: Int }");
const errorsOf = (document: string): readonly string[] =>
  validate(schema, parse(document), [createDepthRule(3)]).map(({ message }) => message);

describe("the depth rule", () => {
  it("lets an operation of the allowed depth pass", () => {
    expect(errorsOf("{ a { a { b } } }")).toEqual([]);
  });

  it("refuses one that is a field deeper, in any operation of the document", () => {
    expect(errorsOf("query One { b } query Two { a { a { a { b } } } }")).toEqual([
      expect.stringContaining("more than 3 fields deep"),
    ]);
  });

  it("follows fragments, named and inline", () => {
    expect(errorsOf("{ a { ...F } } fragment F on Query { ... { a { a { b } } } }")).toHaveLength(1);
    expect(errorsOf("{ a { ...F } } fragment F on Query { ... { a { b } } }")).toEqual([]);
  });

  it("ends on fragments that spread themselves", () => {
    expect(errorsOf("{ ...F } fragment F on Query { a { ...F } }")).toHaveLength(1);
  });

  it("measures fragments once, however often they spread one another", () => {
    const doubling = Array.from({ length: 60 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`).join(
      " ",
    );
    expect(errorsOf(`{ ...F0 } ${doubling} fragment F60 on Query { b }`)).toEqual([]);
  });
});
