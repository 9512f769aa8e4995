import type { EventStatus } from "../event/event.rules.ts";

/** Whether an event is in the public calendar: announced once, and at a known time. */
export function isInCalendar(event: {
  readonly status?: EventStatus | null | undefined;
  readonly startsAt?: string | null | undefined;
}): boolean {
  return event.status != null && event.status !== "DRAFT" && event.startsAt != null;
}

/** The path of an event's calendar; it never changes, since calendars keep it. */
export function calendarPath(eventId: string): string {
  return `/calendar/${eventId}.ics`;
}
