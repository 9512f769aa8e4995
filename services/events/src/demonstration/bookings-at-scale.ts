import { numberedGlobalId } from "@clic/global-id";
import {
  draw,
  drawOf,
  drawPerCent,
  employerAtScale,
  organisationIdAtScale,
  personIdAtScale,
  referenceDay,
  type Scale,
  type ScaleEvent,
} from "@clic/seed-data";
import type { BookingStatus } from "../booking/booking.rules.ts";

const source = "DEMO";
const hour = 3_600_000;
const reference = Date.parse(referenceDay);
/** Ids leave room for so many bookings of one event. */
const mostBookings = 128;
const capacities = [25, 30, 40, 40, 50, 60, 80, 100, null] as const;
/** No count of people has one of these among its factors, so that steps of it meet nobody twice. */
const strides = [7_919, 104_729, 1_299_709, 15_485_863];

/** How many can come to an event; null: as many as like. */
export function capacityAtScale(number: number): number | null {
  return drawOf(50, number, capacities);
}

/** What `count_booking()` makes of an event's bookings. */
export interface Counters {
  readonly confirmed: number;
  readonly waiting: number;
  readonly lastQueueNumber: number;
}

interface Place {
  readonly status: BookingStatus;
  readonly queueNumber: number | null;
}

/** The bookings of an event one after another, as far as places go: who comes when it is full waits. */
function* placesOf({ number, status }: ScaleEvent): Generator<Place> {
  if (status === "DRAFT") return;
  const capacity = capacityAtScale(number) ?? Infinity;
  const happened = status === "COMPLETED";
  let taken = 0;
  let lastQueueNumber = 0;
  for (let turn = 0, turns = 22 + draw(51, number, 59); turn < turns; turn++) {
    const booking = number * mostBookings + turn;
    const queueNumber = taken >= capacity ? ++lastQueueNumber : null;
    const cancelled = status === "CANCELLED" || drawPerCent(52, booking, 6);
    if (cancelled) yield { status: "CANCELLED", queueNumber };
    else if (queueNumber !== null) yield { status: "WAITLISTED", queueNumber };
    else {
      taken++;
      yield { status: !happened ? "CONFIRMED" : drawPerCent(53, booking, 12) ? "NO_SHOW" : "ATTENDED", queueNumber };
    }
  }
}

/** The counters of an event, by the same arithmetic as its bookings. */
export function countersAtScale(event: ScaleEvent): Counters {
  let [confirmed, waiting, lastQueueNumber] = [0, 0, 0];
  for (const place of placesOf(event)) {
    if (place.status === "WAITLISTED") waiting++;
    else if (place.status !== "CANCELLED") confirmed++;
    // Who waited and cancelled keeps the number, and it is drawn no second time.
    lastQueueNumber = place.queueNumber ?? lastQueueNumber;
  }
  return { confirmed, waiting, lastQueueNumber };
}

/** The bookings of an event, in the order in which they came; nobody twice. */
export function* bookingsAtScale(scale: Scale, event: ScaleEvent): Generator<object> {
  const stride = strides.find((one) => scale.people % one !== 0) as number;
  const first = draw(54, event.number, scale.people);
  const opened = Math.min(event.startsAt.getTime(), reference) - mostBookings * 12 * hour;
  let turn = 0;
  for (const { status, queueNumber } of placesOf(event)) {
    const person = (first + turn * stride) % scale.people;
    const bookedAt = opened + turn * 12 * hour + draw(55, event.number * mostBookings + turn, 12 * hour);
    yield {
      id: numberedGlobalId("Booking", event.number * mostBookings + turn),
      eventId: event.id,
      personId: personIdAtScale(person),
      organisationId: organisationIdAtScale(
        employerAtScale(scale, person, Math.floor((reference - bookedAt) / (24 * hour))),
      ),
      status,
      bookedAt: new Date(bookedAt),
      cancelledAt: status === "CANCELLED" ? new Date(bookedAt + 6 * hour) : null,
      queueNumber,
      source,
    };
    turn++;
  }
}
