import type { Day } from "../calendar/day.rules.ts";
import { type Checkpoint, checkpointDay } from "./checkpoint.rules.ts";

interface ReadingDays {
  readonly takenOn: Day;
  readonly checkpoint: Checkpoint | null;
  readonly workshopStartsOn: Day | null;
  readonly reportedOutOn: Day | null;
  readonly today: Day;
}

/**
 * What is wrong with the day of a reading; null when nothing is. A reading of a checkpoint is taken on its day or
 * later: at the report-out not before the workshop, at day 90 not before 90 days have gone by.
 */
export function readingDayProblem({
  takenOn,
  checkpoint,
  workshopStartsOn,
  reportedOutOn,
  today,
}: ReadingDays): string | null {
  if (takenOn > today) return "The reading was not taken yet: takenOn is in the future.";
  if (checkpoint === null) return null;
  if (checkpoint === "REPORT_OUT") {
    if (workshopStartsOn === null) return "A reading at the report-out needs a workshop that has begun.";
    return takenOn < workshopStartsOn ? "A reading at the report-out is not taken before the workshop." : null;
  }
  if (reportedOutOn === null) return `A reading at ${checkpoint} needs a report-out, from which the days are counted.`;
  const day = checkpointDay(reportedOutOn, checkpoint);
  return takenOn < day ? `A reading at ${checkpoint} is not taken before ${day}.` : null;
}
