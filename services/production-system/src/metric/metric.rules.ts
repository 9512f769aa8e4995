import type { Day } from "../calendar/day.rules.ts";

export type MetricDirection = "LOWER_IS_BETTER" | "HIGHER_IS_BETTER";

interface Measured {
  readonly name: string;
  readonly baseline?: number | null | undefined;
  readonly target?: number | null | undefined;
}

/** The most metrics an RPIW has, so that its list needs no pages. */
export const mostMetrics = 20;

/**
 * How far a value lies from the baseline, in per cent of the baseline's size: 100 × (value − baseline) ÷ |baseline|.
 * Negative: it fell, whichever direction is better. Null without a baseline, without a value, and for a baseline of
 * zero, of which nothing is a percentage.
 */
export function percentChange(baseline: number | null, value: number | null): number | null {
  if (baseline === null || value === null || baseline === 0) return null;
  return (100 * (value - baseline)) / Math.abs(baseline);
}

/** Whether a value is at the target or beyond it on the better side; null without a target or a value. */
export function meetsTarget(
  metric: { readonly direction: MetricDirection; readonly target: number | null },
  value: number | null,
): boolean | null {
  if (metric.target === null || value === null) return null;
  return metric.direction === "LOWER_IS_BETTER" ? value <= metric.target : value >= metric.target;
}

/**
 * Whether an improvement held: its target was met at the report-out and is met at day 90. A target first met later was
 * met, but there was nothing to hold. False as soon as one of the two is missed; null while that is not known.
 */
export function hasHeld(metAtReportOut: boolean | null, metAtDay90: boolean | null): boolean | null {
  if (metAtReportOut === false || metAtDay90 === false) return false;
  return metAtReportOut === null || metAtDay90 === null ? null : true;
}

/** Why a workshop can't start with these metrics, for a person to read; null when it can. */
export function notReady(metrics: readonly Measured[]): string | null {
  if (metrics.length === 0) return "Define one metric at least before the workshop.";
  const lacking = metrics.filter(({ baseline, target }) => baseline == null || target == null).map(({ name }) => name);
  return lacking.length === 0 ? null : `These lack a baseline or a target: ${lacking.join(", ")}.`;
}

const isMeasure = (value: number): boolean => Number.isFinite(value) && Math.abs(value) <= 1e15;

/** What is wrong with a value that was measured or aimed at; null when nothing is. */
export function valueProblem(value: number): string | null {
  return isMeasure(value) ? null : "A value lies between -1e15 and 1e15.";
}

/** What is wrong with a metric as it is defined, for a person to read; null when nothing is. */
export function metricProblem(draft: {
  name: string;
  unit: string;
  target: number | null;
  others: number;
}): string | null {
  if (draft.name.trim() === "" || draft.name.length > 200) return "A metric's name has 1 to 200 characters.";
  if (draft.unit.trim() === "" || draft.unit.length > 50) return "A unit has 1 to 50 characters.";
  if (draft.others >= mostMetrics) return `An RPIW has at most ${mostMetrics} metrics.`;
  return draft.target === null ? null : valueProblem(draft.target);
}

/** What is wrong with a baseline; null when nothing is. */
export function baselineProblem(baseline: { value: number; takenOn: Day; today: Day }): string | null {
  if (baseline.takenOn > baseline.today) return "The baseline was not taken yet: takenOn is in the future.";
  return valueProblem(baseline.value);
}
