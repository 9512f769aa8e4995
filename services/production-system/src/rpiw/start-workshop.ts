import { commonRefusals, isRefusal, type UseCase } from "@clic/subgraph-kit";
import { type Day, dayAt } from "../calendar/day.rules.ts";
import { MetricEntity } from "../metric/metric.entity.ts";
import { notReady } from "../metric/metric.rules.ts";
import { changePhase, phaseRefused } from "./change-phase.ts";
import { lockRpiw } from "./lock-rpiw.ts";
import { rpiwRefusals } from "./rpiw.refusals.ts";
import { mayFollow, workshopDaysProblem } from "./rpiw.rules.ts";

export interface StartWorkshopInput {
  readonly rpiwId: string;
  readonly startsOn: Day;
  readonly endsOn: Day | null;
}

/** Starts the workshop and freezes every metric's baseline; resolves to the RPIW's id or a refusal. */
export async function startWorkshop(useCase: UseCase, input: StartWorkshopInput) {
  const { em, now } = useCase;
  const problem = workshopDaysProblem({ ...input, today: dayAt(now) });
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  const rpiw = await lockRpiw(useCase, input.rpiwId);
  if (isRefusal(rpiw)) return rpiw;
  if (!mayFollow(rpiw.phase ?? null, "WORKSHOP")) return phaseRefused(rpiw, "A workshop can start, but");
  const lacking = notReady(await em.find(MetricEntity, { rpiwId: rpiw.id }));
  if (lacking !== null) return rpiwRefusals.WORKSHOP_NOT_READY(lacking);
  rpiw.workshopStartsOn = input.startsOn;
  rpiw.workshopEndsOn = input.endsOn;
  await changePhase(useCase, rpiw, "WORKSHOP");
  await em.nativeUpdate(MetricEntity, { rpiwId: rpiw.id }, { baselineFrozenAt: now });
  return { id: rpiw.id };
}
