import { newGlobalId } from "@clic/global-id";
import { demonstrationWorkItems, founding, seedId } from "@clic/seed-data";
import { analyst, anonymous, lead, member, office, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadDemonstration } from "../src/demonstration.ts";
import { loadFounding } from "../src/founding.ts";
import { demoEvent, startEvents } from "./events-world.ts";

let world: TestSubgraph;
beforeAll(async () => {
  world = await startEvents();
});
afterAll(() => world.stop());

describe("what the founding report states", () => {
  it("is there for everybody, with the report's own words and null for all that it leaves out", async () => {
    const { data, errors } = await world.ask(
      anonymous,
      `{ events(first: 100, where: { source: { eq: FOUNDING } }) { totalCount nodes {
        title kind mode status reportedStatus reportedWhen reportedAudience startsAt endsAt capacity placesLeft hasWaitingList
        venue { id } host { id } workItem { id } calendarUrl source } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data.events.totalCount).toBe(20);
    const unknown = {
      kind: null,
      mode: null,
      status: null,
      startsAt: null,
      endsAt: null,
      capacity: null,
      placesLeft: null,
      hasWaitingList: null,
      venue: null,
      host: null,
      workItem: null,
      calendarUrl: null,
    };
    expect(data.events.nodes).toHaveLength(founding.events.length);
    for (const { title, reportedStatus, reportedWhen, audience } of founding.events)
      expect(data.events.nodes).toContainEqual({
        ...unknown,
        title,
        reportedStatus,
        reportedWhen,
        reportedAudience: audience.length ? audience : null,
        source: "FOUNDING",
      });
  });

  it("names the temporary base and not how long", async () => {
    const { data } = await world.ask(
      anonymous,
      `{ venues(where: { source: { eq: FOUNDING } }) { nodes { name address temporary temporaryUntil status } } }`,
    );
    expect(data.venues.nodes).toEqual([
      { name: "Hackthorpe Hall", address: null, temporary: true, temporaryUntil: null, status: null },
    ]);
  });
});

describe("loading", () => {
  it("changes nothing the second time, and leaves alone what somebody has edited", async () => {
    await world.arrange(({ em }) =>
      em.execute("update events.event set title = 'Edited' where id = ?", [demoEvent(12).slice(4)]),
    );
    const snapshot = () =>
      world.arrange(({ em }) =>
        em.execute(
          "select (select json_agg(e order by id) from events.event e) as events, (select json_agg(b order by id) from events.booking b) as bookings, (select json_agg(v order by id) from events.venue v) as venues",
        ),
      );
    const before = await snapshot();
    await world.arrange(async (useCase) => {
      await loadFounding(useCase);
      await loadDemonstration(useCase);
    });
    expect(await snapshot()).toEqual(before);
    await world.arrange(({ em }) =>
      em.execute("update events.event set title = 'Demonstration event 12' where id = ?", [demoEvent(12).slice(4)]),
    );
  });

  it("counts what the demonstration set has booked", async () => {
    const { data } = await world.ask(
      office(),
      `{ events(first: 100, where: { source: { eq: DEMO } }, orderBy: [{ field: STARTS_AT }]) { nodes { id capacity placesLeft confirmedCount waitingCount countsSuppressed } } }`,
    );
    const by = new Map(data.events.nodes.map((node: any) => [node.id, node]));
    expect(by.get(demoEvent(1))).toMatchObject({ capacity: 20, placesLeft: 16, confirmedCount: 4, waitingCount: 0 });
    expect(by.get(demoEvent(2))).toMatchObject({ capacity: 4, placesLeft: 0, confirmedCount: 4, waitingCount: 2 });
    expect(by.get(demoEvent(3))).toMatchObject({ capacity: null, placesLeft: null, confirmedCount: 3 });
    expect(by.size).toBe(18);
  });
});

describe("who sees an event", () => {
  const drafts = "{ events(where: { status: { eq: DRAFT } }) { nodes { id } } }";

  it("hides drafts from all but the office, analysts and leads of the host", async () => {
    for (const viewer of [anonymous, member(), lead()])
      expect((await world.ask(viewer, drafts)).data.events.nodes).toEqual([]);
    for (const viewer of [office(), analyst()])
      expect((await world.ask(viewer, drafts)).data.events.nodes).toHaveLength(2);
    // Events 17 and 18 are the drafts; 17 is hosted by demo-trust-1.
    expect((await world.ask(lead("l", "demo-trust-1"), drafts)).data.events.nodes).toEqual([{ id: demoEvent(17) }]);
    expect((await world.ask(member("m", "demo-trust-1"), drafts)).data.events.nodes).toEqual([]);
  });

  it("shows counts of people to who runs or studies it, says where it withholds them, and its queue to members", async () => {
    const query = `query ($id: ID!) { event(id: $id) { confirmedCount waitingCount countsSuppressed } }`;
    const seen = async (viewer: Parameters<TestSubgraph["ask"]>[0]) =>
      (await world.ask(viewer, query, { id: demoEvent(2) })).data.event;
    expect(await seen(anonymous)).toEqual({ confirmedCount: null, waitingCount: null, countsSuppressed: true });
    expect(await seen(member())).toEqual({ confirmedCount: null, waitingCount: 2, countsSuppressed: true });
    const shown = { confirmedCount: 4, waitingCount: 2, countsSuppressed: false };
    for (const viewer of [office(), analyst(), lead("l", "demo-trust-1")]) expect(await seen(viewer)).toEqual(shown);
  });
});

describe("the graph over events", () => {
  it("answers an event's page: venue, places left, calendar, work item by type and id", async () => {
    const { data, errors } = await world.ask(
      member(),
      `query ($id: ID!) { event(id: $id) { title status startsAt venue { name } placesLeft waitingCount host { id } calendarUrl workItem { __typename id } } }`,
      { id: demoEvent(1) },
    );
    expect(errors).toBeUndefined();
    expect(data.event).toEqual({
      title: "Demonstration event 1",
      status: "PUBLISHED",
      startsAt: "2027-01-10T09:30:00Z",
      venue: { name: "Demonstration Training Room" },
      placesLeft: 16,
      waitingCount: 0,
      host: { id: seedId("Organisation", "CLIC") },
      calendarUrl: `http://127.0.0.1/calendar/${demoEvent(1)}.ics`,
      workItem: { __typename: "Rpiw", id: seedId("Rpiw", "demo-rpiw-1") },
    });
  });

  const home = `query ($r: [_Any!]!) { _entities(representations: $r) {
    ... on LearningInitiative { __typename id events(where: { status: { eq: PUBLISHED } }, first: 5) { nodes { title startsAt placesLeft } } }
    ... on Rpiw { __typename id events(where: { status: { eq: PUBLISHED } }, first: 5) { nodes { title startsAt placesLeft } } }
    ... on ImprovementProject { __typename id events(where: { status: { eq: PUBLISHED } }, first: 5) { nodes { title startsAt placesLeft } } }
    ... on LeadershipInitiative { __typename id events(where: { status: { eq: PUBLISHED } }, first: 5) { nodes { title startsAt placesLeft } } } } }`;
  const items = demonstrationWorkItems.map(({ key, type }) => ({ __typename: type, id: seedId(type, key) }));

  it("gives all work items their events in one statement, whatever their number and type", async () => {
    const one = await world.ask(anonymous, home, { r: items.slice(0, 1) });
    const all = await world.ask(anonymous, home, { r: items.slice(0, 15) });
    expect(all.errors).toBeUndefined();
    expect(all.data._entities.map(({ id }: any) => id)).toEqual(items.slice(0, 15).map(({ id }) => id));
    expect(all.data._entities.filter(({ events }: any) => events.nodes.length > 0).length).toBeGreaterThanOrEqual(9);
    expect([one.statements, all.statements]).toEqual([1, 1]);
  });

  it("answers null for references to what can't be, and goes on with the others", async () => {
    const { data, errors } = await world.ask(anonymous, home, {
      r: [items[0], { __typename: "Rpiw", id: "nonsense" }, { __typename: "Rpiw", id: newGlobalId("Course") }],
    });
    expect(errors).toBeUndefined();
    expect(data._entities.map((one: any) => one?.id ?? null)).toEqual([items[0]?.id, null, null]);
    const mixed = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Organisation { hostedEvents { totalCount } } ... on Person { bookings { totalCount } } ... on Event { title } ... on Venue { name } ... on Booking { status } } }`;
    const bad = ["Organisation", "Person", "Event", "Venue", "Booking"].map((type) => ({
      __typename: type,
      id: "nonsense",
    }));
    const answer = await world.ask(office(), mixed, { r: bad });
    expect(answer.errors).toBeUndefined();
    expect(answer.data._entities).toEqual([null, null, null, null, null]);
  });

  it("lists what an organisation holds, as far as the viewer may see it", async () => {
    const query =
      "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Organisation { hostedEvents(first: 100) { totalCount } } } }";
    const r = [{ __typename: "Organisation", id: seedId("Organisation", "demo-trust-1") }];
    expect((await world.ask(anonymous, query, { r })).data._entities[0].hostedEvents.totalCount).toBe(5);
    expect((await world.ask(office(), query, { r })).data._entities[0].hostedEvents.totalCount).toBe(6);
  });

  it("finds events by kind, time, host, work item and places left", async () => {
    const count = async (where: string) =>
      (await world.ask(anonymous, `{ events(where: ${where}) { totalCount } }`)).data.events.totalCount;
    expect(await count(`{ placesLeft: { gt: 15 } }`)).toBe(1);
    expect(await count(`{ placesLeft: { isNull: true }, source: { eq: DEMO } }`)).toBe(1);
    expect(
      await count(
        `{ workItemId: { eq: "${seedId("Rpiw", "demo-rpiw-1")}" }, startsAt: { gte: "2027-01-01T00:00:00Z" } }`,
      ),
    ).toBe(1);
    expect(
      await count(`{ hostId: { eq: "${seedId("Organisation", "demo-council-1")}" }, kind: { in: [TRAINING] } }`),
    ).toBe(5);
  });

  it("costs the same statements for one event and for twelve", async () => {
    const query =
      "query ($n: Int) { events(first: $n, where: { status: { eq: PUBLISHED } }) { nodes { title placesLeft confirmedCount waitingCount calendarUrl venue { name } host { id } workItem { id } bookings(first: 6) { nodes { status position } } } } }";
    const one = await world.ask(office(), query, { n: 1 });
    const twelve = await world.ask(office(), query, { n: 12 });
    expect(twelve.data.events.nodes).toHaveLength(12);
    // Events, venues, bookings; and the waiting list, where somebody is on it.
    expect([one.statements, twelve.statements]).toEqual([3, 4]);
  });

  it("answers null for ids that are none of an event, and refuses filters by them with a code", async () => {
    for (const id of ["nonsense", newGlobalId("Venue"), newGlobalId("Event")])
      expect((await world.ask(anonymous, "query ($id: ID!) { event(id: $id) { title } }", { id })).data).toEqual({
        event: null,
      });
    const { errors } = await world.ask(anonymous, `{ events(where: { hostId: { eq: "nonsense" } }) { totalCount } }`);
    expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });
});
