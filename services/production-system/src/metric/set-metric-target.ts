import { commonRefusals, isRefusal, type UseCase } from "@clic/subgraph-kit";
import { refusedNow } from "../rpiw/change-phase.ts";
import { lockMetric } from "./lock-metric.ts";
import { metricRefusals } from "./metric.refusals.ts";
import { valueProblem } from "./metric.rules.ts";

/** Sets, or changes, a metric's target before the workshop; resolves to the metric's id or a refusal. */
export async function setMetricTarget(useCase: UseCase, input: { readonly metricId: string; readonly target: number }) {
  const problem = valueProblem(input.target);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  const locked = await lockMetric(useCase, input.metricId);
  if (isRefusal(locked)) return locked;
  const { rpiw, metric } = locked;
  if (metric.baselineFrozenAt != null)
    return metricRefusals.BASELINE_FROZEN("The target was frozen with the baseline when the workshop started.");
  const refused = refusedNow(rpiw, "prepareMetric", "Targets are set, but");
  if (refused !== null) return refused;
  metric.target = input.target;
  return { id: metric.id };
}
