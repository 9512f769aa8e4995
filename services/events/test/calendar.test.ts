import { newGlobalId } from "@clic/global-id";
import { office, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { EventEntity } from "../src/event/event.entity.ts";
import { arrangeEvent, book, demoEvent, somebody, startEvents } from "./events-world.ts";

let world: TestSubgraph;
beforeAll(async () => {
  world = await startEvents();
});
afterAll(() => world.stop());

const lineOf = (body: string, name: string): string | undefined =>
  body.split("\r\n").find((line) => line.startsWith(`${name}:`) || line.startsWith(`${name};`));

describe("an event's calendar", () => {
  it("answers without a token what calendarUrl names, as iCalendar", async () => {
    const { data } = await world.ask(office(), "query ($id: ID!) { event(id: $id) { calendarUrl } }", {
      id: demoEvent(1),
    });
    const { status, type, body } = await world.get(new URL(data.event.calendarUrl).pathname);
    expect([status, type]).toEqual([200, "text/calendar; charset=utf-8"]);
    expect(body.startsWith("BEGIN:VCALENDAR\r\n")).toBe(true);
    expect(lineOf(body, "UID")).toBe(`UID:${demoEvent(1)}`);
    expect(lineOf(body, "SEQUENCE")).toBe("SEQUENCE:0");
    expect(lineOf(body, "DTSTART")).toBe("DTSTART:20270110T093000Z");
    expect(lineOf(body, "DTEND")).toBe("DTEND:20270110T123000Z");
    expect(lineOf(body, "SUMMARY")).toBe("SUMMARY:Demonstration event 1");
    expect(body).toContain("Demonstration Training Room");
  });

  it("keeps its UID and raises SEQUENCE on a change and on cancellation, and not for bookings", async () => {
    const id = await arrangeEvent(world);
    const path = `/calendar/${id}.ics`;
    const first = (await world.get(path)).body;
    await book(world, somebody(), id);
    expect((await world.get(path)).body).toBe(first);
    await world.arrange(async ({ em }) => {
      const event = await em.findOneOrFail(EventEntity, { id });
      event.startsAt = new Date("2026-12-01T10:00:00Z");
    });
    const moved = (await world.get(path)).body;
    expect([lineOf(moved, "SEQUENCE"), lineOf(moved, "DTSTART")]).toEqual(["SEQUENCE:1", "DTSTART:20261201T100000Z"]);
    await world.ask(office(), "mutation ($id: ID!) { cancelEvent(input: { eventId: $id }) { __typename } }", { id });
    const cancelled = (await world.get(path)).body;
    expect([lineOf(cancelled, "SEQUENCE"), lineOf(cancelled, "STATUS")]).toEqual(["SEQUENCE:2", "STATUS:CANCELLED"]);
    expect(lineOf(cancelled, "UID")).toBe(lineOf(first, "UID"));
  });

  it("can't be broken out of by a title", async () => {
    const id = await arrangeEvent(world, { title: "Team; day\r\nATTENDEE:mailto:x@y.example" });
    const { body } = await world.get(`/calendar/${id}.ics`);
    expect(lineOf(body, "ATTENDEE")).toBeUndefined();
  });

  it("is not there for drafts, events without a time, and what is no event", async () => {
    const { data } = await world.ask(
      office(),
      "{ events(first: 1, where: { source: { eq: FOUNDING } }) { nodes { id } } }",
    );
    const draft = await arrangeEvent(world, { status: "DRAFT" });
    for (const name of [
      `${draft}.ics`,
      `${data.events.nodes[0].id}.ics`,
      `${newGlobalId("Event")}.ics`,
      "nonsense.ics",
      demoEvent(1),
      "%00.ics",
    ])
      expect((await world.get(`/calendar/${name}`)).status).toBe(404);
  });

  it("opens nothing else without a token", async () => {
    expect((await world.get("/graphql?query={__typename}")).status).toBe(404);
  });
});
