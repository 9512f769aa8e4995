import { describe, expect, it } from "@jest/globals";
import { buildSchema, getOperationAST, parse } from "graphql";
import { countValues } from "./values.ts";

const schema = buildSchema(`
  type Query { items(first: Int, last: Int): ItemConnection  one: Item  node: Node  tens(first: Int = 10): [Item] }
  interface Node { id: ID }
  type ItemConnection { nodes: [Item!]! edges: [ItemEdge!]! pageInfo: PageInfo! groupBy(first: Int): [Group!]! }
  type ItemEdge { node: Item }
  type Item implements Node { id: ID parts: [Part!] items(first: Int): ItemConnection }
  type Part { id: ID }
  type Group { count: Int }
  type PageInfo { hasNextPage: Boolean }
`);
function values(source: string, variables: Record<string, unknown> = {}): number {
  const document = parse(source);
  return countValues({ schema, document, operation: getOperationAST(document)!, variables });
}

describe("the values that an operation may bring", () => {
  it.each([
    ["a name", "{ __typename }", 1],
    ["one thing", "{ one { id } }", 2],
    ["a page as it is asked for", "{ items(first: 50) { nodes { id } } }", 1 + 50 * 2],
    ["a page from the end", "{ items(last: 7) { edges { node { id } } } }", 1 + 7 * 3],
    ["a page without a size", "{ items { nodes { id } } }", 41],
    ["a list without a size", "{ one { parts { id } } }", 21],
    ["a list with a size of its own", "{ tens { id } }", 20],
    ["groups without an end", "{ items { groupBy { count } } }", 2001],
    [
      "pages within pages",
      "{ items(first: 100) { nodes { items(first: 100) { nodes { id } } } } }",
      1 + 100 * (1 + 1 + 100 * 2),
    ],
    ["aliases, each", "{ a: items(first: 5) { nodes { id } } b: items(first: 5) { nodes { id } } }", 22],
    ["what fragments bring, on an interface too", "{ node { ...I } } fragment I on Item { parts { id } }", 21],
  ])("count %s", (_, source, count) => {
    expect(values(source)).toBe(count);
  });

  it("follow variables, their absence, and no size below nothing", () => {
    const query = "query ($n: Int) { items(first: $n) { nodes { id } } one { id } }";
    expect(values(query, { n: 90 })).toBe(1 + 90 * 2 + 2);
    expect(values(query)).toBe(1 + 20 * 2 + 2);
    expect(values(query, { n: -1000 })).toBe(1 + 2);
  });

  it("are counted in the time that the document is long, however its fragments double", () => {
    const doubled = Array.from(
      { length: 60 },
      (_, n) => `fragment F${n} on Item { items(first: 1) { nodes { ...F${n + 1} ...F${n + 1} } } }`,
    );
    expect(values(`{ one { ...F0 } } ${doubled.join(" ")} fragment F60 on Item { parts { id } }`)).toBeGreaterThan(
      2 ** 60,
    );
  });
});
