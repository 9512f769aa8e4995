import { newGlobalId } from "@clic/global-id";
import { analyst, anonymous, lead, member, office, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { arrangeEvent, book, cancel, demoEvent, present, somebody, startEvents } from "./events-world.ts";

let world: TestSubgraph;
beforeAll(async () => {
  world = await startEvents();
});
afterAll(() => world.stop());
afterEach(() => world.setNow(present));

const counts = async (id: string) =>
  (await world.ask(office(), "query ($id: ID!) { event(id: $id) { placesLeft confirmedCount waitingCount } }", { id }))
    .data.event;
const statusOf = async (id: string): Promise<string> =>
  (await world.ask(office(), "query ($id: ID!) { booking(id: $id) { status } }", { id })).data.booking.status;
const factsAbout = async (ids: readonly string[]): Promise<{ type: string; data: Record<string, unknown> }[]> =>
  world.arrange(({ em }) =>
    em.execute("select type, data from events.outbox where aggregate_id = any(string_to_array(?, ',')) order by id", [
      ids.join(),
    ]),
  );

describe("booking a place", () => {
  it("confirms it, for the person and the organisation they act for, and counts it", async () => {
    const event = await arrangeEvent(world, { capacity: 2 });
    const viewer = somebody();
    const booking = await book(world, viewer, event);
    expect(booking).toMatchObject({
      __typename: "Booking",
      status: "CONFIRMED",
      position: null,
      event: { id: event },
      person: { id: viewer.personId },
      organisation: { id: viewer.organisationId },
      bookedAt: "2026-11-22T12:00:00Z",
    });
    expect(await counts(event)).toEqual({ placesLeft: 1, confirmedCount: 1, waitingCount: 0 });
    expect(await factsAbout([booking.id])).toEqual([
      {
        type: "events.booking-confirmed",
        data: {
          bookingId: booking.id,
          eventId: event,
          personId: viewer.personId,
          organisationId: viewer.organisationId,
          fromWaitingList: false,
        },
      },
    ]);
  });

  it("puts who comes too late on the waiting list, in their order, and tells nobody that they have a place", async () => {
    const event = await arrangeEvent(world, { capacity: 1 });
    await book(world, somebody(), event);
    const waiting = [await book(world, somebody(), event), await book(world, somebody(), event)];
    expect(waiting.map(({ status, position }) => [status, position])).toEqual([
      ["WAITLISTED", 1],
      ["WAITLISTED", 2],
    ]);
    expect(await counts(event)).toEqual({ placesLeft: 0, confirmedCount: 1, waitingCount: 2 });
    expect(await factsAbout(waiting.map(({ id }) => id))).toEqual([]);
  });

  it("has no end where no limit is stated", async () => {
    const event = await arrangeEvent(world, { capacity: null });
    expect((await book(world, somebody(), event)).status).toBe("CONFIRMED");
    expect((await counts(event)).placesLeft).toBeNull();
  });

  it("is refused when the event is full and has no waiting list", async () => {
    const event = await arrangeEvent(world, { capacity: 1, hasWaitingList: false });
    await book(world, somebody(), event);
    expect(await book(world, somebody(), event)).toMatchObject({ __typename: "EventFull", code: "EVENT_FULL" });
  });

  it("is refused a second time, with the booking that there is; and can be repeated once that is cancelled", async () => {
    const event = await arrangeEvent(world, { capacity: 5 });
    const viewer = somebody();
    const first = await book(world, viewer, event);
    expect(await book(world, viewer, event)).toMatchObject({
      __typename: "AlreadyBooked",
      code: "ALREADY_BOOKED",
      booking: { id: first.id, status: "CONFIRMED" },
    });
    await cancel(world, viewer, first.id);
    expect((await book(world, viewer, event)).status).toBe("CONFIRMED");
    expect((await counts(event)).confirmedCount).toBe(1);
  });

  it("is refused when the event is not published, has begun, or only a report tells of it", async () => {
    for (const status of ["CLOSED", "COMPLETED", "CANCELLED"])
      expect(await book(world, somebody(), await arrangeEvent(world, { status }))).toMatchObject({
        __typename: "BookingClosed",
        code: "BOOKING_CLOSED",
      });
    const begun = await arrangeEvent(world, { startsAt: present });
    expect((await book(world, somebody(), begun)).code).toBe("BOOKING_CLOSED");
    const { data } = await world.ask(
      anonymous,
      "{ events(first: 1, where: { source: { eq: FOUNDING } }) { nodes { id } } }",
    );
    expect((await book(world, somebody(), data.events.nodes[0].id)).code).toBe("BOOKING_CLOSED");
  });

  it("is refused to who isn't signed in or may not book, and for what is not there or not an event", async () => {
    const event = await arrangeEvent(world);
    expect(await book(world, anonymous, event)).toMatchObject({ __typename: "NotAllowed", code: "NOT_ALLOWED" });
    expect((await book(world, analyst(), event)).code).toBe("NOT_ALLOWED");
    expect(await book(world, somebody(), newGlobalId("Event"))).toMatchObject({
      __typename: "NotFound",
      code: "NOT_FOUND",
    });
    expect((await book(world, somebody(), await arrangeEvent(world, { status: "DRAFT" }))).code).toBe("NOT_FOUND");
    expect(await book(world, somebody(), "nonsense")).toMatchObject({
      __typename: "InvalidInput",
      code: "INVALID_INPUT",
    });
    expect((await book(world, somebody(), newGlobalId("Venue"))).code).toBe("INVALID_INPUT");
    expect((await counts(event)).confirmedCount).toBe(0);
  });

  it("gives the same booking for the same key, also when it is sent many times at once, and books once", async () => {
    const event = await arrangeEvent(world, { capacity: 5 });
    const viewer = somebody();
    const answers = await Promise.all(Array.from({ length: 8 }, () => book(world, viewer, event, "k1")));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers.every(({ status }) => status === "CONFIRMED")).toBe(true);
    expect((await counts(event)).confirmedCount).toBe(1);
    expect((await book(world, somebody(), event, "k1")).status).toBe("CONFIRMED");
  });

  it("refuses a key that is used for another event, also when both are sent at once, and keys of no length", async () => {
    const [one, two] = [await arrangeEvent(world), await arrangeEvent(world)];
    for (let round = 0; round < 5; round++) {
      const viewer = somebody();
      const answers = await Promise.all([book(world, viewer, one, "k"), book(world, viewer, two, "k")]);
      expect(answers.map(({ __typename }) => __typename).sort()).toEqual(["Booking", "InvalidInput"]);
    }
    expect((await book(world, somebody(), one, "")).code).toBe("INVALID_INPUT");
    expect((await book(world, somebody(), one, "k".repeat(201))).code).toBe("INVALID_INPUT");
  });
});

