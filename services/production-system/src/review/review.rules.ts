import type { Day } from "../calendar/day.rules.ts";
import { checkpointDay, type ReviewCheckpoint, reviewCheckpoints } from "../reading/checkpoint.rules.ts";
import { isOpenTo, type RpiwPhase } from "../rpiw/rpiw.rules.ts";

/** The reviews that follow a report-out, and the days they are due. */
export function reviewDays(reportedOutOn: Day): { checkpoint: ReviewCheckpoint; dueOn: Day }[] {
  return reviewCheckpoints.map((checkpoint) => ({ checkpoint, dueOn: checkpointDay(reportedOutOn, checkpoint) }));
}

interface ReviewState {
  readonly dueOn: Day;
  readonly heldOn?: Day | null | undefined;
  readonly waivedOn?: Day | null | undefined;
}

/** Whether a review was held or waived: nothing more happens to it. */
export function isSettled({ heldOn, waivedOn }: Omit<ReviewState, "dueOn">): boolean {
  return heldOn != null || waivedOn != null;
}

/** Whether a review's day has gone by without it, while its RPIW still waits for reviews. On the day itself it is not late. */
export function isOverdue(review: ReviewState, phase: RpiwPhase | null, today: Day): boolean {
  return !isSettled(review) && review.dueOn < today && isOpenTo("review", phase);
}

/** What is wrong with the day on which a review is said to have been held; null when nothing is. */
export function heldProblem(days: { heldOn: Day; reportedOutOn: Day | null; today: Day }): string | null {
  if (days.heldOn > days.today) return "The review was not held yet: heldOn is in the future.";
  if (days.reportedOutOn !== null && days.heldOn < days.reportedOutOn)
    return "A review is not held before the report-out.";
  return null;
}

interface Closing {
  readonly metrics: readonly { readonly id: string; readonly name: string }[];
  /** The ids of the metrics with a reading at day 90. */
  readonly measured: ReadonlySet<string>;
  /** Whether the review at day 90 was waived. */
  readonly waived: boolean;
}

/** Why an RPIW can't be closed, for a person to read; null when it can. */
export function closingProblem({ metrics, measured, waived }: Closing): string | null {
  const lacking = metrics.filter(({ id }) => !measured.has(id)).map(({ name }) => name);
  if (waived || lacking.length === 0) return null;
  return `These have no reading at day 90: ${lacking.join(", ")}. Record them, or let the sponsor or the office waive the review.`;
}
