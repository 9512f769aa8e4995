import { isGlobalId } from "@clic/global-id";
import { commonRefusals, isRefusal, type UseCase } from "@clic/subgraph-kit";
import { holdEvent } from "../event/hold-event.ts";
import { BookingEntity } from "./booking.entity.ts";
import { bookingRefusals } from "./booking.refusals.ts";
import { bookingTransitions, hasBegun, mayCancel } from "./booking.rules.ts";
import { confirmWaiting } from "./confirm-waiting.ts";
import { tellCancelled } from "./tell-booking.ts";

/**
 * Cancels a booking and gives its place to the first who waits, both or neither; resolves to its id or a refusal.
 * A booking that is cancelled already stays so, and nobody moves up twice.
 */
export async function cancelBooking(useCase: UseCase, input: { readonly bookingId: string }) {
  const { em, viewer, now } = useCase;
  if (!isGlobalId(input.bookingId, "Booking"))
    return commonRefusals.INVALID_INPUT("This is not the id of a booking (bkg_…).");
  const booking = await em.findOne(BookingEntity, { id: input.bookingId });
  if (booking === null) return commonRefusals.NOT_FOUND(`There is no booking ${input.bookingId}.`);
  if (!mayCancel(viewer, booking.personId))
    return commonRefusals.NOT_ALLOWED("Only its person, or the office, cancels a booking.");
  const event = await holdEvent(useCase, booking.eventId);
  if (isRefusal(event)) return event;
  await em.refresh(booking);
  if (booking.status === "CANCELLED") return { id: booking.id };
  if (hasBegun(event, now) || !bookingTransitions[booking.status].includes("CANCELLED"))
    return bookingRefusals.BOOKING_OVER("The event has begun: its bookings can't be cancelled any more.");
  booking.status = "CANCELLED";
  booking.cancelledAt = now;
  await em.flush();
  await tellCancelled(useCase, booking, viewer.personId === booking.personId ? "PERSON" : "OFFICE");
  await confirmWaiting(useCase, event);
  return { id: booking.id };
}
