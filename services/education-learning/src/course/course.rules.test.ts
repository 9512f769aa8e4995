import { describe, expect, it } from "@jest/globals";
import { courseProblem, courseTransitions, mayBecome } from "./course.rules.ts";

describe("a course", () => {
  it("goes from draft to live to retired and never back", () => {
    expect(mayBecome("DRAFT", "LIVE")).toBe(true);
    expect(mayBecome("LIVE", "RETIRED")).toBe(true);
    expect(mayBecome("LIVE", "DRAFT")).toBe(false);
    expect(mayBecome("DRAFT", "RETIRED")).toBe(false);
    expect(courseTransitions.RETIRED).toEqual([]);
  });

  it.each([
    [{ code: "A b", title: "t" }, "code"],
    [{ code: "ok", title: " " }, "title"],
    [{ code: "ok", title: "t".repeat(201) }, "title"],
    [{ code: "ok", title: "t", durationMinutes: 0 }, "duration"],
  ])("says what is wrong with %j", (draft, word) => {
    expect(courseProblem(draft)).toContain(word);
  });

  it("is accepted without a duration", () => {
    expect(courseProblem({ code: "year-of-care", title: "Year of Care" })).toBeNull();
  });
});
