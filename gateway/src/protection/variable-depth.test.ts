import { describe, expect, it } from "@jest/globals";
import { isDeeper } from "./variable-depth.ts";

const nested = (levels: number): unknown => JSON.parse(`${'{"a":['.repeat(levels / 2)}${"]}".repeat(levels / 2)}`);

describe("the depth of variables", () => {
  it("counts objects and lists within one another, and nothing beside them", () => {
    expect(isDeeper(undefined, 0)).toBe(false);
    expect(isDeeper("text", 0)).toBe(false);
    expect(isDeeper({ a: 1, b: [1], c: [2], d: null }, 2)).toBe(false);
    expect(isDeeper({ a: [{}] }, 2)).toBe(true);
    expect(isDeeper(nested(50), 50)).toBe(false);
    expect(isDeeper(nested(52), 50)).toBe(true);
  });

  it("is found without walking to the bottom", () => {
    expect(isDeeper(nested(200_000), 50)).toBe(true);
  });
});
