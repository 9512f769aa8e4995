import { isRefusal, type UseCase } from "@clic/subgraph-kit";
import { MetricEntity } from "../metric/metric.entity.ts";
import { ReadingEntity } from "../reading/reading.entity.ts";
import { ReviewEntity } from "../review/review.entity.ts";
import { closingProblem } from "../review/review.rules.ts";
import { changePhase, phaseRefused } from "./change-phase.ts";
import { lockRpiw } from "./lock-rpiw.ts";
import { rpiwRefusals } from "./rpiw.refusals.ts";
import { mayFollow } from "./rpiw.rules.ts";

/** Closes an RPIW whose improvement was measured at day 90, or excused from it; resolves to its id or a refusal. */
export async function closeRpiw(useCase: UseCase, input: { readonly rpiwId: string }) {
  const { em } = useCase;
  const rpiw = await lockRpiw(useCase, input.rpiwId);
  if (isRefusal(rpiw)) return rpiw;
  if (!mayFollow(rpiw.phase ?? null, "CLOSED")) return phaseRefused(rpiw, "An RPIW closes, but");
  const metrics = await em.find(MetricEntity, { rpiwId: rpiw.id });
  const measured = await em.find(ReadingEntity, {
    metricId: { $in: metrics.map(({ id }) => id) },
    checkpoint: "DAY_90",
  });
  const review = await em.findOne(ReviewEntity, { rpiwId: rpiw.id, checkpoint: "DAY_90" });
  const problem = closingProblem({
    metrics,
    measured: new Set(measured.map(({ metricId }) => metricId)),
    waived: review?.waivedOn != null,
  });
  if (problem !== null) return rpiwRefusals.NINETY_DAY_READING_MISSING(problem);
  await changePhase(useCase, rpiw, "CLOSED");
  return { id: rpiw.id };
}
