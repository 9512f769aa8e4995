import { deterministicUuid } from "@clic/global-id";
import {
  organisationIdAtScale,
  type Scale,
  type ScaleWorkItem,
  timeFromReference,
  workItemAtScale,
} from "@clic/seed-data";
import type { WorkItemStatus } from "../work-item/work-item.rules.ts";
import { requestIdOf } from "./requests-at-scale.ts";

const source = "DEMO";

/** So many days after it was proposed a work item went on; RPIWs close when their last review is over. */
const wentOnAfter: Readonly<Record<WorkItemStatus, number>> = {
  PROPOSED: 0,
  SCOPING: 21,
  ACTIVE: 35,
  PAUSED: 60,
  COMPLETED: 196,
  DECLINED: 40,
};
/** How a work item came to each status. */
const ways: Readonly<Record<WorkItemStatus, readonly WorkItemStatus[]>> = {
  PROPOSED: ["PROPOSED"],
  SCOPING: ["PROPOSED", "SCOPING"],
  ACTIVE: ["PROPOSED", "SCOPING", "ACTIVE"],
  PAUSED: ["PROPOSED", "SCOPING", "ACTIVE", "PAUSED"],
  COMPLETED: ["PROPOSED", "SCOPING", "ACTIVE", "COMPLETED"],
  DECLINED: ["PROPOSED", "SCOPING", "DECLINED"],
};

function* items(scale: Scale): Generator<ScaleWorkItem> {
  for (let number = 0; number < scale.workItems; number++) yield workItemAtScale(scale, number);
}

const at = (item: ScaleWorkItem, status: WorkItemStatus): Date =>
  timeFromReference(wentOnAfter[status] - item.proposedDaysAgo, 9);

export function* workItems(scale: Scale): Generator<object> {
  for (const item of items(scale))
    yield {
      id: item.id,
      type: item.type,
      title: item.title,
      strategy: item.strategy,
      status: item.status,
      statusSince: at(item, item.status),
      leadOrganisationId: organisationIdAtScale(item.leadOrganisation),
      supportRequestId: requestIdOf(scale, item.number),
      source,
    };
}

export function* prioritiesOfWork(scale: Scale): Generator<object> {
  for (const { id, priorities } of items(scale))
    for (const priorityId of priorities) yield { workItemId: id, priorityId, source };
}

export function* workstreamsOfWork(scale: Scale): Generator<object> {
  for (const { id, workstreams } of items(scale))
    for (const workstreamId of workstreams) yield { workItemId: id, workstreamId, source };
}

export function* statusChanges(scale: Scale): Generator<object> {
  for (const item of items(scale))
    for (const [place, status] of ways[item.status].entries())
      yield {
        id: deterministicUuid("LearningInitiative", `${item.id} ${status}`),
        workItemId: item.id,
        fromStatus: ways[item.status][place - 1] ?? null,
        toStatus: status,
        changedAt: at(item, status),
        source,
      };
}
