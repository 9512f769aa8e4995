import { newGlobalId } from "@clic/global-id";
import { RowReader, statement, transact } from "@clic/subgraph-kit";
import { seedId } from "@clic/seed-data";
import { anonymous, lead, member, office, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { EventWorkstreamEntity } from "../src/workstream/event-workstream.entity.ts";
import { arrangeEvent, demoEvent, present, startEvents } from "./events-world.ts";

let world: TestSubgraph;
beforeAll(async () => {
  world = await startEvents();
});
afterAll(() => world.stop());

const text = (args = "first: 50") =>
  `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Workstream { upcomingEvents(${args}) { totalCount nodes { id status startsAt } } } } }`;
const reference = (id: string) => ({ __typename: "Workstream", id });
const ask = async (id: string, viewer = anonymous, args?: string) =>
  await world.ask(viewer, text(args), { r: [reference(id)] });
const ids = async (id: string, viewer = anonymous): Promise<string[]> =>
  (await ask(id, viewer)).data._entities[0].upcomingEvents.nodes.map((event: { id: string }) => event.id);
const create = async (viewer: typeof anonymous, input: object) =>
  (
    await world.ask(
      viewer,
      "mutation ($input: CreateEventInput!) { createEvent(input: $input) { __typename ... on Event { id } ... on UserError { code message } } }",
      { input: { title: "Made for a test", startsAt: "2026-12-01T09:00:00Z", ...input } },
    )
  ).data.createEvent;
const publish = (id: string) =>
  world.ask(office(), "mutation ($id: ID!) { publishEvent(input: { eventId: $id }) { __typename } }", { id });

/** An event of a workstream. */
async function arrange(workstreamId: string, with_: Record<string, unknown> = {}): Promise<string> {
  const eventId = await arrangeEvent(world, with_);
  await world.arrange(({ em }) => em.insert(EventWorkstreamEntity, { workstreamId, eventId }));
  return eventId;
}

describe("a workstream's upcoming events", () => {
  it("are those of its work items in the demonstration", async () => {
    expect(await ids(seedId("Workstream", "frail-elderly"))).toEqual([demoEvent(2), demoEvent(7)]);
  });

  it("are published and to come, soonest first, whoever asks", async () => {
    const workstream = newGlobalId("Workstream");
    const at = (hours: number) => new Date(present.getTime() + hours * 3_600_000);
    const later = await arrange(workstream, { startsAt: at(2) });
    const soon = await arrange(workstream, { startsAt: at(1) });
    await arrange(workstream, { startsAt: at(-1) });
    await arrange(workstream, { startsAt: at(0) });
    for (const status of ["DRAFT", "CLOSED", "COMPLETED", "CANCELLED"])
      await arrange(workstream, { status, startsAt: at(3) });
    for (const viewer of [anonymous, member(), office()]) expect(await ids(workstream, viewer)).toEqual([soon, later]);
    world.setNow(at(1.5));
    expect(await ids(workstream)).toEqual([later]);
    world.setNow(present);
  });

  it("take the caller's filter besides, which never widens them", async () => {
    const workstream = newGlobalId("Workstream");
    await arrange(workstream, { status: "CLOSED" });
    const event = await arrange(workstream);
    const found = async (args: string) =>
      (await ask(workstream, anonymous, args)).data._entities[0].upcomingEvents.nodes;
    expect(await found("where: { status: { eq: CLOSED } }")).toEqual([]);
    expect(await found(`where: { or: [{ status: { eq: CLOSED } }, { title: { eq: "Arranged" } }] }`)).toHaveLength(1);
    expect((await found("orderBy: [{ field: TITLE }]"))[0].id).toBe(event);
    expect((await ask(workstream, anonymous, "where: null")).errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });

  it("cost one statement for many workstreams, and an id of another type is null", async () => {
    const r = ["frail-elderly", "urgent-care", "pain-management"].map((code) => reference(seedId("Workstream", code)));
    const query = text().replace("totalCount", "");
    const one = await world.ask(anonymous, query, { r: r.slice(0, 1) });
    const all = await world.ask(anonymous, query, { r: [...r, reference("nonsense")] });
    expect(all.errors).toBeUndefined();
    expect(all.data._entities[3]).toBeNull();
    expect([one.statements, all.statements]).toEqual([1, 1]);
  });
});

describe("an event that is entered", () => {
  it("belongs to the workstreams given, once it is published", async () => {
    const [first, second] = [newGlobalId("Workstream"), newGlobalId("Workstream")];
    const host = lead("l", "demo-trust-1");
    const event = await create(host, { workstreamIds: [first, second, first] });
    expect(event.__typename).toBe("Event");
    expect(await ids(first, host)).toEqual([]);
    await publish(event.id);
    for (const workstream of [first, second]) expect(await ids(workstream)).toEqual([event.id]);
  });

  it("is refused with ids of other things, or too many", async () => {
    for (const workstreamIds of [
      ["nonsense"],
      [newGlobalId("Event")],
      Array.from({ length: 21 }, () => newGlobalId("Workstream")),
    ])
      expect((await create(office(), { workstreamIds })).code).toBe("INVALID_INPUT");
  });
});

describe("row-level security alone", () => {
  const insert = (viewer: typeof anonymous, eventId: string) =>
    transact(world.orm.em, viewer, present, ({ em }) =>
      em.insert(EventWorkstreamEntity, { workstreamId: newGlobalId("Workstream"), eventId }),
    );

  it("lets the office and leads of the host alone say where an event belongs, and nobody change it", async () => {
    const event = await arrangeEvent(world, { hostId: seedId("Organisation", "demo-trust-1") });
    for (const viewer of [anonymous, member(), lead()])
      await expect(insert(viewer, event)).rejects.toThrow(/row-level security/);
    for (const viewer of [lead("l", "demo-trust-1"), office()]) await insert(viewer, event);
    for (const sql of ["delete from events.event_workstream", "update events.event_workstream set event_id = event_id"])
      await expect(transact(world.orm.em, office(), present, ({ em }) => em.execute(sql))).rejects.toThrow(
        /permission denied/,
      );
  });

  it("shows no draft's workstreams to those who may not see it", async () => {
    const workstream = newGlobalId("Workstream");
    await arrange(workstream, { status: "DRAFT" });
    const pool = new pg.Pool({
      connectionString: world.database.services["events"]?.databaseUrl as string,
      max: 1,
      ...({ pipeline: true } as object),
    });
    const rows = (viewer: typeof anonymous) =>
      new RowReader(pool, viewer).query(statement("select * from events.event_workstream where workstream_id = $1"), [
        workstream.slice(4),
      ]);
    expect([(await rows(anonymous)).length, (await rows(office())).length]).toEqual([0, 1]);
    await pool.end();
  });
});
