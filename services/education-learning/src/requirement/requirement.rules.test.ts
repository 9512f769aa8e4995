import { describe, expect, it } from "@jest/globals";
import { dayProblem, frequencyProblem, requirementProblem } from "./requirement.rules.ts";

const today = "2026-11-25";
const draft = { role: null, everyMonths: null, course: "LIVE", startsOn: today, today } as const;

describe("a requirement", () => {
  it("is of a live course, of a role there is or everybody, from today or later", () => {
    expect(requirementProblem(draft)).toBeNull();
    expect(requirementProblem({ ...draft, role: "LEAD", everyMonths: 120, startsOn: "2027-01-01" })).toBeNull();
    expect(requirementProblem({ ...draft, role: "NURSE" })).toContain("role");
    for (const course of ["DRAFT", "RETIRED"] as const)
      expect(requirementProblem({ ...draft, course })).toContain(course);
    expect(requirementProblem({ ...draft, startsOn: "2026-11-24" })).toContain("passed");
  });

  it("comes round every 1 to 120 months, or once", () => {
    expect([null, 1, 120].map(frequencyProblem)).toEqual([null, null, null]);
    for (const wrong of [0, 121, -1]) expect(frequencyProblem(wrong)).toContain("months");
    expect(requirementProblem({ ...draft, everyMonths: 0 })).toContain("months");
  });

  it("leaves the past as it was", () => {
    expect(dayProblem(today, today)).toBeNull();
    expect(dayProblem("2026-11-24", today)).toContain("passed");
  });
});
