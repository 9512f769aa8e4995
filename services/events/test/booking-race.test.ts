import { office, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { arrangeEvent, book, cancel, somebody, startEvents } from "./events-world.ts";

let world: TestSubgraph;

async function asAdmin(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: world.database.url });
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** Everybody books at once; how the database says it ended. */
async function race(people: number, hasWaitingList: boolean): Promise<{ answers: any[]; confirmed: number }> {
  const event = await arrangeEvent(world, { capacity: 1, hasWaitingList });
  const answers = await Promise.all(Array.from({ length: people }, () => book(world, somebody(), event)));
  const { data } = await world.ask(
    office(),
    "query ($id: ID!) { event(id: $id) { bookings(where: { status: { eq: CONFIRMED } }) { totalCount } } }",
    { id: event },
  );
  return { answers, confirmed: data.event.bookings.totalCount };
}

const withoutHolding = "create or replace function events.hold_event(event uuid) returns void language sql as 'select'";
const withoutRefusing = async (): Promise<void> => {
  const client = new pg.Client({ connectionString: world.database.url });
  await client.connect();
  const { rows } = await client.query<{ text: string }>(
    "select pg_get_functiondef('events.count_booking'::regproc) as text",
  );
  const guard = /and \(seats \+ offers <= 0[^;]*;/;
  const text = rows[0]?.text ?? "";
  if (!guard.test(text)) throw new Error("count_booking has another text: mend this test");
  await client.query(text.replace(guard, ";"));
  await client.end();
};

describe("a hundred people book the last place at once", () => {
  beforeAll(async () => {
    world = await startEvents();
  });
  afterAll(() => world.stop());

  it("confirms exactly one, and puts the others on the waiting list at places 1 to 99, each once", async () => {
    const { answers, confirmed } = await race(100, true);
    expect(confirmed).toBe(1);
    expect(answers.filter(({ status }) => status === "CONFIRMED")).toHaveLength(1);
    const places = answers.filter(({ status }) => status === "WAITLISTED").map(({ position }) => position as number);
    expect(places.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 99 }, (_, index) => index + 1));
  });

  it("never overbooks while others cancel at the same time, and leaves no place free that somebody waits for", async () => {
    const event = await arrangeEvent(world, { capacity: 5 });
    const people = Array.from({ length: 40 }, () => somebody());
    await Promise.all(
      people.map(async (viewer, index) => {
        const booking = await book(world, viewer, event);
        if (index % 2 === 0) await cancel(world, viewer, booking.id);
      }),
    );
    const { data } = await world.ask(
      office(),
      "query ($id: ID!) { event(id: $id) { confirmedCount waitingCount confirmed: bookings(where: { status: { eq: CONFIRMED } }) { totalCount } waiting: bookings(where: { status: { eq: WAITLISTED } }) { totalCount } } }",
      { id: event },
    );
    expect(data.event).toEqual({
      confirmedCount: 5,
      waitingCount: 15,
      confirmed: { totalCount: 5 },
      waiting: { totalCount: 15 },
    });
  });
});

// What the two guards are worth: the trigger alone holds the capacity, and without both the test above would fail.
describe("the guards of the last place, taken off", () => {
  beforeAll(async () => {
    world = await startEvents();
  });
  afterAll(() => world.stop());

  it("refuses the one too many by the count alone, when nobody holds the event", async () => {
    await asAdmin(withoutHolding);
    const { confirmed, answers } = await race(60, false);
    expect(confirmed).toBe(1);
    expect(answers.some(({ code }) => code === "EVENT_FULL")).toBe(true);
  });

  it("oversells when the count refuses nothing either", async () => {
    await withoutRefusing();
    const { confirmed } = await race(60, false);
    expect(confirmed).toBeGreaterThan(1);
  });
});
