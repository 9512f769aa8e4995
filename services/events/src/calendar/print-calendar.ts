import ical, { ICalCalendarMethod, ICalEventStatus } from "ical-generator";
import type { EventRow } from "../event/event.entity.ts";
import type { VenueRow } from "../venue/venue.entity.ts";

/**
 * An event as iCalendar text. The UID is the event's id and stays; SEQUENCE rises with every change and with
 * cancellation, so that calendars take the later text for the newer. The event must have a start.
 */
export function printCalendar(event: EventRow, venue: VenueRow | null): string {
  const calendar = ical({
    prodId: { company: "CLIC", product: "Events", language: "EN" },
    method: ICalCalendarMethod.PUBLISH,
  });
  calendar.createEvent({
    id: event.id,
    sequence: event.sequence,
    stamp: new Date(event.updatedAt),
    start: new Date(event.startsAt as string),
    ...(event.endsAt && { end: new Date(event.endsAt) }),
    summary: event.title,
    ...(venue && { location: venue.address ? `${venue.name}, ${venue.address}` : venue.name }),
    status: event.status === "CANCELLED" ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return calendar.toString();
}
