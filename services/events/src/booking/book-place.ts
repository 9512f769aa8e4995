import { newGlobalId } from "@clic/global-id";
import { commonRefusals, isRefusal, type Refusal, rollback, type UseCase } from "@clic/subgraph-kit";
import { DriverException } from "@mikro-orm/postgresql";
import { holdEvent } from "../event/hold-event.ts";
import { BookingEntity } from "./booking.entity.ts";
import { bookingRefusals } from "./booking.refusals.ts";
import { bookingOutcome } from "./booking.rules.ts";
import { tellConfirmed } from "./tell-booking.ts";

export interface BookPlaceInput {
  readonly eventId: string;
}

/** The refusal, and which booking there is; what that is like is read when it is asked for. */
export type AlreadyBookedRefusal = Refusal<"AlreadyBooked", "ALREADY_BOOKED"> & { readonly bookingId: string };

/**
 * Books a place for the viewer, or one on the waiting list; resolves to the booking's id or a refusal. Callers for one
 * event come one after another (its row is held), so that the waiting list has their order. That it is never overbooked
 * does not rest on this: the database counts each booking and refuses the one too many.
 */
export async function bookPlace(useCase: UseCase, input: BookPlaceInput) {
  const { em, viewer, now } = useCase;
  const personId = viewer.personId;
  if (personId === null || !viewer.scopes.has("booking:self"))
    return commonRefusals.NOT_ALLOWED("Sign in as a member to book a place.");
  const event = await holdEvent(useCase, input.eventId);
  if (isRefusal(event)) return event;

  const live = await em.findOne(BookingEntity, { personId, eventId: event.id, status: { $ne: "CANCELLED" } });
  if (live !== null)
    return bookingRefusals.ALREADY_BOOKED("You have booked this event already.", { bookingId: live.id });

  const outcome = bookingOutcome(event, now);
  if (outcome === "CLOSED")
    return bookingRefusals.BOOKING_CLOSED("This event takes no bookings: it is not published, or it has begun.");
  if (outcome === "FULL") return bookingRefusals.EVENT_FULL("This event is full and has no waiting list.");
  const booking = {
    id: newGlobalId("Booking", now),
    eventId: event.id,
    personId,
    organisationId: viewer.organisationId,
    status: outcome,
    bookedAt: now,
    queueNumber: outcome === "WAITLISTED" ? event.lastQueueNumber + 1 : null,
    source: "USER" as const,
  };
  try {
    await em.insert(BookingEntity, booking);
  } catch (error) {
    const constraint = error instanceof DriverException ? (error as { constraint?: string }).constraint : undefined;
    if (constraint === "event_capacity")
      return rollback(bookingRefusals.EVENT_FULL("This event has just been filled."));
    throw error;
  }
  if (outcome === "CONFIRMED") await tellConfirmed(useCase, booking, false);
  return { id: booking.id };
}
