import type { Viewer } from "@clic/identity";
import type { EventStatus } from "../event/event.rules.ts";

export type BookingStatus = "CONFIRMED" | "WAITLISTED" | "OFFERED" | "ATTENDED" | "NO_SHOW" | "CANCELLED";

/** The states a booking may go to from each. The README draws the same table. */
export const bookingTransitions: Readonly<Record<BookingStatus, readonly BookingStatus[]>> = {
  WAITLISTED: ["CONFIRMED", "OFFERED", "CANCELLED"],
  OFFERED: ["CONFIRMED", "WAITLISTED", "CANCELLED"],
  CONFIRMED: ["ATTENDED", "NO_SHOW", "CANCELLED"],
  ATTENDED: ["NO_SHOW"],
  NO_SHOW: ["ATTENDED"],
  CANCELLED: [],
};

/** The states that a cancelled event takes bookings out of. */
export const liveStatuses: readonly BookingStatus[] = ["CONFIRMED", "WAITLISTED", "OFFERED"];

interface Bookable {
  readonly status?: EventStatus | null | undefined;
  readonly startsAt?: Date | null | undefined;
  readonly capacity?: number | null | undefined;
  readonly confirmed: number;
  readonly offered: number;
  readonly waiting: number;
  readonly hasWaitingList?: boolean | null | undefined;
}

/** Whether an event has begun. One without a time has not. */
export function hasBegun({ startsAt }: Pick<Bookable, "startsAt">, now: Date): boolean {
  return startsAt != null && startsAt <= now;
}

/**
 * What somebody who books now gets. Who waits already comes first: a place that is free while others wait is theirs.
 * The event must be held when this is asked, or the answer is stale.
 */
export function bookingOutcome(event: Bookable, now: Date): "CONFIRMED" | "WAITLISTED" | "FULL" | "CLOSED" {
  if (event.status !== "PUBLISHED" || hasBegun(event, now)) return "CLOSED";
  const free = event.capacity == null ? Infinity : event.capacity - event.confirmed - event.offered;
  if (free > 0 && event.waiting === 0) return "CONFIRMED";
  return event.hasWaitingList === true ? "WAITLISTED" : "FULL";
}

/** Whether the waiting list moves up when a place gets free: until the event begins, also when booking has ended. */
export function movesUp(event: Pick<Bookable, "status" | "startsAt">, now: Date): boolean {
  return (event.status === "PUBLISHED" || event.status === "CLOSED") && !hasBegun(event, now);
}

/** Whether this viewer may cancel this person's booking: their own, or the office. */
export function mayCancel(viewer: Viewer, personId: string): boolean {
  return viewer.scopes.has("operations:write") || (viewer.scopes.has("booking:self") && viewer.personId === personId);
}

/**
 * Whether persons behind bookings are shown to this viewer in general. Who sees every row for analysis sees no person,
 * and so may not filter or order by one either.
 */
export function mayReadPersons(viewer: Viewer): boolean {
  return viewer.scopes.has("operations:read") || !viewer.scopes.has("analysis:read");
}

/** Whether row-level security shows the viewer every booking. */
export function seesEveryBooking({ kind, scopes }: Viewer): boolean {
  return kind === "system" || scopes.has("operations:read") || scopes.has("analysis:read");
}

/** Whether the person behind this booking is shown: in general, or because it is the viewer. */
export function mayReadPerson(viewer: Viewer, personId: string): boolean {
  return mayReadPersons(viewer) || viewer.personId === personId;
}
