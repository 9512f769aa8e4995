import { newGlobalId } from "@clic/global-id";
import type { Viewer } from "@clic/identity";
import { seedId } from "@clic/seed-data";
import { analyst, anonymous, lead, member, office, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { VenueEntity } from "../src/venue/venue.entity.ts";
import { arrangeEvent, book, somebody, startEvents } from "./events-world.ts";

let world: TestSubgraph;
beforeAll(async () => {
  world = await startEvents();
});
afterAll(() => world.stop());

const result =
  "__typename ... on Event { id status source capacity placesLeft waitingCount host { id } calendarUrl } ... on UserError { code message }";
const mutate = async (viewer: Viewer, field: string, input: Record<string, unknown>): Promise<any> => {
  const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
  const { data, errors } = await world.ask(
    viewer,
    `mutation ($input: ${type}!) { ${field}(input: $input) { ${result} } }`,
    { input },
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data[field];
};
const tomorrow = "2026-11-23T09:00:00Z";
const host = lead();

describe("creating an event", () => {
  it("makes a draft of the acting organisation, which its leads and the office see and others don't", async () => {
    const made = await mutate(host, "createEvent", {
      title: "  Team session ",
      startsAt: tomorrow,
      capacity: 8,
      workItemId: seedId("Rpiw", "demo-rpiw-1"),
    });
    expect(made).toMatchObject({
      __typename: "Event",
      status: "DRAFT",
      source: "USER",
      capacity: 8,
      placesLeft: 8,
      host: { id: host.organisationId },
      calendarUrl: null,
    });
    const seen = async (viewer: Viewer) =>
      (await world.ask(viewer, "query ($id: ID!) { event(id: $id) { title } }", { id: made.id })).data.event;
    for (const viewer of [host, office(), analyst()]) expect(await seen(viewer)).toEqual({ title: "Team session" });
    for (const viewer of [anonymous, member(), lead("other", "demo-trust-1")]) expect(await seen(viewer)).toBeNull();
  });

  it("is for the office, for any host, and for leads, for their own", async () => {
    const input = { title: "Session", hostId: host.organisationId };
    expect((await mutate(office(), "createEvent", input)).host.id).toBe(host.organisationId);
    for (const viewer of [anonymous, member(), analyst(), lead("other", "demo-trust-1")])
      expect(await mutate(viewer, "createEvent", input)).toMatchObject({
        __typename: "NotAllowed",
        code: "NOT_ALLOWED",
      });
  });

  it("refuses what can't be, and writes nothing", async () => {
    const retired = newGlobalId("Venue");
    await world.arrange(({ em }) =>
      em.insert(VenueEntity, { id: retired, name: "Old hall", status: "RETIRED", source: "USER" }),
    );
    const count = async () => (await world.ask(office(), "{ events { totalCount } }")).data.events.totalCount;
    const before = await count();
    for (const wrong of [
      { title: "" },
      { startsAt: tomorrow, endsAt: tomorrow },
      { capacity: 0 },
      { workItemId: newGlobalId("Course") },
      { venueId: newGlobalId("Venue") },
      { venueId: "nonsense" },
      { venueId: retired },
      { hostId: newGlobalId("Person") },
    ])
      expect(await mutate(office(), "createEvent", { title: "Session", ...wrong })).toMatchObject({
        __typename: "InvalidInput",
        code: "INVALID_INPUT",
      });
    expect(await count()).toBe(before);
  });
});

describe("publishing an event", () => {
  it("opens it for booking", async () => {
    const { id } = await mutate(host, "createEvent", { title: "Session", startsAt: tomorrow });
    expect((await book(world, somebody(), id)).code).toBe("NOT_FOUND");
    expect(await mutate(host, "publishEvent", { eventId: id })).toMatchObject({
      status: "PUBLISHED",
      calendarUrl: `http://127.0.0.1/calendar/${id}.ics`,
    });
    expect((await book(world, somebody(), id)).status).toBe("CONFIRMED");
  });

  it("needs a start to come, a state that allows it, and who may", async () => {
    const { id } = await mutate(host, "createEvent", { title: "Session" });
    expect(await mutate(host, "publishEvent", { eventId: id })).toMatchObject({
      __typename: "EventNotReady",
      code: "EVENT_NOT_READY",
    });
    for (const status of ["PUBLISHED", "COMPLETED", "CANCELLED"])
      expect(await mutate(office(), "publishEvent", { eventId: await arrangeEvent(world, { status }) })).toMatchObject({
        __typename: "EventStatusRefused",
        code: "EVENT_STATUS_REFUSED",
      });
    const closed = await arrangeEvent(world, { status: "CLOSED" });
    for (const viewer of [anonymous, member(), analyst(), host])
      expect((await mutate(viewer, "publishEvent", { eventId: closed })).code).toBe("NOT_ALLOWED");
    expect((await mutate(office(), "publishEvent", { eventId: closed })).status).toBe("PUBLISHED");
    expect((await mutate(office(), "publishEvent", { eventId: newGlobalId("Event") })).code).toBe("NOT_FOUND");
    expect((await mutate(office(), "publishEvent", { eventId: "nonsense" })).code).toBe("INVALID_INPUT");
  });
});

describe("cancelling an event", () => {
  it("cancels every live booking, confirms nobody, and tells of each", async () => {
    const eventId = await arrangeEvent(world, { capacity: 1, hostId: host.organisationId });
    const made = [await book(world, somebody(), eventId), await book(world, somebody(), eventId)];
    expect(await mutate(host, "cancelEvent", { eventId })).toMatchObject({
      __typename: "Event",
      status: "CANCELLED",
      placesLeft: 1,
      waitingCount: 0,
    });
    const { data } = await world.ask(
      office(),
      "query ($id: ID!) { event(id: $id) { bookings { nodes { status } } } }",
      { id: eventId },
    );
    expect(data.event.bookings.nodes).toEqual([{ status: "CANCELLED" }, { status: "CANCELLED" }]);
    const facts = await world.arrange(({ em }) =>
      em.execute<{ reason: string }[]>(
        "select data->>'because' as reason from events.outbox where type = 'events.booking-cancelled' and aggregate_id in (?, ?)",
        made.map(({ id }) => id),
      ),
    );
    expect(facts).toEqual([{ reason: "EVENT_CANCELLED" }, { reason: "EVENT_CANCELLED" }]);
  });

  it("is for who runs it, once, and not for drafts", async () => {
    const eventId = await arrangeEvent(world, { hostId: host.organisationId });
    for (const viewer of [anonymous, member(), analyst(), lead("other", "demo-trust-1")])
      expect((await mutate(viewer, "cancelEvent", { eventId })).code).toBe("NOT_ALLOWED");
    expect((await mutate(office(), "cancelEvent", { eventId })).status).toBe("CANCELLED");
    expect((await mutate(office(), "cancelEvent", { eventId })).code).toBe("EVENT_STATUS_REFUSED");
    expect(
      (await mutate(office(), "cancelEvent", { eventId: await arrangeEvent(world, { status: "DRAFT" }) })).code,
    ).toBe("EVENT_STATUS_REFUSED");
  });

  it("makes an event of the report ours, and keeps the report's word", async () => {
    const { data } = await world.ask(
      office(),
      `{ events(where: { title: { eq: "Public engagement event" } }) { nodes { id } } }`,
    );
    const cancelled = await mutate(office(), "cancelEvent", { eventId: data.events.nodes[0].id });
    expect(cancelled).toMatchObject({ status: "CANCELLED", source: "USER" });
    const read = await world.ask(anonymous, "query ($id: ID!) { event(id: $id) { reportedStatus startsAt } }", {
      id: cancelled.id,
    });
    expect(read.data.event).toEqual({ reportedStatus: "PLANNED", startsAt: null });
  });
});

describe("changing an event's capacity", () => {
  it("gives more places to those who wait, in order, and fewer take nobody's away", async () => {
    const eventId = await arrangeEvent(world, { capacity: 1, hostId: host.organisationId });
    const made: any[] = [];
    for (let each = 0; each < 4; each++) made.push(await book(world, somebody(), eventId));
    const statuses = async () =>
      (
        await world.ask(office(), "query ($id: ID!) { event(id: $id) { bookings { nodes { id status } } } }", {
          id: eventId,
        })
      ).data.event.bookings.nodes;
    const is = async () => {
      const now = new Map((await statuses()).map(({ id, status }: any) => [id, status]));
      return made.map(({ id }) => now.get(id));
    };
    expect(await mutate(host, "changeEventCapacity", { eventId, capacity: 3 })).toMatchObject({
      capacity: 3,
      placesLeft: 0,
      waitingCount: 1,
    });
    expect(await is()).toEqual(["CONFIRMED", "CONFIRMED", "CONFIRMED", "WAITLISTED"]);
    expect(await mutate(host, "changeEventCapacity", { eventId, capacity: 1 })).toMatchObject({
      capacity: 1,
      placesLeft: 0,
      waitingCount: 1,
    });
    expect(await is()).toEqual(["CONFIRMED", "CONFIRMED", "CONFIRMED", "WAITLISTED"]);
    expect(await mutate(host, "changeEventCapacity", { eventId, capacity: null })).toMatchObject({
      capacity: null,
      placesLeft: null,
      waitingCount: 0,
    });
    expect(await is()).toEqual(["CONFIRMED", "CONFIRMED", "CONFIRMED", "CONFIRMED"]);
  });

  it("is refused for who may not, for wrong numbers, for none, and when the event is over", async () => {
    const eventId = await arrangeEvent(world, { capacity: 2 });
    for (const viewer of [anonymous, member(), analyst(), host])
      expect((await mutate(viewer, "changeEventCapacity", { eventId, capacity: 3 })).code).toBe("NOT_ALLOWED");
    for (const capacity of [0, -1, 100_001])
      expect((await mutate(office(), "changeEventCapacity", { eventId, capacity })).code).toBe("INVALID_INPUT");
    expect((await mutate(office(), "changeEventCapacity", { eventId })).code).toBe("INVALID_INPUT");
    const over = await arrangeEvent(world, { status: "COMPLETED" });
    expect((await mutate(office(), "changeEventCapacity", { eventId: over, capacity: 3 })).code).toBe(
      "EVENT_STATUS_REFUSED",
    );
  });
});
