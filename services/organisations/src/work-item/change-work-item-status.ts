import { commonRefusals, rollback, type Refusal, type UseCase } from "@clic/subgraph-kit";
import { LockMode } from "@mikro-orm/postgresql";
import { readableId } from "../readable-id.ts";
import { editedSource } from "../source.rules.ts";
import { violatesConstraint } from "../violated-constraint.ts";
import { recordStatus } from "./record-status.ts";
import { WorkItemEntity } from "./work-item.entity.ts";
import { workItemRefusals } from "./work-item.refusals.ts";
import { nextWorkItemStatuses, problemWithReason, workItemTypes, type WorkItemStatus } from "./work-item.rules.ts";

export interface ChangeWorkItemStatusInput {
  readonly workItemId: string;
  readonly status: WorkItemStatus;
  readonly reason?: string | null;
}

/** Moves a work item to another status, and writes it to the history. Asking for the status it has changes nothing. */
export async function changeWorkItemStatus(
  useCase: UseCase,
  input: ChangeWorkItemStatusInput,
): Promise<{ id: string } | Refusal> {
  const { em, viewer, now } = useCase;
  if (!viewer.scopes.has("operations:write"))
    return commonRefusals.NOT_ALLOWED("The office changes the status of work items.");
  const problem = problemWithReason(input.reason, input.status === "DECLINED");
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  const item = await em.findOne(
    WorkItemEntity,
    { id: readableId(input.workItemId, workItemTypes) },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (item === null) return commonRefusals.NOT_FOUND("There is no work item with this id.");
  if (item.status === input.status) return { id: item.id };
  const allowed = nextWorkItemStatuses(item.status ?? null);
  if (!allowed.includes(input.status)) {
    const message = `A work item can't go from ${item.status} to ${input.status}.`;
    return workItemRefusals.WORK_ITEM_STATUS_REFUSED(message, { allowed });
  }
  recordStatus(useCase, item, { to: input.status, at: now, reason: input.reason?.trim() ?? null });
  item.source = editedSource(item.source);
  await em.flush();
  try {
    await em.execute("set constraints organisations.work_item_active_needs_priority immediate");
  } catch (error) {
    if (!violatesConstraint(error, "work_item_active_needs_priority")) throw error;
    return rollback(workItemRefusals.PRIORITY_MISSING("An active work item needs a priority, and this one has none."));
  }
  return { id: item.id };
}
