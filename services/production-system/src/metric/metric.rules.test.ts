import { describe, expect, it } from "@jest/globals";
import { baselineProblem, hasHeld, meetsTarget, metricProblem, notReady, percentChange } from "./metric.rules.ts";

describe("per cent change", () => {
  it.each([
    [140, 70, -50],
    [62, 93, 50],
    [80, 80, 0],
    [-10, -5, 50],
    [-10, -15, -50],
  ])("from %d to %d is %d", (baseline, value, change) => {
    expect(percentChange(baseline, value)).toBe(change);
  });

  it("is null for a baseline of zero, without a baseline, and without a reading", () => {
    expect(percentChange(0, 5)).toBeNull();
    expect(percentChange(0, 0)).toBeNull();
    expect(percentChange(null, 5)).toBeNull();
    expect(percentChange(5, null)).toBeNull();
  });
});

describe("a target", () => {
  it("is met at the target itself and beyond it, on the better side", () => {
    const lower = { direction: "LOWER_IS_BETTER", target: 10 } as const;
    expect([9, 10, 11].map((value) => meetsTarget(lower, value))).toEqual([true, true, false]);
    const higher = { direction: "HIGHER_IS_BETTER", target: 10 } as const;
    expect([9, 10, 11].map((value) => meetsTarget(higher, value))).toEqual([false, true, true]);
  });

  it("is neither met nor missed without a target or a reading", () => {
    expect(meetsTarget({ direction: "LOWER_IS_BETTER", target: null }, 1)).toBeNull();
    expect(meetsTarget({ direction: "LOWER_IS_BETTER", target: 1 }, null)).toBeNull();
  });

  it.each([
    [true, true, true],
    [true, false, false],
    [false, true, false],
    [false, null, false],
    [null, false, false],
    [true, null, null],
    [null, true, null],
    [null, null, null],
  ])("met at report-out: %s, met at day 90: %s, so held: %s", (reportOut, day90, held) => {
    expect(hasHeld(reportOut, day90)).toBe(held);
  });
});

describe("metrics before the workshop", () => {
  it("must be there, each with a baseline and a target, of which zero is one", () => {
    expect(notReady([])).toContain("one metric");
    expect(notReady([{ name: "Waits", baseline: 0, target: 0 }])).toBeNull();
    const lacking = notReady([
      { name: "Waits", baseline: 1, target: null },
      { name: "Calls", baseline: null, target: 1 },
      { name: "Falls", baseline: 1, target: 1 },
    ]);
    expect(lacking).toContain("Waits, Calls");
    expect(lacking).not.toContain("Falls");
  });

  it("have a name, a unit, and a number that can be kept", () => {
    const fine = { name: "Waits", unit: "minutes", target: 5, others: 0 };
    expect(metricProblem(fine)).toBeNull();
    for (const wrong of [{ name: " " }, { unit: "" }, { target: 1e16 }, { target: Number.NaN }, { others: 20 }])
      expect(metricProblem({ ...fine, ...wrong })).not.toBeNull();
  });

  it("have a baseline that was taken, not one that will be", () => {
    expect(baselineProblem({ value: 1, takenOn: "2026-06-01", today: "2026-06-01" })).toBeNull();
    expect(baselineProblem({ value: 1, takenOn: "2026-06-02", today: "2026-06-01" })).toContain("future");
    expect(
      baselineProblem({ value: Number.POSITIVE_INFINITY, takenOn: "2026-06-01", today: "2026-06-01" }),
    ).not.toBeNull();
  });
});
