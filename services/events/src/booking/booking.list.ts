import { defineList } from "@clic/subgraph-kit";
import { bookings } from "./booking.entity.ts";
import { mayReadPersons, seesEveryBooking } from "./booking.rules.ts";

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
  reach: (viewer) => {
    if (seesEveryBooking(viewer)) return "";
    const own = `e."person_id" = (select events.viewer_person())`;
    if (!viewer.scopes.has("organisation:read")) return own;
    const hosted = "select h.id from events.event h where h.host_id = (select events.viewer_organisation())";
    return `(${own} or e."event_id" = any(array(${hosted})))`;
  },
  defaultOrder: [{ property: "bookedAt", direction: "ASC" }],
});