describe("cancelling a booking", () => {
  it("gives the place to the first who waits, at once and in order, and tells of both", async () => {
    const event = await arrangeEvent(world, { capacity: 1 });
    const people = Array.from({ length: 4 }, () => somebody());
    const made: any[] = [];
    for (const viewer of people) made.push(await book(world, viewer, event));
    // The second in line gives up first; then the place goes past them to the third.
    expect((await cancel(world, people[2]!, made[2].id)).status).toBe("CANCELLED");
    expect(await cancel(world, people[0]!, made[0].id)).toMatchObject({
      __typename: "Booking",
      status: "CANCELLED",
      cancelledAt: "2026-11-22T12:00:00Z",
    });
    expect(await Promise.all(made.map(({ id }) => statusOf(id)))).toEqual([
      "CANCELLED",
      "CONFIRMED",
      "CANCELLED",
      "WAITLISTED",
    ]);
    expect(await counts(event)).toEqual({ placesLeft: 0, confirmedCount: 1, waitingCount: 1 });
    await cancel(world, people[1]!, made[1].id);
    expect(await statusOf(made[3].id)).toBe("CONFIRMED");
    const facts = await factsAbout([made[1].id]);
    expect(facts.map(({ type, data }) => [type, data["fromWaitingList"] ?? data["because"]])).toEqual([
      ["events.booking-confirmed", true],
      ["events.booking-cancelled", "PERSON"],
    ]);
  });

  it("lets those behind move up in line", async () => {
    const event = await arrangeEvent(world, { capacity: 1 });
    const people = [somebody(), somebody(), somebody()];
    const made: any[] = [];
    for (const viewer of people) made.push(await book(world, viewer, event));
    const place = async () =>
      (await world.ask(people[2]!, "query ($id: ID!) { booking(id: $id) { position } }", { id: made[2].id })).data
        .booking.position;
    expect(await place()).toBe(2);
    await cancel(world, people[1]!, made[1].id);
    expect(await place()).toBe(1);
  });

  it("changes nothing the second time, and no two move up for one place however many cancel it at once", async () => {
    const event = await arrangeEvent(world, { capacity: 1 });
    const viewer = somebody();
    const made = await book(world, viewer, event);
    const waiting = [await book(world, somebody(), event), await book(world, somebody(), event)];
    const answers = await Promise.all(Array.from({ length: 6 }, () => cancel(world, viewer, made.id)));
    expect(answers.every(({ status }) => status === "CANCELLED")).toBe(true);
    expect(await Promise.all(waiting.map(({ id }) => statusOf(id)))).toEqual(["CONFIRMED", "WAITLISTED"]);
    expect(await factsAbout([made.id])).toHaveLength(2);
  });

  it("is for its person and the office", async () => {
    const event = await arrangeEvent(world, { hostId: lead().organisationId });
    const viewer = somebody();
    const { id } = await book(world, viewer, event);
    expect(await cancel(world, somebody(), id)).toMatchObject({ __typename: "NotFound", code: "NOT_FOUND" });
    expect(await cancel(world, anonymous, id)).toMatchObject({ code: "NOT_FOUND" });
    // The host's lead and an analyst see it, and that is all.
    expect(await cancel(world, lead(), id)).toMatchObject({ __typename: "NotAllowed", code: "NOT_ALLOWED" });
    expect((await cancel(world, analyst(), id)).code).toBe("NOT_ALLOWED");
    expect((await cancel(world, office(), id)).status).toBe("CANCELLED");
    expect((await factsAbout([id])).at(-1)?.data["because"]).toBe("OFFICE");
  });

  it("is refused once the event has begun, and for ids of something else", async () => {
    const event = await arrangeEvent(world);
    const viewer = somebody();
    const { id } = await book(world, viewer, event);
    world.setNow(new Date(present.getTime() + 2 * 86_400_000));
    expect(await cancel(world, viewer, id)).toMatchObject({ __typename: "BookingOver", code: "BOOKING_OVER" });
    expect((await cancel(world, viewer, event)).code).toBe("INVALID_INPUT");
    expect((await cancel(world, viewer, "bkg_")).code).toBe("INVALID_INPUT");
    expect((await cancel(world, viewer, newGlobalId("Booking"))).code).toBe("NOT_FOUND");
  });

  it("leaves a place free that the event does not have any more", async () => {
    const event = await arrangeEvent(world, { capacity: 3 });
    const people = [somebody(), somebody(), somebody()];
    const made: any[] = [];
    for (const viewer of people) made.push(await book(world, viewer, event));
    await world.ask(
      office(),
      "mutation ($e: ID!) { changeEventCapacity(input: { eventId: $e, capacity: 1 }) { __typename } }",
      { e: event },
    );
    expect(await counts(event)).toEqual({ placesLeft: 0, confirmedCount: 3, waitingCount: 0 });
    const late = await book(world, somebody(), event);
    await cancel(world, people[0]!, made[0].id);
    expect(await statusOf(late.id)).toBe("WAITLISTED");
    await cancel(world, people[1]!, made[1].id);
    await cancel(world, people[2]!, made[2].id);
    expect(await statusOf(late.id)).toBe("CONFIRMED");
  });
});

