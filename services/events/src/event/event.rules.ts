import type { Viewer } from "@clic/identity";
import { workItemReference } from "../work-item/work-item.rules.ts";

export type EventKind = "WORKSHOP" | "TRAINING" | "ENGAGEMENT" | "SESSION" | "CONFERENCE" | "MEETING";
export type EventMode = "IN_PERSON" | "ONLINE" | "HYBRID";
export type EventStatus = "DRAFT" | "PUBLISHED" | "CLOSED" | "COMPLETED" | "CANCELLED";

/** The states an event may go to from each. The README draws the same table. */
export const eventTransitions: Readonly<Record<EventStatus, readonly EventStatus[]>> = {
  DRAFT: ["PUBLISHED"],
  PUBLISHED: ["CLOSED", "COMPLETED", "CANCELLED"],
  CLOSED: ["PUBLISHED", "COMPLETED", "CANCELLED"],
  COMPLETED: [],
  CANCELLED: [],
};

/** Whether an event may go from one state to another. From null, which is what a report alone says of it, to any. */
export function mayBecome(from: EventStatus | null, to: EventStatus): boolean {
  return from === null || eventTransitions[from].includes(to);
}

/** Whether this viewer runs the events of this host: the office those of all, a lead those of their organisation. */
export function mayManage(viewer: Viewer, hostId: string | null): boolean {
  return viewer.scopes.has("operations:write") || leadsHost(viewer, hostId);
}

/** Whether counts of people at an event with this host are shown: who runs it, who reads operations, analysts. */
export function mayReadCounts(viewer: Viewer, hostId: string | null): boolean {
  return viewer.scopes.has("operations:read") || viewer.scopes.has("analysis:read") || leadsHost(viewer, hostId);
}

/** Whether the length of the waiting list is shown: also to whoever could join it. */
export function mayReadWaiting(viewer: Viewer, hostId: string | null): boolean {
  return viewer.scopes.has("booking:self") || mayReadCounts(viewer, hostId);
}

function leadsHost(viewer: Viewer, hostId: string | null): boolean {
  return viewer.scopes.has("organisation:read") && hostId !== null && hostId === viewer.organisationId;
}

export const largestCapacity = 100_000;

export interface EventDraft {
  readonly title: string;
  readonly startsAt?: Date | null;
  readonly endsAt?: Date | null;
  readonly workItemId?: string | null;
  readonly capacity?: number | null;
}

/** What is wrong with an event as it is entered, for a person to read; null when nothing is. */
export function eventProblem({ title, startsAt, endsAt, workItemId, capacity }: EventDraft): string | null {
  if (title.trim() === "" || title.length > 200) return "A title has 1 to 200 characters.";
  if (endsAt != null && startsAt == null) return "An event that ends has a start: give startsAt too.";
  if (startsAt != null && endsAt != null && endsAt <= startsAt) return "An event ends after its start.";
  if (workItemId != null && workItemReference(workItemId) === null)
    return "workItemId is not the id of a work item (lin_…, rpw_…, imp_… or led_…).";
  return capacityProblem(capacity ?? null);
}

/** What is wrong with a capacity; null, which is no limit, is right. */
export function capacityProblem(capacity: number | null): string | null {
  if (capacity === null || (Number.isInteger(capacity) && capacity >= 1 && capacity <= largestCapacity)) return null;
  return `A capacity is 1 to ${largestCapacity}; leave it out where there is no limit.`;
}

/** What an event still lacks before it can be published; null when nothing. `now` is the present. */
export function notReady(event: { readonly startsAt?: Date | null | undefined }, now: Date): string | null {
  if (event.startsAt == null) return "An event is published with the time of its start.";
  if (event.startsAt <= now) return "An event is published before it starts.";
  return null;
}

/** The filter for events that anybody can still go to: published, and not yet started at `now`. */
export function upcoming(now: Date) {
  return { status: { eq: "PUBLISHED" }, startsAt: { gt: now } } as const;
}

/** What a row is once somebody has edited it: no longer the report's word. Made-up rows stay made up. */
export function sourceAfterEdit(source: "FOUNDING" | "DEMO" | "USER"): "DEMO" | "USER" {
  return source === "DEMO" ? "DEMO" : "USER";
}
