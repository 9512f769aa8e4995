import { defineList } from "@clic/subgraph-kit";
import { bookings } from "./booking.entity.ts";
import { mayReadPersons } from "./booking.rules.ts";

export const bookingList = defineList({
  rows: bookings,
  node: "Booking",
  fields: {
    status: { filter: true, group: true, enum: "BookingStatus" },
    bookedAt: { filter: true, order: true, group: true },
    cancelledAt: { filter: true, order: true, group: true },
    eventId: { filter: true, group: true },
    organisationId: { filter: true, group: true },
    personId: { filter: true, group: true, visibleTo: mayReadPersons },
    source: { filter: true, group: true, enum: "Source" },
  },
  needs: {
    event: ["eventId"],
    person: ["personId"],
    organisation: ["organisationId"],
    position: ["id", "status"],
  },
  defaultOrder: [{ property: "bookedAt", direction: "ASC" }],
});
