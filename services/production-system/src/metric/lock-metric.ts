import { isGlobalId } from "@clic/global-id";
import { commonRefusals, isRefusal, type UseCase } from "@clic/subgraph-kit";
import { lockRpiw } from "../rpiw/lock-rpiw.ts";
import { MetricEntity } from "./metric.entity.ts";

/** A metric and its RPIW, which is locked, for a viewer who may deliver it; a refusal otherwise. */
export async function lockMetric(useCase: UseCase, id: string) {
  const metric = isGlobalId(id, "Metric") ? await useCase.em.findOne(MetricEntity, { id }) : null;
  if (metric === null) return commonRefusals.NOT_FOUND("There is no such metric.");
  const rpiw = await lockRpiw(useCase, metric.rpiwId);
  if (isRefusal(rpiw)) return rpiw;
  // Whoever held the lock before may have changed it.
  await useCase.em.refresh(metric);
  return { rpiw, metric };
}
