import { defineOrm } from "@clic/subgraph-kit";
import { migration as venuesEventsBookings } from "../migrations/2026-11-22-venues-events-bookings.ts";
import { migration as eventWorkstreams } from "../migrations/2026-11-22-event-workstreams.ts";
import { migration as attendance } from "../migrations/2026-11-25-attendance.ts";
import { BookingEntity } from "./booking/booking.entity.ts";
import { EventEntity } from "./event/event.entity.ts";
import { VenueEntity } from "./venue/venue.entity.ts";
import { EventWorkstreamEntity } from "./workstream/event-workstream.entity.ts";

export const orm = defineOrm({
  schema: "events",
  entities: [VenueEntity, EventEntity, BookingEntity, EventWorkstreamEntity],
  migrations: [venuesEventsBookings, eventWorkstreams, attendance],
});
