import { commonRefusals, isRefusal, type UseCase } from "@clic/subgraph-kit";
import { type Day, dayAt } from "../calendar/day.rules.ts";
import { refusedNow } from "../rpiw/change-phase.ts";
import { lockMetric } from "./lock-metric.ts";
import { metricRefusals } from "./metric.refusals.ts";
import { baselineProblem } from "./metric.rules.ts";

export interface RecordBaselineInput {
  readonly metricId: string;
  readonly value: number;
  readonly takenOn: Day;
}

/** Records, or corrects, a metric's baseline before the workshop; resolves to the metric's id or a refusal. */
export async function recordBaseline(useCase: UseCase, input: RecordBaselineInput) {
  const problem = baselineProblem({ ...input, today: dayAt(useCase.now) });
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  const locked = await lockMetric(useCase, input.metricId);
  if (isRefusal(locked)) return locked;
  const { rpiw, metric } = locked;
  if (metric.baselineFrozenAt != null)
    return metricRefusals.BASELINE_FROZEN("The baseline was frozen when the workshop started.");
  const refused = refusedNow(rpiw, "prepareMetric", "Baselines are recorded, but");
  if (refused !== null) return refused;
  metric.baseline = input.value;
  metric.baselineTakenOn = input.takenOn;
  return { id: metric.id };
}
