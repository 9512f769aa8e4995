import { newUuid } from "@clic/global-id";
import type { UseCase } from "@clic/subgraph-kit";
import type { InferEntity } from "@mikro-orm/postgresql";
import { StatusChangeEntity } from "./status-change.entity.ts";
import type { WorkItemEntity } from "./work-item.entity.ts";
import type { WorkItemStatus } from "./work-item.rules.ts";

/** Gives a work item a status and adds that to its history: the only place where a status is set. */
export function recordStatus(
  { em, viewer }: UseCase,
  item: InferEntity<typeof WorkItemEntity>,
  change: { readonly to: WorkItemStatus; readonly at: Date; readonly reason: string | null },
): void {
  em.create(StatusChangeEntity, {
    id: newUuid(),
    workItemId: item.id,
    fromStatus: item.status ?? null,
    toStatus: change.to,
    changedAt: change.at,
    changedById: viewer.personId,
    reason: change.reason,
  });
  item.status = change.to;
  item.statusSince = change.at;
}
