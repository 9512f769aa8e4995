import { describe, expect, it } from "@jest/globals";
import { composeSupergraph, placeholderUrl } from "./compose.ts";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])`;
const left = {
  name: "left",
  url: placeholderUrl("left"),
  sdl: `${LINK} type Query { a: A } type A @key(fields: "id") { id: ID! }`,
};
const right = {
  name: "right",
  url: placeholderUrl("right"),
  sdl: `${LINK} type A @key(fields: "id") { id: ID! more: Int }`,
};

describe("composing", () => {
  it("gives one text whatever the order of the subgraphs", () => {
    const one = composeSupergraph([left, right]);
    expect(one).toMatchObject({ composed: true, hints: [] });
    expect(composeSupergraph([right, left])).toEqual(one);
  });

  it("gives the composer's code and message for schemas that do not fit", () => {
    const result = composeSupergraph([left, { ...right, sdl: `${LINK} type Query { a: Int }` }]);
    expect(result).toMatchObject({ composed: false });
    expect(result.composed ? [] : result.errors).toContainEqual(
      expect.stringMatching(/^FIELD_TYPE_MISMATCH: .*Query\.a/),
    );
  });

  it("names the subgraph and the place of a syntax error instead of throwing", () => {
    const result = composeSupergraph([left, { ...right, sdl: "type {" }]);
    expect(result).toEqual({ composed: false, errors: [expect.stringMatching(/^\[right\] .*\(line 1, column 6\)/)] });
  });
});
