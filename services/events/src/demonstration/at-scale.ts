import { numberedGlobalId } from "@clic/global-id";
import {
  draw,
  drawOf,
  eventAtScale,
  organisationAtScale,
  organisationIdAtScale,
  type Scale,
  type ScaleEvent,
  scaleNamed,
} from "@clic/seed-data";
import type { BulkLoad } from "@clic/subgraph-kit";
import { BookingEntity } from "../booking/booking.entity.ts";
import { EventEntity } from "../event/event.entity.ts";
import { VenueEntity } from "../venue/venue.entity.ts";
import { EventWorkstreamEntity } from "../workstream/event-workstream.entity.ts";
import { bookingsAtScale, capacityAtScale, countersAtScale } from "./bookings-at-scale.ts";

const source = "DEMO";
const hour = 3_600_000;
const modes = ["IN_PERSON", "IN_PERSON", "HYBRID", "ONLINE"] as const;

/**
 * Events' share of the made-up data set of this name. Events come with their counters, so `count_booking` is off while the
 * bookings come: `test/at-scale.test.ts` compares the two.
 */
export function bulk(name: string): BulkLoad {
  const scale = scaleNamed(name);
  return {
    tables: [
      { entity: VenueEntity, about: scale.organisations, rows: () => venues(scale) },
      { entity: EventEntity, about: scale.events, rows: () => events(scale) },
      { entity: EventWorkstreamEntity, about: scale.events, rows: () => eventWorkstreams(scale) },
      { entity: BookingEntity, about: scale.bookings, rows: () => bookings(scale), withoutTriggers: ["count_booking"] },
    ],
  };
}

function* allEvents(scale: Scale): Generator<ScaleEvent> {
  for (let number = 0; number < scale.events; number++) yield eventAtScale(scale, number);
}

function* venues({ organisations }: Scale): Generator<object> {
  for (let number = 0; number < organisations; number++)
    yield {
      id: numberedGlobalId("Venue", number),
      name: `Rooms of ${organisationAtScale(number).name}`,
      address: `${number + 1} Demonstration Road`,
      temporary: false,
      status: "ACTIVE",
      source,
    };
}

function* events(scale: Scale): Generator<object> {
  for (const event of allEvents(scale)) {
    const { number, startsAt, host } = event;
    const mode = drawOf(60, number, modes);
    const created = new Date(startsAt.getTime() - 100 * 24 * hour);
    yield {
      id: event.id,
      title: event.title,
      kind: event.kind,
      mode,
      status: event.status,
      startsAt,
      endsAt: new Date(startsAt.getTime() + drawOf(61, number, [1, 2, 3, 7]) * hour),
      venueId: mode === "ONLINE" ? null : numberedGlobalId("Venue", draw(62, number, scale.organisations)),
      hostId: organisationIdAtScale(host),
      workItemId: event.workItemId,
      capacity: capacityAtScale(number),
      hasWaitingList: true,
      ...countersAtScale(event),
      updatedAt: created,
      source,
    };
  }
}

function* eventWorkstreams(scale: Scale): Generator<object> {
  for (const { id, workstreams } of allEvents(scale))
    for (const workstreamId of workstreams) yield { workstreamId, eventId: id, source };
}

function* bookings(scale: Scale): Generator<object> {
  for (const event of allEvents(scale)) yield* bookingsAtScale(scale, event);
}
