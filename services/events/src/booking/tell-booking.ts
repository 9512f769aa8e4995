import { bookingCancelled, bookingConfirmed, writeFact } from "@clic/bus";
import type { UseCase } from "@clic/subgraph-kit";
import type { Booking } from "./booking.entity.ts";

type Booked = Pick<Booking, "id" | "eventId" | "personId"> & { readonly organisationId?: string | null | undefined };

const aboutBooking = (booking: Booked) => ({
  bookingId: booking.id,
  eventId: booking.eventId,
  personId: booking.personId,
  organisationId: booking.organisationId ?? null,
});

/** Tells the others, in this transaction, that somebody has a place. */
export async function tellConfirmed({ em, now }: UseCase, booking: Booked, fromWaitingList: boolean): Promise<void> {
  const data = { ...aboutBooking(booking), fromWaitingList };
  await writeFact(em, bookingConfirmed, { aggregateId: booking.id, data, occurredAt: now });
}

/** Tells the others, in this transaction, that somebody gave a place up or had it taken. */
export async function tellCancelled(
  { em, now }: UseCase,
  booking: Booked,
  because: "PERSON" | "OFFICE" | "EVENT_CANCELLED",
): Promise<void> {
  const data = { ...aboutBooking(booking), because };
  await writeFact(em, bookingCancelled, { aggregateId: booking.id, data, occurredAt: now });
}
