import type { UseCase } from "@clic/subgraph-kit";
import { BookingEntity } from "./booking.entity.ts";
import { liveStatuses } from "./booking.rules.ts";
import { tellCancelled } from "./tell-booking.ts";

/** Cancels what is live of an event that is cancelled; nobody moves up. Hold the event first. */
export async function cancelAllBookings(useCase: UseCase, eventId: string): Promise<void> {
  const live = await useCase.em.find(
    BookingEntity,
    { eventId, status: { $in: [...liveStatuses] } },
    { orderBy: { id: "asc" } },
  );
  for (const booking of live) {
    booking.status = "CANCELLED";
    booking.cancelledAt = useCase.now;
  }
  await useCase.em.flush();
  for (const booking of live) await tellCancelled(useCase, booking, "EVENT_CANCELLED");
}
