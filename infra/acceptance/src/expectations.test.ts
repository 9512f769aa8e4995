import { describe, expect, it } from "@jest/globals";
import { countValues, readAcceptanceQuery } from "./expectations.ts";

describe("an acceptance query's head", () => {
  it("says who asks and what must come", () => {
    const query = readAcceptanceQuery(
      "# Home.\n# as: anonymous\n# expect: a.nodes 14\n# expect: a.nodes.*.b 2\nquery { a }",
    );
    expect(query).toMatchObject({
      as: null,
      expectations: [
        { path: "a.nodes", atLeast: 14 },
        { path: "a.nodes.*.b", atLeast: 2 },
      ],
    });
    expect(readAcceptanceQuery("# as: member\n# expect: a 1").as).toBe("member");
  });

  it("must expect something", () => {
    expect(() => readAcceptanceQuery("# as: member\nquery { a }")).toThrow("expects something");
  });
});

describe("counting values at a path", () => {
  const data = {
    a: {
      nodes: [
        { b: 1, c: [{ d: null }, { d: 2 }] },
        { b: null, c: [] },
        { b: 0, c: null },
      ],
    },
  };

  it("counts what is not null, through every list", () => {
    expect(countValues(data, "a.nodes")).toBe(3);
    expect(countValues(data, "a.nodes.*.b")).toBe(2);
    expect(countValues(data, "a.nodes.*.c.*.d")).toBe(1);
    expect(countValues(data, "a.missing.*.d")).toBe(0);
    expect(countValues(null, "a.nodes")).toBe(0);
  });
});
