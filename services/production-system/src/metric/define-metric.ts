import { newGlobalId } from "@clic/global-id";
import { commonRefusals, isRefusal, rollback, type UseCase } from "@clic/subgraph-kit";
import { UniqueConstraintViolationException } from "@mikro-orm/postgresql";
import { changePhase, refusedNow } from "../rpiw/change-phase.ts";
import { lockRpiw } from "../rpiw/lock-rpiw.ts";
import { MetricEntity } from "./metric.entity.ts";
import { metricRefusals } from "./metric.refusals.ts";
import { metricProblem, type MetricDirection } from "./metric.rules.ts";

export interface DefineMetricInput {
  readonly rpiwId: string;
  readonly name: string;
  readonly unit: string;
  readonly direction: MetricDirection;
  readonly target?: number | null;
}

/** Adds a metric to an RPIW; the first one begins the baselining. Resolves to the metric's id or a refusal. */
export async function defineMetric(useCase: UseCase, input: DefineMetricInput) {
  const { em, now } = useCase;
  const rpiw = await lockRpiw(useCase, input.rpiwId);
  if (isRefusal(rpiw)) return rpiw;
  const refused = refusedNow(rpiw, "defineMetric", "Metrics are defined, but");
  if (refused !== null) return refused;
  const others = await em.count(MetricEntity, { rpiwId: rpiw.id });
  const target = input.target ?? null;
  const problem = metricProblem({ name: input.name, unit: input.unit, target, others });
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  if (rpiw.phase === "CHARTERED") await changePhase(useCase, rpiw, "BASELINING");
  const id = newGlobalId("Metric", now);
  const { direction } = input;
  try {
    await em.insert(MetricEntity, {
      id,
      rpiwId: rpiw.id,
      name: input.name.trim(),
      unit: input.unit.trim(),
      direction,
      target,
      source: "USER",
    });
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    rollback(metricRefusals.METRIC_NAME_TAKEN(`This RPIW has a metric "${input.name.trim()}".`));
  }
  return { id };
}
