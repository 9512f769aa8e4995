import { describe, expect, it } from "@jest/globals";
import { connectionPolicy, type StoredConnection } from "./connection-policy.ts";

const letters = "abcdef";
/** The rows of `text`, as nodes and edges whose cursors are their letters in upper case. */
const page = (text: string): StoredConnection => ({
  nodes: text.split(""),
  edges: text.split("").map((node) => ({ node, cursor: node.toUpperCase() })),
  pageInfo: {
    startCursor: text[0]?.toUpperCase() ?? null,
    endCursor: text.at(-1)?.toUpperCase() ?? null,
    hasNextPage: text.at(-1) !== letters.at(-1),
    hasPreviousPage: text[0] !== letters[0],
  } as object,
});
const bare = ({ nodes, pageInfo }: StoredConnection): StoredConnection => ({
  nodes: nodes ?? [],
  pageInfo: pageInfo ?? {},
});

type Step = readonly [text: string, args?: Record<string, unknown>];
const merged = (steps: readonly Step[], shape = (connection: StoredConnection) => connection): StoredConnection =>
  steps.reduce<StoredConnection | null>(
    (existing, [text, args = {}]) => connectionPolicy.merge(existing, shape(page(text)), { args }),
    null,
  ) ?? {};
const rows = (connection: StoredConnection) => (connection.nodes ?? []).join("");

describe("a list in Apollo Client's cache", () => {
  it.each<[string, readonly Step[], string]>([
    ["grows by the page after its end", [["ab"], ["cd", { after: "B" }], ["ef", { after: "D" }]], "abcdef"],
    ["grows by the page before its start", [["ef"], ["cd", { before: "E" }], ["ab", { before: "C" }]], "abcdef"],
    ["begins anew with a first page", [["ab"], ["cd", { after: "B" }], ["ab"]], "ab"],
    ["takes a page again in its place", [["ab"], ["cd", { after: "B" }], ["cd", { after: "B" }]], "abcd"],
    ["drops what followed a page that is read again", [["ab"], ["cd", { after: "B" }], ["x", { after: "B" }]], "abx"],
    ["has no gap: an unknown cursor begins anew", [["ab"], ["ef", { after: "D" }]], "ef"],
    ["keeps its end after an empty page", [["ab"], ["", { after: "B" }]], "ab"],
  ])("%s", (_, steps, expected) => {
    expect(rows(merged(steps))).toBe(expected);
    expect(rows(merged(steps, bare))).toBe(expected);
    expect(merged(steps).edges?.map(({ cursor }) => cursor)).toEqual(expected.toUpperCase().split(""));
  });

  it("is told at each end by the page that lies there", () => {
    const first = { startCursor: "A", hasPreviousPage: false };
    expect(merged([["ab"], ["cd", { after: "B" }]]).pageInfo).toEqual({ ...first, endCursor: "D", hasNextPage: true });
    expect(merged([["cd"], ["ab", { before: "C" }]]).pageInfo).toEqual({ ...first, endCursor: "D", hasNextPage: true });
  });

  it("keeps its rows when figures come alone", () => {
    const list = connectionPolicy.merge(merged([["ab"]]), { totalCount: 6 } as StoredConnection, { args: {} });
    expect(list).toMatchObject({ nodes: ["a", "b"], totalCount: 6 });
  });

  it("is another list under another filter, order or size, and the same one on another page", () => {
    expect(connectionPolicy.keyArgs({ where: {}, first: 2, after: "B", before: null })).toEqual(["first", "where"]);
    expect(connectionPolicy.keyArgs(null)).toEqual([]);
  });

  it("may be null, and comes back", () => {
    expect(connectionPolicy.merge(undefined, null, { args: null })).toBeNull();
    expect(rows(connectionPolicy.merge(null, page("ab"), { args: null }) ?? {})).toBe("ab");
  });
});
