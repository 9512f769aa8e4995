import { describe, expect, it } from "@jest/globals";
import { closingProblem, heldProblem, isOverdue, reviewDays } from "./review.rules.ts";

describe("reviews", () => {
  it("are due 30, 60 and 90 days after the report-out", () => {
    expect(reviewDays("2026-06-12")).toEqual([
      { checkpoint: "DAY_30", dueOn: "2026-07-12" },
      { checkpoint: "DAY_60", dueOn: "2026-08-11" },
      { checkpoint: "DAY_90", dueOn: "2026-09-10" },
    ]);
  });

  it("are overdue from the day after, until held or waived, and only while the RPIW waits for them", () => {
    const review = { dueOn: "2026-07-12" };
    expect(isOverdue(review, "REPORTED_OUT", "2026-07-12")).toBe(false);
    expect(isOverdue(review, "REPORTED_OUT", "2026-07-13")).toBe(true);
    expect(isOverdue({ ...review, heldOn: "2026-07-20" }, "FOLLOW_UP", "2026-07-21")).toBe(false);
    expect(isOverdue({ ...review, waivedOn: "2026-07-20" }, "FOLLOW_UP", "2026-07-21")).toBe(false);
    expect(isOverdue(review, "CLOSED", "2026-07-13")).toBe(false);
    expect(isOverdue(review, "ABANDONED", "2026-07-13")).toBe(false);
  });

  it("are held between the report-out and today", () => {
    const days = { reportedOutOn: "2026-06-12", today: "2026-07-12" };
    expect(heldProblem({ ...days, heldOn: "2026-07-12" })).toBeNull();
    expect(heldProblem({ ...days, heldOn: "2026-07-13" })).toContain("future");
    expect(heldProblem({ ...days, heldOn: "2026-06-11" })).toContain("before");
  });
});

describe("closing", () => {
  const metrics = [
    { id: "met_1", name: "Waits" },
    { id: "met_2", name: "Calls" },
  ];

  it("needs the reading at day 90 of each metric", () => {
    expect(closingProblem({ metrics, measured: new Set(["met_1", "met_2"]), waived: false })).toBeNull();
    const problem = closingProblem({ metrics, measured: new Set(["met_1"]), waived: false });
    expect(problem).toContain("Calls");
    expect(problem).not.toContain("Waits");
  });

  it("or a waiver in their place", () => {
    expect(closingProblem({ metrics, measured: new Set(), waived: true })).toBeNull();
  });
});
