import { describe, expect, it } from "@jest/globals";
import { standardProblem } from "./standard.rules.ts";

const draft = { reference: "DEMO-1", version: "2026", title: "A demonstration" };

describe("a standard", () => {
  it("is accepted with a reference, a version and a title", () => {
    expect(standardProblem(draft)).toBeNull();
  });

  it.each([
    [{ reference: "demo-1" }, "reference"],
    [{ reference: "X" }, "reference"],
    [{ version: " " }, "version"],
    [{ version: "v".repeat(31) }, "version"],
    [{ title: " " }, "title"],
    [{ title: "t".repeat(201) }, "title"],
  ])("is told what is wrong with %j", (change, word) => {
    expect(standardProblem({ ...draft, ...change })).toContain(word);
  });
});
