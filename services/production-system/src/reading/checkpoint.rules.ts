import { addDays, type Day } from "../calendar/day.rules.ts";

export type Checkpoint = "REPORT_OUT" | "DAY_30" | "DAY_60" | "DAY_90";
export type ReviewCheckpoint = Exclude<Checkpoint, "REPORT_OUT">;

const daysAfterReportOut: Readonly<Record<ReviewCheckpoint, number>> = { DAY_30: 30, DAY_60: 60, DAY_90: 90 };

export const reviewCheckpoints = Object.keys(daysAfterReportOut) as ReviewCheckpoint[];

/** The day on which a checkpoint falls: so many days after the report-out, weekends counted. */
export function checkpointDay(reportedOutOn: Day, checkpoint: ReviewCheckpoint): Day {
  return addDays(reportedOutOn, daysAfterReportOut[checkpoint]);
}
