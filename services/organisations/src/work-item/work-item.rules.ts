import type { Viewer } from "@clic/identity";

export const workItemTypes = ["LearningInitiative", "Rpiw", "ImprovementProject", "LeadershipInitiative"] as const;
export type WorkItemType = (typeof workItemTypes)[number];
export type StrategyKey = "EDUCATION_LEARNING" | "PRODUCTION_SYSTEM" | "LEADERSHIP";
export type WorkItemStatus = "PROPOSED" | "SCOPING" | "ACTIVE" | "PAUSED" | "COMPLETED" | "DECLINED";

const next: Record<WorkItemStatus, readonly WorkItemStatus[]> = {
  PROPOSED: ["SCOPING", "ACTIVE", "DECLINED"],
  SCOPING: ["ACTIVE", "PAUSED", "DECLINED"],
  ACTIVE: ["PAUSED", "COMPLETED"],
  PAUSED: ["SCOPING", "ACTIVE", "COMPLETED", "DECLINED"],
  COMPLETED: [],
  DECLINED: ["PROPOSED"],
};

/** The statuses that somebody may move a work item to. Null is founding work whose status nobody has settled yet. */
export function nextWorkItemStatuses(status: WorkItemStatus | null): readonly WorkItemStatus[] {
  return status === null ? ["PROPOSED", "SCOPING", "ACTIVE", "PAUSED", "COMPLETED", "DECLINED"] : next[status];
}

/**
 * The one table from an RPIW's phase, which Production System holds, to the work item's status: it is being worked out
 * until the baseline is taken, and under way until the last review.
 */
const statusOfPhase: Readonly<Record<string, WorkItemStatus>> = {
  PROPOSED: "PROPOSED",
  CHARTERED: "SCOPING",
  BASELINING: "ACTIVE",
  WORKSHOP: "ACTIVE",
  REPORTED_OUT: "ACTIVE",
  FOLLOW_UP: "ACTIVE",
  CLOSED: "COMPLETED",
  ABANDONED: "DECLINED",
};

/** The status that a phase of delivery stands for; null for a phase that this release doesn't know. */
export function statusForPhase(phase: string): WorkItemStatus | null {
  return Object.hasOwn(statusOfPhase, phase) ? (statusOfPhase[phase] as WorkItemStatus) : null;
}

/** Whether what the delivery told at this instant is news: facts come in rough order, and an older one moves nothing. */
export function isNews(
  item: { readonly statusSince?: Date | null | undefined; readonly deliveryAt?: Date | null | undefined },
  at: Date,
): boolean {
  const known = Math.max(item.statusSince?.getTime() ?? -Infinity, item.deliveryAt?.getTime() ?? -Infinity);
  return at.getTime() > known;
}

/** Why a work item can't be made as given, for a person; null when it can. */
export function problemWithWorkItem(input: {
  readonly title: string;
  readonly priorityIds: readonly string[];
  readonly workstreamIds: readonly string[];
}): string | null {
  const length = input.title.trim().length;
  if (length < 1 || length > 200) return "The title needs 1 to 200 characters.";
  if (input.priorityIds.length < 1 || input.priorityIds.length > 10) return "A work item serves 1 to 10 priorities.";
  if (input.workstreamIds.length > 10) return "A work item is part of 10 workstreams at most.";
  return null;
}

/** Why a reason can't be kept, for a person; null when it can. */
export function problemWithReason(reason: string | null | undefined, needed: boolean): string | null {
  if (reason == null) return needed ? "A reason is needed." : null;
  const length = reason.trim().length;
  return length < 1 || length > 2000 ? "A reason needs 1 to 2,000 characters." : null;
}

/** Whether the viewer may read why a status changed: words that may name somebody, so not for the public, analysts, machines. */
export function mayReadReasons(viewer: Viewer): boolean {
  const staff = viewer.scopes.has("record:self") || viewer.scopes.has("operations:read");
  return viewer.scopes.has("personal:read") || (viewer.kind === "person" && staff);
}
