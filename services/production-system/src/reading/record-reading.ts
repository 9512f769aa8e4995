import { newGlobalId } from "@clic/global-id";
import { commonRefusals, isRefusal, rollback, type UseCase } from "@clic/subgraph-kit";
import { UniqueConstraintViolationException } from "@mikro-orm/postgresql";
import { type Day, dayAt } from "../calendar/day.rules.ts";
import { lockMetric } from "../metric/lock-metric.ts";
import { valueProblem } from "../metric/metric.rules.ts";
import { refusedNow } from "../rpiw/change-phase.ts";
import type { Checkpoint } from "./checkpoint.rules.ts";
import { ReadingEntity } from "./reading.entity.ts";
import { readingRefusals } from "./reading.refusals.ts";
import { readingDayProblem } from "./reading.rules.ts";

export interface RecordReadingInput {
  readonly metricId: string;
  readonly value: number;
  readonly takenOn: Day;
  readonly checkpoint?: Checkpoint | null;
}

/** Records what a metric was on a day; resolves to the reading's id or a refusal. The database keeps one a checkpoint. */
export async function recordReading(useCase: UseCase, input: RecordReadingInput) {
  const { em, now } = useCase;
  const locked = await lockMetric(useCase, input.metricId);
  if (isRefusal(locked)) return locked;
  const { rpiw, metric } = locked;
  const refused = refusedNow(rpiw, "recordReading", "Readings are recorded, but");
  if (refused !== null) return refused;
  const { value, takenOn } = input;
  const checkpoint = input.checkpoint ?? null;
  const problem =
    valueProblem(value) ??
    readingDayProblem({
      takenOn,
      checkpoint,
      workshopStartsOn: rpiw.workshopStartsOn ?? null,
      reportedOutOn: rpiw.reportedOutOn ?? null,
      today: dayAt(now),
    });
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  const id = newGlobalId("Reading", now);
  try {
    await em.insert(ReadingEntity, { id, metricId: metric.id, takenOn, value, checkpoint, source: "USER" });
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    rollback(readingRefusals.READING_EXISTS(`${metric.name} has a reading at ${checkpoint} already.`));
  }
  return { id };
}
