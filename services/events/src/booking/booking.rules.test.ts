import { newGlobalId } from "@clic/global-id";
import { analyst, anonymous, lead, member, office } from "@clic/subgraph-testing";
import { describe, expect, it } from "@jest/globals";
import {
  bookingOutcome,
  bookingTransitions,
  hasBegun,
  mayCancel,
  mayReadPerson,
  mayReadPersons,
  movesUp,
} from "./booking.rules.ts";

const now = new Date("2026-06-01T09:00:00Z");
const later = new Date("2026-06-02T09:00:00Z");
const event = {
  status: "PUBLISHED",
  startsAt: later,
  capacity: 2,
  confirmed: 1,
  offered: 0,
  waiting: 0,
  hasWaitingList: true,
} as const;

describe("booking a place", () => {
  it("confirms while there is a place, and always where no limit is stated", () => {
    expect(bookingOutcome(event, now)).toBe("CONFIRMED");
    expect(bookingOutcome({ ...event, capacity: null, confirmed: 9999 }, now)).toBe("CONFIRMED");
  });

  it("puts on the waiting list when it is full, and says so where there is none", () => {
    expect(bookingOutcome({ ...event, confirmed: 2 }, now)).toBe("WAITLISTED");
    expect(bookingOutcome({ ...event, confirmed: 2, hasWaitingList: false }, now)).toBe("FULL");
    expect(bookingOutcome({ ...event, confirmed: 2, hasWaitingList: null }, now)).toBe("FULL");
  });

  it("counts a place that is on offer as taken", () => {
    expect(bookingOutcome({ ...event, offered: 1 }, now)).toBe("WAITLISTED");
  });

  it("lets nobody past those who wait", () => {
    expect(bookingOutcome({ ...event, confirmed: 0, waiting: 1 }, now)).toBe("WAITLISTED");
  });

  it("is over when the event has begun, or is not published", () => {
    expect(bookingOutcome({ ...event, startsAt: now }, now)).toBe("CLOSED");
    for (const status of ["DRAFT", "CLOSED", "COMPLETED", "CANCELLED", null] as const)
      expect(bookingOutcome({ ...event, status }, now)).toBe("CLOSED");
    expect(hasBegun({ startsAt: null }, now)).toBe(false);
  });

  it("moves the waiting list up until the event begins", () => {
    expect(movesUp(event, now)).toBe(true);
    expect(movesUp({ ...event, status: "CLOSED" }, now)).toBe(true);
    expect(movesUp({ ...event, startsAt: now }, now)).toBe(false);
    expect(movesUp({ ...event, status: "CANCELLED" }, now)).toBe(false);
  });
});

describe("a booking", () => {
  const person = member().personId as string;

  it("is cancelled by its person or the office", () => {
    expect([member(), office(), lead(), analyst(), anonymous].map((viewer) => mayCancel(viewer, person))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it("shows its person to all who see it but analysts, who see their own", () => {
    expect([member(), lead(), office(), analyst()].map(mayReadPersons)).toEqual([true, true, true, false]);
    expect(mayReadPerson(analyst(), newGlobalId("Person"))).toBe(false);
    expect(mayReadPerson(analyst(), analyst().personId as string)).toBe(true);
  });

  it("stays cancelled", () => {
    expect(bookingTransitions.CANCELLED).toEqual([]);
  });
});
