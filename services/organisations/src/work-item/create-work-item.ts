import { newGlobalId } from "@clic/global-id";
import { commonRefusals, type Refusal, type UseCase } from "@clic/subgraph-kit";
import type { InferEntity } from "@mikro-orm/postgresql";
import { OrganisationEntity } from "../organisation/organisation.entity.ts";
import { PriorityEntity } from "../priority/priority.entity.ts";
import { WorkstreamEntity } from "../workstream/workstream.entity.ts";
import { recordStatus } from "./record-status.ts";
import { WorkItemEntity, WorkItemPriorityEntity, WorkItemWorkstreamEntity } from "./work-item.entity.ts";
import { problemWithWorkItem, type StrategyKey, type WorkItemType } from "./work-item.rules.ts";

export interface NewWorkItem {
  readonly type: WorkItemType;
  readonly title: string;
  readonly strategy: StrategyKey;
  readonly priorityIds: readonly string[];
  readonly workstreamIds?: readonly string[] | null;
  readonly leadOrganisationId: string;
  readonly supportRequestId: string | null;
}

/**
 * Makes a work item, PROPOSED, with its priorities, workstreams and the first line of its history: the only place that
 * makes one. Writes no fact; the caller says what happened. Refuses before it writes anything.
 */
export async function createWorkItem(
  useCase: UseCase,
  input: NewWorkItem,
): Promise<InferEntity<typeof WorkItemEntity> | Refusal> {
  const { em, now } = useCase;
  const priorityIds = [...new Set(input.priorityIds)];
  const workstreamIds = [...new Set(input.workstreamIds)];
  const problem = problemWithWorkItem({ ...input, priorityIds, workstreamIds });
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  if ((await em.count(PriorityEntity, { id: { $in: priorityIds } })) < priorityIds.length)
    return commonRefusals.NOT_FOUND("One of priorityIds is no priority's.");
  if ((await em.count(WorkstreamEntity, { id: { $in: workstreamIds } })) < workstreamIds.length)
    return commonRefusals.NOT_FOUND("One of workstreamIds is no workstream's.");
  if ((await em.count(OrganisationEntity, { id: input.leadOrganisationId })) === 0)
    return commonRefusals.NOT_FOUND("There is no organisation with the id leadOrganisationId.");
  const item = em.create(WorkItemEntity, {
    id: newGlobalId(input.type),
    type: input.type,
    title: input.title.trim(),
    strategy: input.strategy,
    status: null,
    statusSince: null,
    deliveryAt: null,
    leadOrganisationId: input.leadOrganisationId,
    supportRequestId: input.supportRequestId,
    reportedStatus: null,
    reportedWhen: null,
    source: "USER",
  });
  const reason = input.supportRequestId === null ? null : "A request for support was accepted.";
  recordStatus(useCase, item, { to: "PROPOSED", at: now, reason });
  for (const priorityId of priorityIds) em.create(WorkItemPriorityEntity, { workItemId: item.id, priorityId });
  for (const workstreamId of workstreamIds) em.create(WorkItemWorkstreamEntity, { workItemId: item.id, workstreamId });
  await em.flush();
  return item;
}
