import { defineRefusals } from "@clic/subgraph-kit";

export const bookingRefusals = defineRefusals({
  EVENT_FULL: { type: "EventFull", meaning: "The event has no place left and no waiting list. Choose another event." },
  ALREADY_BOOKED: {
    type: "AlreadyBooked",
    meaning: "This person has a live booking for the event; it comes with the refusal.",
  },
  BOOKING_CLOSED: {
    type: "BookingClosed",
    meaning: "The event takes no bookings: it is not published, or it has begun.",
  },
  BOOKING_OVER: { type: "BookingOver", meaning: "The booking can't be cancelled any more: the event has begun." },
});
