import { describe, expect, it } from "@jest/globals";
import {
  daysOfYear,
  pounds,
  problemWithCode,
  problemWithPence,
  problemWithText,
  problemWithYear,
} from "./budget.rules.ts";

describe("an amount", () => {
  it("is whole pence, at least one, and no slip of the keyboard", () => {
    for (const good of [1, 250_000, 1_000_000_000_000]) expect(problemWithPence(good)).toBeNull();
    for (const bad of [0, -1, 0.5, 1_000_000_000_001, Number.NaN])
      expect(problemWithPence(bad)).toMatch(/An amount is 1/);
    expect(problemWithPence(0, 0)).toBeNull();
  });

  it("reads as pounds", () => {
    expect([pounds(123_456), pounds(5), pounds(0)]).toEqual(["£1,234.56", "£0.05", "£0.00"]);
  });
});

describe("a financial year", () => {
  it("is named by the year in which it begins, on 1 April", () => {
    expect(daysOfYear(2026)).toEqual({ startsOn: "2026-04-01", endsOn: "2027-03-31" });
    expect(problemWithYear(2026)).toBeNull();
    for (const bad of [1999, 2201, 2026.5]) expect(problemWithYear(bad)).not.toBeNull();
  });
});

describe("words", () => {
  it("are there and not endless", () => {
    expect(problemWithText("title", "A", 200)).toBeNull();
    expect(problemWithText("title", "  ", 200)).toBe("The title needs 1 to 200 characters.");
    expect(problemWithText("title", "A".repeat(201), 200)).not.toBeNull();
  });

  it("that are a code are lower case with hyphens", () => {
    for (const good of ["rpiw", "leadership-2026"]) expect(problemWithCode(good)).toBeNull();
    for (const bad of ["", "A", "a--b", "-a", "a_b", "a".repeat(51)]) expect(problemWithCode(bad)).not.toBeNull();
  });
});
