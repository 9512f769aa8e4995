import type { Day } from "../calendar/day.rules.ts";

export interface RunChartPoint {
  readonly on: Day;
  readonly value: number;
}

export type RunChartSignalKind = "BEYOND_LIMITS" | "RUN_OF_EIGHT";

export interface RunChartSignal {
  readonly kind: RunChartSignalKind;
  readonly from: Day;
  readonly to: Day;
}

export interface XmrChart {
  readonly points: readonly RunChartPoint[];
  readonly centreLine: number | null;
  readonly upperLimit: number | null;
  readonly lowerLimit: number | null;
  readonly signals: readonly RunChartSignal[];
}

/** 3 sigma over d2 = 1.128, the mean range of two values of a normal distribution: 2.66. */
const scale = 2.66;
const run = 8;

/**
 * The XmR chart of individual values: centre line = mean; natural process limits = mean ± 2.66 × mean moving range,
 * the moving range being the distance of each value from the one before it. Fewer than two points have no limits.
 * Points come in order of time; a lower limit may lie below what the unit can be.
 *
 * After Donald J. Wheeler, Understanding Variation: The Key to Managing Chaos, 2nd edition, SPC Press 2000.
 */
export function runChart(points: readonly RunChartPoint[]): XmrChart {
  const values = points.map(({ value }) => value);
  if (values.length === 0) return { points, centreLine: null, upperLimit: null, lowerLimit: null, signals: [] };
  const centreLine = mean(values);
  if (values.length === 1) return { points, centreLine, upperLimit: null, lowerLimit: null, signals: [] };
  const spread = scale * mean(values.slice(1).map((value, index) => Math.abs(value - (values[index] as number))));
  const [upperLimit, lowerLimit] = [centreLine + spread, centreLine - spread];
  const beyond = points
    .filter(({ value }) => value > upperLimit || value < lowerLimit)
    .map(({ on }): RunChartSignal => ({ kind: "BEYOND_LIMITS", from: on, to: on }));
  return { points, centreLine, upperLimit, lowerLimit, signals: [...beyond, ...runsOfEight(points, centreLine)] };
}

/** Eight or more points in a row on one side of the centre line; a point on the line ends the run. */
function runsOfEight(points: readonly RunChartPoint[], centreLine: number): RunChartSignal[] {
  const signals: RunChartSignal[] = [];
  let start = 0;
  for (let end = 1; end <= points.length; end++) {
    const side = Math.sign((points[start] as RunChartPoint).value - centreLine);
    const next = points[end];
    if (next !== undefined && Math.sign(next.value - centreLine) === side) continue;
    if (side !== 0 && end - start >= run)
      signals.push({
        kind: "RUN_OF_EIGHT",
        from: (points[start] as RunChartPoint).on,
        to: (points[end - 1] as RunChartPoint).on,
      });
    start = end;
  }
  return signals;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
