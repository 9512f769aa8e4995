import { newGlobalId } from "@clic/global-id";
import { commonRefusals, isRefusal, type UseCase } from "@clic/subgraph-kit";
import { type Day, dayAt } from "../calendar/day.rules.ts";
import { ReviewEntity } from "../review/review.entity.ts";
import { reviewDays } from "../review/review.rules.ts";
import { changePhase, phaseRefused } from "./change-phase.ts";
import { lockRpiw } from "./lock-rpiw.ts";
import { mayFollow, reportOutProblem } from "./rpiw.rules.ts";

export interface ReportOutInput {
  readonly rpiwId: string;
  readonly on: Day;
}

/** Records the report-out, from which the reviews at 30, 60 and 90 days run; resolves to the RPIW's id or a refusal. */
export async function reportOut(useCase: UseCase, input: ReportOutInput) {
  const { em, now } = useCase;
  const rpiw = await lockRpiw(useCase, input.rpiwId);
  if (isRefusal(rpiw)) return rpiw;
  if (!mayFollow(rpiw.phase ?? null, "REPORTED_OUT")) return phaseRefused(rpiw, "A report-out can be, but");
  const problem = reportOutProblem({
    on: input.on,
    workshopStartsOn: rpiw.workshopStartsOn ?? null,
    today: dayAt(now),
  });
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  rpiw.reportedOutOn = input.on;
  await changePhase(useCase, rpiw, "REPORTED_OUT");
  await em.insertMany(
    ReviewEntity,
    reviewDays(input.on).map(({ checkpoint, dueOn }) => ({
      id: newGlobalId("Review", now),
      rpiwId: rpiw.id,
      checkpoint,
      dueOn,
      source: "USER" as const,
    })),
  );
  return { id: rpiw.id };
}
