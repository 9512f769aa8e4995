import { newGlobalId, newUuid } from "@clic/global-id";
import { personViewer, type Viewer } from "@clic/identity";
import { seedId } from "@clic/seed-data";
import { RowReader, statement } from "@clic/subgraph-kit";
import { analyst, anonymous, lead, member, office, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { BookingEntity } from "../src/booking/booking.entity.ts";
import type { BookingStatus } from "../src/booking/booking.rules.ts";
import { arrangeEvent, somebody, startEvents } from "./events-world.ts";

let world: TestSubgraph;
beforeAll(async () => {
  world = await startEvents();
});
afterAll(() => world.stop());

const text = `query ($r: [_Any!]!, $from: Date, $to: Date) { _entities(representations: $r) {
  ... on Organisation { attendance(from: $from, to: $to) { booked attended noShow suppressed } } } }`;
const ask = (viewer: Viewer, ids: readonly string[], period: object = {}) =>
  world.ask(viewer, text, { r: ids.map((id) => ({ __typename: "Organisation", id })), ...period });
const attendance = async (viewer: Viewer, id: string, period: object = {}): Promise<any> => {
  const { data, errors } = await ask(viewer, [id], period);
  expect(errors).toBeUndefined();
  return data._entities[0].attendance;
};
const leadOf = (organisationId: string): Viewer =>
  personViewer({ personId: newGlobalId("Person"), organisationId, roles: ["MEMBER", "LEAD"] });

/** Bookings of new people of an organisation at a new event, held by somebody else. */
async function arrange(organisationId: string, statuses: readonly BookingStatus[], event: object = {}): Promise<void> {
  const eventId = await arrangeEvent(world, { hostId: newGlobalId("Organisation"), ...event });
  await world.arrange(async ({ em }) => {
    for (const [index, status] of statuses.entries())
      await em.insert(BookingEntity, {
        id: newGlobalId("Booking"),
        eventId,
        personId: newGlobalId("Person"),
        organisationId,
        status,
        bookedAt: new Date("2026-01-01T09:00:00Z"),
        cancelledAt: status === "CANCELLED" ? new Date("2026-01-02T09:00:00Z") : null,
        queueNumber: status === "WAITLISTED" ? index + 1 : null,
        source: "USER",
      });
  });
}

describe("an organisation's attendance", () => {
  it("counts who had a place, who came and who did not, and nobody who waits or cancelled", async () => {
    const id = newGlobalId("Organisation");
    await arrange(id, ["CONFIRMED", "ATTENDED", "ATTENDED", "NO_SHOW", "WAITLISTED", "OFFERED", "CANCELLED"]);
    expect(await attendance(office(), id)).toEqual({ booked: 4, attended: 2, noShow: 1, suppressed: false });
    expect(await attendance(office(), newGlobalId("Organisation"))).toMatchObject({
      booked: 0,
      attended: 0,
      noShow: 0,
    });
  });

  it("takes the first and the last day in, by the day in Cumbria on which an event starts", async () => {
    const id = newGlobalId("Organisation");
    // Midnight of 1 June there; then the last minute of 30 June there.
    await arrange(id, ["ATTENDED"], { startsAt: new Date("2026-05-31T23:00:00Z") });
    await arrange(id, ["ATTENDED"], { startsAt: new Date("2026-06-30T22:59:00Z") });
    const booked = async (from: string | null, to: string | null) =>
      (await attendance(office(), id, { from, to })).booked;
    expect(await booked("2026-06-01", "2026-06-30")).toBe(2);
    expect(await booked("2026-06-01", "2026-06-01")).toBe(1);
    expect(await booked("2026-06-02", "2026-06-29")).toBe(0);
    expect(await booked("2026-06-02", null)).toBe(1);
    expect(await booked(null, "2026-06-01")).toBe(1);
  });

  it("counts an event whose day nobody knows only where no day is asked for", async () => {
    const id = newGlobalId("Organisation");
    await arrange(id, ["CONFIRMED"], { startsAt: null, status: "CANCELLED" });
    expect((await attendance(office(), id)).booked).toBe(1);
    expect((await attendance(office(), id, { from: "1900-01-01" })).booked).toBe(0);
  });

  it("is for the office, analysts and its own leads, who see it of events that others hold too", async () => {
    const id = newGlobalId("Organisation");
    await arrange(id, ["ATTENDED", "ATTENDED", "ATTENDED", "ATTENDED", "ATTENDED", "NO_SHOW"]);
    for (const viewer of [office(), leadOf(id)])
      expect(await attendance(viewer, id)).toEqual({ booked: 6, attended: 5, noShow: 1, suppressed: false });
    expect(await attendance(analyst(), id)).toEqual({ booked: 6, attended: null, noShow: null, suppressed: true });
    const ownMember = personViewer({ personId: newGlobalId("Person"), organisationId: id, roles: ["MEMBER"] });
    for (const viewer of [anonymous, somebody(), ownMember, lead()]) expect(await attendance(viewer, id)).toBeNull();
  });

  it("costs one statement for many organisations, and a bad period is refused", async () => {
    const ids = ["demo-practice-1", "demo-practice-2", "demo-trust-1"].map((key) => seedId("Organisation", key));
    const one = await ask(office(), ids.slice(0, 1));
    const all = await ask(office(), ids);
    expect([one.statements, all.statements]).toEqual([1, 1]);
    expect(all.data._entities.map(({ attendance: { booked } }: any) => booked > 5)).toEqual([true, true, true]);
    for (const period of [{ from: "2026-02-01", to: "2026-01-31" }, { from: "0000-01-01" }])
      expect((await ask(office(), ids, period)).errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });
});

describe("the database, past every rule of the application", () => {
  it("counts for the office, analysts and leads of the organisation, and for nobody else", async () => {
    const id = newGlobalId("Organisation");
    await arrange(id, ["ATTENDED"]);
    const pool = new pg.Pool({
      connectionString: world.database.services["events"]?.databaseUrl as string,
      max: 1,
      ...({ pipeline: true } as object),
    });
    const count = async (viewer: Viewer) =>
      (
        await new RowReader(pool, viewer).query<{ booked: number }>(
          statement("select booked from events.attendance_of($1::uuid[], null, null)"),
          [[id.slice(4), newUuid()]],
        )
      ).map(({ booked }) => booked);
    try {
      for (const viewer of [office(), analyst()]) expect(await count(viewer)).toEqual([1, 0]);
      expect(await count(leadOf(id))).toEqual([1]);
      for (const viewer of [anonymous, member(), lead()]) expect((await count(viewer)).filter(Boolean)).toEqual([]);
    } finally {
      await pool.end();
    }
  });
});
