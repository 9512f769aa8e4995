import type { FactOf, rpiwPhaseChanged } from "@clic/bus";
import type { UseCase } from "@clic/subgraph-kit";
import { LockMode } from "@mikro-orm/postgresql";
import { recordStatus } from "./record-status.ts";
import { WorkItemEntity } from "./work-item.entity.ts";
import { isNews, statusForPhase } from "./work-item.rules.ts";

/**
 * Moves a work item to the status that the new phase of its delivery stands for, unless something later is known. Rejects
 * when there is no such work item or phase: the fact is then tried again, and in the end kept as a dead letter to look at.
 */
export async function followDelivery(useCase: UseCase, fact: FactOf<typeof rpiwPhaseChanged>): Promise<void> {
  const { workItemId, phase } = fact.data;
  const at = new Date(fact.data.at);
  const status = statusForPhase(phase);
  if (status === null) throw new Error(`An RPIW has no phase ${phase}.`);
  const item = await useCase.em.findOneOrFail(
    WorkItemEntity,
    { id: workItemId },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (!isNews(item, at)) return;
  item.deliveryAt = at;
  if (item.status === status) return;
  recordStatus(useCase, item, { to: status, at, reason: `Its delivery entered the phase ${phase}.` });
}
