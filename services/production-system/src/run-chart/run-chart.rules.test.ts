import { describe, expect, it } from "@jest/globals";
import { addDays } from "../calendar/day.rules.ts";
import { runChart, type RunChartPoint } from "./run-chart.rules.ts";

const weekly = (values: readonly number[]): RunChartPoint[] =>
  values.map((value, week) => ({ on: addDays("2026-01-05", 7 * week), value }));

describe("a run chart", () => {
  it("has its limits at the mean ± 2.66 mean moving ranges", () => {
    // Worked by hand: mean 55 / 5 = 11; moving ranges 2, 1, 2, 4, mean 9 / 4 = 2.25; 2.66 × 2.25 = 5.985.
    const chart = runChart(weekly([10, 12, 11, 13, 9]));
    expect(chart.centreLine).toBe(11);
    expect(chart.upperLimit).toBeCloseTo(16.985, 10);
    expect(chart.lowerLimit).toBeCloseTo(5.015, 10);
    expect(chart.signals).toEqual([]);
    expect(chart.points).toHaveLength(5);
  });

  it("keeps a lower limit below zero as the formula gives it", () => {
    expect(runChart(weekly([0, 4])).lowerLimit).toBeCloseTo(2 - 2.66 * 4, 10);
  });

  it("has no limits with fewer than two readings, and no centre line with none", () => {
    expect(runChart([])).toEqual({ points: [], centreLine: null, upperLimit: null, lowerLimit: null, signals: [] });
    expect(runChart(weekly([7]))).toMatchObject({ centreLine: 7, upperLimit: null, lowerLimit: null, signals: [] });
  });

  it("signals a value beyond a limit, not one on it", () => {
    const steady = [10, 11, 10, 11, 10, 11, 10, 11, 10, 11, 10, 11];
    const { signals } = runChart(weekly([...steady, 40]));
    expect(signals.filter(({ kind }) => kind === "BEYOND_LIMITS")).toEqual([
      { kind: "BEYOND_LIMITS", from: addDays("2026-01-05", 84), to: addDays("2026-01-05", 84) },
    ]);
    expect(runChart(weekly([5, 5, 5])).signals).toEqual([]);
  });

  it("signals eight in a row on one side, as one run from its first day to its last", () => {
    const eight = [10, 11, 10, 11, 10, 11, 10, 11];
    const { signals } = runChart(weekly([...eight, ...eight.map((value) => value - 4), 7]));
    expect(signals.filter(({ kind }) => kind === "RUN_OF_EIGHT")).toEqual([
      { kind: "RUN_OF_EIGHT", from: "2026-01-05", to: addDays("2026-01-05", 49) },
      { kind: "RUN_OF_EIGHT", from: addDays("2026-01-05", 56), to: addDays("2026-01-05", 112) },
    ]);
    expect(runChart(weekly([...eight.slice(1), 6, 7, 6, 7, 6, 7, 6])).signals).toEqual([]);
  });
});
