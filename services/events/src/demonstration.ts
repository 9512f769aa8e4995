import { demonstrationEvents, demonstrationPeople, demonstrationWorkItems, seedId } from "@clic/seed-data";
import { loadRows, type UseCase } from "@clic/subgraph-kit";
import { BookingEntity } from "./booking/booking.entity.ts";
import type { BookingStatus } from "./booking/booking.rules.ts";
import { EventEntity } from "./event/event.entity.ts";
import { VenueEntity } from "./venue/venue.entity.ts";
import { EventWorkstreamEntity } from "./workstream/event-workstream.entity.ts";

const hour = 3_600_000;
const firstBooking = Date.UTC(2025, 11, 1, 9);
const modes = ["IN_PERSON", "IN_PERSON", "HYBRID", "ONLINE"] as const;

const venues = ["Training Room", "Lecture Hall", "Community Room"].map((name, index) => ({
  id: seedId("Venue", `demo-venue-${index + 1}`),
  name: `Demonstration ${name}`,
  address: `${index + 1} Demonstration Street`,
  temporary: false,
  temporaryUntil: null,
  status: "ACTIVE",
  source: "DEMO",
}));

const typeOfWorkItem = new Map(demonstrationWorkItems.map(({ key, type }) => [key, type]));

function workItemId(key: string | null): string | null {
  const type = key === null ? undefined : typeOfWorkItem.get(key);
  return key === null || type === undefined ? null : seedId(type, key);
}

/** The first has many places left, the second is full with a waiting list, the third states no limit; teams meet at the sixteenth. */
function capacityOf(index: number): number | null {
  return index === 0 ? 20 : index === 1 ? 4 : index === 2 ? null : index === 15 ? 40 : 12;
}

const events = demonstrationEvents.map((event, index) => {
  const mode = modes[index % modes.length] as (typeof modes)[number];
  const startsAt = new Date(event.startsAt);
  return {
    id: seedId("Event", event.key),
    title: event.title,
    kind: event.kind,
    mode,
    status: event.status,
    startsAt,
    endsAt: new Date(startsAt.getTime() + 3 * hour),
    venueId: mode === "ONLINE" ? null : (venues[index % venues.length]?.id ?? null),
    hostId: seedId("Organisation", event.host),
    workItemId: workItemId(event.workItem),
    capacity: capacityOf(index),
    hasWaitingList: true,
    source: "DEMO",
  };
});

const workstreamsOf = new Map(demonstrationWorkItems.map(({ key, workstreams }) => [key, workstreams]));
const eventWorkstreams = demonstrationEvents.flatMap(({ key, workItem }) =>
  (workItem === null ? [] : (workstreamsOf.get(workItem) ?? [])).map((code) => ({
    workstreamId: seedId("Workstream", code),
    eventId: seedId("Event", key),
    source: "DEMO",
  })),
);

const person = (number: number): string => `demo-person-${number}`;

/** Who is at which event, by its number, in the order of booking. */
const attendance: readonly (readonly [
  event: number,
  people: readonly (readonly [key: string, status: BookingStatus])[],
])[] = [
  [
    1,
    [
      ["member", "CONFIRMED"],
      ["lead", "CONFIRMED"],
      ["secondee", "CONFIRMED"],
      [person(1), "CONFIRMED"],
      [person(2), "CANCELLED"],
    ],
  ],
  [
    2,
    [
      ...[3, 4, 5, 6].map((number) => [person(number), "CONFIRMED"] as const),
      ["member", "WAITLISTED"],
      [person(7), "WAITLISTED"],
    ],
  ],
  [3, [8, 9, 10].map((number) => [person(number), "CONFIRMED"] as const)],
  [
    4,
    [
      ["secondee", "CONFIRMED"],
      [person(11), "CONFIRMED"],
    ],
  ],
  [
    13,
    [
      ["member", "ATTENDED"],
      [person(12), "ATTENDED"],
      [person(13), "NO_SHOW"],
    ],
  ],
  [
    14,
    [
      ["lead", "ATTENDED"],
      ["secondee", "NO_SHOW"],
      [person(14), "ATTENDED"],
    ],
  ],
  [15, [15, 16, 17].map((number) => [person(number), "ATTENDED"] as const)],
  // Six of each of the six teams: thirty came, six did not.
  [16, Array.from({ length: 36 }, (_, index) => [person(31 + index), index < 30 ? "ATTENDED" : "NO_SHOW"] as const)],
];

const homes = new Map(demonstrationPeople.map(({ key, memberships }) => [key, memberships[0]?.organisation]));

const bookings = attendance.flatMap(([number, people]) =>
  people.map(([key, status], index) => {
    const bookedAt = new Date(firstBooking + (number * 24 + index) * hour);
    const home = homes.get(key);
    const waited = people.slice(0, index + 1).filter(([, one]) => one === "WAITLISTED").length;
    return {
      id: seedId("Booking", `demo-event-${number}:${key}`),
      eventId: seedId("Event", `demo-event-${number}`),
      personId: seedId("Person", key),
      organisationId: home === undefined ? null : seedId("Organisation", home),
      status,
      bookedAt,
      cancelledAt: status === "CANCELLED" ? new Date(bookedAt.getTime() + hour) : null,
      queueNumber: status === "WAITLISTED" ? waited : null,
      source: "DEMO",
    };
  }),
);

/** Loads made-up venues, the cast's events, and bookings of the development users and others. The same at every load. */
export async function loadDemonstration({ em }: UseCase): Promise<void> {
  await loadRows(em, VenueEntity, venues);
  await loadRows(em, EventEntity, events);
  await loadRows(em, EventWorkstreamEntity, eventWorkstreams);
  await loadRows(em, BookingEntity, bookings);
}
