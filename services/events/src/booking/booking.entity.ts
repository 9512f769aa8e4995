import { defineRows, idOf, ledBy, type Row, seenWith } from "@clic/subgraph-kit";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";
import type { BookingStatus } from "./booking.rules.ts";

export const BookingEntity = defineEntity({
  name: "Booking",
  tableName: "booking",
  schema: "events",
  properties: {
    id: p.type(idOf("Booking")).primary(),
    eventId: p.type(idOf("Event")),
    personId: p.type(idOf("Person")),
    /** For whom they acted when they booked. */
    organisationId: p.type(idOf("Organisation")).nullable(),
    status: p.text().$type<BookingStatus>(),
    bookedAt: p.datetime().columnType("timestamptz(3)"),
    cancelledAt: p.datetime().columnType("timestamptz(3)").nullable(),
    /** Drawn on joining an event's waiting list; the lowest goes first. Kept when the wait is over. */
    queueNumber: p.integer().nullable(),
    source: p.text().$type<"FOUNDING" | "DEMO" | "USER">(),
  },
});

export type Booking = InferEntity<typeof BookingEntity>;
export type BookingRow = Row<Booking>;
export const bookings = defineRows(BookingEntity, {
  type: "Booking",
  sight: seenWith(["operations:read", "analysis:read"], (viewer) => [
    { property: "personId", is: viewer.scopes.has("booking:self") ? viewer.personId : null },
    {
      sql: `e."event_id" = any(array(select h.id from events.event h where h.host_id = $))`,
      is: ledBy(viewer),
    },
  ]),
});
