import { describe, expect, it } from "@jest/globals";
import { problemWithCriteriaSet, totalWeight } from "./criteria-set.rules.ts";

const criterion = { code: "reach", title: "How many?", weight: 100, scaleFrom: 0, scaleTo: 5 };
const problem = (more: object, one: object = {}) =>
  problemWithCriteriaSet({ title: "T", moderationAbove: 30, criteria: [{ ...criterion, ...one }], ...more });

describe("a draft of criteria", () => {
  it("may total anything while it is one", () => {
    expect(problem({})).toBeNull();
    expect(problem({ criteria: [] })).toBeNull();
    expect(totalWeight([criterion, criterion])).toBe(200);
  });

  it("has a title, a threshold of 0 to 100, and 20 criteria at most, each with a code of its own", () => {
    expect(problem({ title: " " })).toContain("title");
    for (const moderationAbove of [-1, 101, Number.NaN]) expect(problem({ moderationAbove })).toContain("0 to 100");
    expect(problem({ criteria: [criterion, criterion] })).toContain("same code");
    const many = Array.from({ length: 21 }, (_, index) => ({ ...criterion, code: `c${index}` }));
    expect(problem({ criteria: many })).toContain("20");
  });

  it("has criteria with words, a whole weight, and a scale that goes up", () => {
    for (const code of ["", "Reach", "a b", "a".repeat(51)]) expect(problem({}, { code })).toContain("code");
    expect(problem({}, { title: "" })).toContain("title of reach");
    expect(problem({}, { guidance: " " })).toContain("guidance of reach");
    for (const weight of [0, 101, 1.5]) expect(problem({}, { weight })).toContain("weight of reach");
    for (const scale of [
      { scaleFrom: 5, scaleTo: 5 },
      { scaleFrom: -1, scaleTo: 5 },
      { scaleFrom: 0, scaleTo: 101 },
    ])
      expect(problem({}, scale)).toContain("scale of reach");
  });
});
