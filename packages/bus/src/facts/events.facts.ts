import { z } from "zod";

import { defineFact } from "../fact.definition.ts";

const booking = z.object({
  bookingId: z.string().min(1),
  eventId: z.string().min(1),
  personId: z.string().min(1),
  /** For whom they booked; null when they acted for no organisation. */
  organisationId: z.string().nullable(),
});

/** Somebody has a place at an event: at once, or from the waiting list. */
export const bookingConfirmed = defineFact({
  type: "events.booking-confirmed",
  version: 1,
  data: booking.extend({ fromWaitingList: z.boolean() }),
});

/** A booking, confirmed or waiting, was given up. */
export const bookingCancelled = defineFact({
  type: "events.booking-cancelled",
  version: 1,
  data: booking.extend({ because: z.literal(["PERSON", "OFFICE", "EVENT_CANCELLED"]) }),
});
