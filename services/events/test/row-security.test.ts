import { newUuid } from "@clic/global-id";
import type { Viewer } from "@clic/identity";
import { RowReader, statement } from "@clic/subgraph-kit";
import { analyst, anonymous, lead, member, office, system, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { demoEvent, somebody, startEvents } from "./events-world.ts";

let world: TestSubgraph;
let pool: pg.Pool;
beforeAll(async () => {
  world = await startEvents();
  pool = new pg.Pool({
    connectionString: world.database.services["events"]?.databaseUrl as string,
    max: 1,
    ...({ pipeline: true } as object),
  });
});
afterAll(async () => {
  await pool.end();
  await world.stop();
});

/** Rows that the service's role gets as this viewer, with no condition of the application's own. */
const count = async (viewer: Viewer, table: string, where = "true"): Promise<number> => {
  const rows = await new RowReader(pool, viewer).query<{ n: number }>(
    statement(`select count(*)::int as n from events.${table} where ${where}`),
    [],
  );
  return rows[0]?.n as number;
};

/** Runs a statement as this viewer and undoes it; resolves to how many rows it touched. */
const attempt = async (viewer: Viewer, sql: string): Promise<number> => {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const settings = [
      viewer.kind,
      viewer.personId?.slice(4) ?? "",
      viewer.organisationId?.slice(4) ?? "",
      [...viewer.scopes].join(" "),
    ];
    await client.query(
      "select set_config('app.kind', $1, true), set_config('app.person', $2, true), set_config('app.organisation', $3, true), set_config('app.scopes', $4, true)",
      settings,
    );
    return (await client.query(sql)).rowCount ?? 0;
  } finally {
    await client.query("rollback");
    client.release();
  }
};

const event1 = demoEvent(1).slice(4);
const trustLead = lead("l", "demo-trust-1");

describe("row-level security alone", () => {
  it("shows a member their own bookings, the host's lead the host's, the office and analysts all, others none", async () => {
    const all = await count(office(), "booking");
    expect(all).toBeGreaterThan(20);
    expect(await count(analyst(), "booking")).toBe(all);
    expect(await count(member(), "booking")).toBe(3);
    expect(await count(trustLead, "booking")).toBe(
      await count(
        office(),
        "booking",
        `event_id in (select id from events.event where host_id = '${trustLead.organisationId?.slice(4)}')`,
      ),
    );
    for (const viewer of [anonymous, somebody(), lead()])
      expect(await count(viewer, "booking", `person_id <> '${viewer.personId?.slice(4) ?? newUuid()}'`)).toBe(0);
  });

  it("shows drafts to the office, analysts and the host's leads", async () => {
    expect(
      await Promise.all([anonymous, member(), lead()].map((viewer) => count(viewer, "event", "status = 'DRAFT'"))),
    ).toEqual([0, 0, 0]);
    expect(await count(office(), "event", "status = 'DRAFT'")).toBe(2);
    expect(await count(trustLead, "event", "status = 'DRAFT'")).toBe(1);
  });

  it("lets nobody change an event but the office and its host's lead", async () => {
    const change = `update events.event set capacity = 1000 where id = '${demoEvent(2).slice(4)}'`;
    for (const viewer of [anonymous, member(), analyst(), lead()]) expect(await attempt(viewer, change)).toBe(0);
    expect(await attempt(trustLead, change)).toBe(1);
    expect(await attempt(office(), change)).toBe(1);
  });

  it("lets a person book for themselves alone, and do no more to their booking than cancel it", async () => {
    const viewer = somebody();
    const insert = (person: string, status = "CONFIRMED", organisation = viewer.organisationId?.slice(4) as string) =>
      `insert into events.booking (id, event_id, person_id, status, booked_at, organisation_id) values ('${newUuid()}', '${event1}', '${person}', '${status}', now(), '${organisation}')`;
    expect(await attempt(viewer, insert(viewer.personId?.slice(4) as string))).toBe(1);
    await expect(attempt(viewer, insert(newUuid()))).rejects.toThrow("row-level security");
    await expect(attempt(viewer, insert(viewer.personId?.slice(4) as string, "ATTENDED"))).rejects.toThrow(
      "row-level security",
    );
    await expect(
      attempt(viewer, insert(viewer.personId?.slice(4) as string, "CONFIRMED", trustLead.organisationId?.slice(4))),
    ).rejects.toThrow("row-level security");
    await expect(attempt(anonymous, insert(newUuid()))).rejects.toThrow("row-level security");
    await expect(
      attempt(member(), `update events.booking set status = 'ATTENDED' where event_id = '${event1}'`),
    ).rejects.toThrow("row-level security");
    // Of the five bookings of event 1 the member's own is the only one that they can touch.
    expect(
      await attempt(
        member(),
        `update events.booking set status = 'CANCELLED', cancelled_at = now() where event_id = '${event1}'`,
      ),
    ).toBe(1);
  });

  it("refuses the one too many even to the office", async () => {
    const full = `insert into events.booking (id, event_id, person_id, status, booked_at) values ('${newUuid()}', '${demoEvent(2).slice(4)}', '${newUuid()}', 'CONFIRMED', now())`;
    await expect(attempt(office(), full)).rejects.toThrow("no place left");
  });

  it("lets nobody write a counter, move a booking or delete one", async () => {
    for (const sql of [
      "update events.event set confirmed = 0",
      "update events.event set sequence = 9",
      `update events.booking set event_id = '${event1}'`,
      "update events.booking set queue_number = 1",
      "delete from events.booking",
      "delete from events.event",
    ])
      await expect(attempt(system, sql)).rejects.toThrow("permission denied");
  });

  it("is forced on every table, for the owner too", async () => {
    const owner = new pg.Client({
      connectionString: world.database.services["events"]?.migrationDatabaseUrl as string,
    });
    await owner.connect();
    const { rows } = await owner.query(
      "select relname from pg_class where relnamespace = 'events'::regnamespace and relkind = 'r' and relname not like 'migration%' and not (relrowsecurity and relforcerowsecurity)",
    );
    await owner.end();
    expect(rows).toEqual([]);
  });
});
