import { decodeGlobalId, encodeGlobalId } from "@clic/global-id";
import type { UseCase } from "@clic/subgraph-kit";
import type { EventStatus } from "../event/event.rules.ts";
import { movesUp } from "./booking.rules.ts";
import { tellConfirmed } from "./tell-booking.ts";

interface Promoted {
  readonly id: string;
  readonly person_id: string;
  readonly organisation_id: string | null;
  readonly queue_number: number;
}

/**
 * Gives the places that are free to those who wait, in their order. Hold the event first. The database confirms them,
 * since whoever made the place free may not touch, and mostly not see, the bookings of others.
 */
export async function confirmWaiting(
  useCase: UseCase,
  event: {
    readonly id: string;
    readonly status?: EventStatus | null | undefined;
    readonly startsAt?: Date | null | undefined;
  },
): Promise<void> {
  if (!movesUp(event, useCase.now)) return;
  const promoted = await useCase.em.execute<Promoted[]>(
    "select id, person_id, organisation_id, queue_number from events.confirm_waiting(?::uuid)",
    [decodeGlobalId(event.id, "Event").uuid],
  );
  for (const one of promoted.toSorted((left, right) => left.queue_number - right.queue_number)) {
    const booking = {
      id: encodeGlobalId("Booking", one.id),
      eventId: event.id,
      personId: encodeGlobalId("Person", one.person_id),
      organisationId: one.organisation_id && encodeGlobalId("Organisation", one.organisation_id),
    };
    await tellConfirmed(useCase, booking, true);
  }
}