describe("who sees a booking", () => {
  const mine =
    "query ($p: [_Any!]!) { _entities(representations: $p) { ... on Person { bookings(first: 50) { totalCount nodes { status event { id title } person { id } } } } } }";
  const bookingsOf = async (viewer: Parameters<TestSubgraph["ask"]>[0], person: string) =>
    (await world.ask(viewer, mine, { p: [{ __typename: "Person", id: person }] })).data._entities[0].bookings;

  it("shows a member their own, as the demonstration set has them, and nobody else's", async () => {
    const own = await bookingsOf(member(), member().personId as string);
    expect(own.nodes.map(({ status, event }: any) => [status, event.id])).toEqual([
      ["CONFIRMED", demoEvent(1)],
      ["WAITLISTED", demoEvent(2)],
      ["ATTENDED", demoEvent(13)],
    ]);
    expect((await bookingsOf(member(), lead().personId as string)).totalCount).toBe(0);
    expect((await bookingsOf(anonymous, member().personId as string)).totalCount).toBe(0);
  });

  it("shows the host's lead those of the host's events with their persons, and no others", async () => {
    const host = lead("host-lead", "demo-trust-1");
    const { data } = await world.ask(
      host,
      "{ bookings(first: 100) { nodes { event { host { id } } person { id } } } }",
    );
    expect(data.bookings.nodes.length).toBeGreaterThan(5);
    expect(new Set(data.bookings.nodes.map(({ event }: any) => event.host.id))).toEqual(new Set([host.organisationId]));
    expect(data.bookings.nodes.every(({ person }: any) => person !== null)).toBe(true);
  });

  it("shows an analyst every row and no person, whichever way they ask", async () => {
    const all = (await world.ask(office(), "{ bookings { totalCount } }")).data.bookings.totalCount;
    const { data } = await world.ask(
      analyst(),
      "{ bookings(first: 100) { totalCount nodes { person { id } organisation { id } status } } }",
    );
    expect(data.bookings.totalCount).toBe(all);
    expect(data.bookings.nodes.every(({ person }: any) => person === null)).toBe(true);
    expect(await bookingsOf(analyst(), member().personId as string)).toBeNull();
    for (const where of [
      `{ personId: { eq: "${member().personId}" } }`,
      `{ not: { or: [{ personId: { isNull: true } }] } }`,
    ]) {
      const refused = await world.ask(analyst(), `{ bookings(where: ${where}) { totalCount } }`);
      expect(refused.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    }
    const officer = await world.ask(
      office(),
      `{ bookings(where: { personId: { eq: "${member().personId}" } }) { totalCount } }`,
    );
    expect(officer.data.bookings.totalCount).toBe(3);
  });

  it("filters a person's bookings by status", async () => {
    const query =
      "query ($p: [_Any!]!, $s: BookingStatus) { _entities(representations: $p) { ... on Person { bookings(where: { status: { eq: $s } }, first: 20) { nodes { event { title startsAt } } } } } }";
    const { data } = await world.ask(member(), query, {
      p: [{ __typename: "Person", id: member().personId }],
      s: "CONFIRMED",
    });
    expect(data._entities[0].bookings.nodes).toEqual([
      { event: { title: "Demonstration event 1", startsAt: expect.stringMatching(/^2027-01/) } },
    ]);
  });

  it("costs the same statements for one booking and for many, positions included", async () => {
    const event = await arrangeEvent(world, { capacity: 1 });
    const query =
      "query ($id: ID!, $n: Int) { event(id: $id) { bookings(first: $n, orderBy: [{ field: BOOKED_AT, direction: DESC }]) { nodes { position event { title } } } } }";
    for (let each = 0; each < 5; each++) {
      // Booked in one millisecond, any of them could be the last.
      world.setNow(new Date(present.getTime() + each));
      await book(world, somebody(), event);
    }
    const one = await world.ask(office(), query, { id: event, n: 1 });
    const five = await world.ask(office(), query, { id: event, n: 5 });
    expect(
      five.data.event.bookings.nodes
        .map(({ position }: any) => position)
        .filter(Boolean)
        .sort(),
    ).toEqual([1, 2, 3, 4]);
    expect(five.statements).toBe(one.statements);
  });
});
