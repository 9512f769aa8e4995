import { numberedUuids } from "@clic/global-id";
import { scaleNamed } from "@clic/seed-data";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadDemoData, type ServiceReport } from "../src/index.ts";
import { type DemoDatabase, openDemoDatabase } from "./demo-database.ts";

const long = process.env["TEST_LONG"] === "1";
const scale = long ? "county" : "county/20";
const patience = 600_000;

let one: DemoDatabase;
let two: DemoDatabase;
let reports: readonly ServiceReport[];
const load = (into: DemoDatabase, name = scale) => loadDemoData({ scale: name, services: into.database.services });

beforeAll(async () => {
  [one, two] = await Promise.all([openDemoDatabase(), openDemoDatabase()]);
  reports = await load(one);
  await load(two);
  const rows = reports.flatMap(({ tables }) => tables).reduce((sum, table) => sum + table.rows, 0);
  const seconds = Math.max(...reports.map((report) => report.seconds));
  process.stdout.write(
    `${scale}: ${rows} rows in ${seconds.toFixed(1)} s, ${Math.round(rows / seconds)} rows/s, ${Math.max(...reports.map((report) => report.peakMegabytes))} MB\n`,
  );
}, patience);
afterAll(() => Promise.all([one?.drop(), two?.drop()]));

describe("made-up data at scale", () => {
  it("has as much of everything as the scale says", async () => {
    const size = scaleNamed(scale);
    const numbered = `id between '${numberedUuids.first}' and '${numberedUuids.last}'`;
    const count = async (table: string, where = "true"): Promise<number> =>
      Number((await one.query(`select count(*) from ${table} where ${where} and ${numbered}`))[0]?.["count"]);
    expect({
      organisations: await count("organisations.organisation"),
      people: await count("organisations.person"),
      supportRequests: await count("organisations.support_request"),
      events: await count("events.event"),
      courses: await count("education_learning.course"),
      completions: await count("education_learning.completion"),
      standards: await count("education_learning.standard"),
      workbookExamples: await count("production_system.workbook_example"),
      metrics: await count("production_system.metric"),
    }).toEqual({
      organisations: size.organisations,
      people: size.people,
      supportRequests: size.supportRequests,
      events: size.events,
      courses: size.courses,
      completions: size.completions,
      standards: size.standards,
      workbookExamples: size.workbookExamples,
      metrics: (size.workItems / 13) * 50,
    });
    const bookings = await count("events.booking");
    expect(Math.abs(bookings - size.bookings)).toBeLessThan(size.bookings * 0.05);
  });

  it("is the same on every run, row for row", async () => {
    const sums = async ({ query, tables }: DemoDatabase): Promise<Record<string, unknown>> => {
      const found: Record<string, unknown> = {};
      for (const table of await tables())
        // When a row was written is the clock's and not the data's.
        [found[table]] = await query(
          `select count(*)::integer as rows, sum(('x' || left(md5((to_jsonb(t) - 'created_at' - 'updated_at')::text), 15))::bit(60)::bigint)::text as sum from ${table} t`,
        );
      return found;
    };
    const first = await sums(one);
    expect(first).toEqual(await sums(two));
    expect(Object.keys(first).length).toBeGreaterThan(35);
  });

  it("names nobody and nothing in a service that its owner does not have", async () => {
    const person = "organisations.person";
    const organisation = "organisations.organisation";
    const owners: Readonly<Record<string, string>> = {
      person_id: person,
      sponsor_id: person,
      process_owner_id: person,
      waived_by_id: person,
      consented_by_id: person,
      changed_by_id: person,
      coach_id: person,
      recorded_by_id: person,
      organisation_id: organisation,
      host_id: organisation,
      provider_id: organisation,
      lead_organisation_id: organisation,
      support_request_id: "organisations.support_request",
      workstream_id: "organisations.workstream",
      event_id: "events.event",
    };
    const columns = await one.query<{ table: string; column: string }>(
      `select a.attrelid::regclass::text as table, a.attname as column
        from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind = 'r' join pg_namespace n on n.oid = c.relnamespace
        where a.attname like '%\\_id' and a.attnum > 0 and n.nspname in ('events', 'education_learning', 'production_system', 'leadership')
          and exists (select from pg_attribute s where s.attrelid = c.oid and s.attname = 'source')
          and not exists (select from pg_constraint f where f.conrelid = c.oid and f.contype = 'f' and a.attnum = any(f.conkey))`,
    );
    const prefixes: Readonly<Record<string, string>> = {
      "education_learning.roll_out": "'lin_' ||",
      "leadership.programme": "'led_' ||",
      "events.event": "",
    };
    const missing: unknown[] = [];
    for (const { table, column } of [...columns, { table: "production_system.rpiw", column: "id" }]) {
      const workItem = column === "work_item_id" || (table === "production_system.rpiw" && column === "id");
      const owner = workItem ? "organisations.work_item" : owners[column];
      if (owner === undefined) throw new Error(`Say here which table ${table}.${column} refers to.`);
      const value = workItem ? `${prefixes[table] ?? "'rpw_' ||"} t.${column}` : `t.${column}`;
      missing.push(
        ...(await one.query(
          `select '${table}.${column}' as from, ${value} as id from ${table} t
            where t.${column} is not null and not exists (select from ${owner} o where o.id = ${value}) limit 3`,
        )),
      );
    }
    expect(columns.length).toBeGreaterThan(20);
    expect(missing).toEqual([]);
  });

  it("has a copy of every made-up membership where people are counted by it", async () => {
    const columns = "m.id, m.organisation_id, m.person_id, m.roles, m.status, m.starts_on, m.ends_on";
    const theirs = `select ${columns}, o.kind from organisations.membership m
      join organisations.organisation o on o.id = m.organisation_id where m.source = 'DEMO'`;
    const copies = `select ${columns}, m.organisation_kind from education_learning.membership m`;
    expect(await one.query(`(${theirs} except ${copies}) union all (${copies} except ${theirs}) limit 3`)).toEqual([]);
    const [{ count } = { count: 0 }] = await one.query<{ count: number }>(
      "select count(*)::integer as count from education_learning.membership",
    );
    expect(count).toBeGreaterThan(scaleNamed(scale).people);
  });

  it("has in every faculty membership what the trigger would have counted", async () => {
    const differ = await one.query(
      `select m.id from production_system.faculty_membership m
        left join production_system.teaching_record r on r.membership_id = m.id
        group by m.id having (m.trained_from, m.sessions_taught, m.last_taught_on, m.projects_reviewed) is distinct from (
          min(r.took_place_on) filter (where r.kind = 'INTRODUCTORY_WORKSHOP'),
          (count(*) filter (where r.kind = 'SESSION'))::integer,
          max(r.took_place_on) filter (where r.kind = 'SESSION'),
          (count(*) filter (where r.kind = 'PROJECT_REVIEW'))::integer) limit 3`,
    );
    expect(differ).toEqual([]);
    const [{ accredited } = { accredited: 0 }] = await one.query<{ accredited: number }>(
      "select count(accredited_on)::integer as accredited from production_system.faculty_membership",
    );
    expect(accredited).toBeGreaterThan(3);
  });

  it("has in every event what the trigger would have counted", async () => {
    await one.query("begin");
    try {
      await one.query(`create temporary table before as select * from events.event;
        create temporary table kept as select * from events.booking;
        delete from events.booking;
        update events.event set confirmed = 0, offered = 0, waiting = 0, last_queue_number = 0`);
      // As it went: who waited and then cancelled waited first.
      const columns = "id, event_id, person_id, organisation_id, booked_at, queue_number, source";
      await one.query(`insert into events.booking (${columns}, status, cancelled_at)
        select ${columns}, case when waited then 'WAITLISTED' else status end, case when not waited then cancelled_at end
        from (select *, status = 'CANCELLED' and queue_number is not null as waited from kept) b order by booked_at`);
      await one.query(`update events.booking b set status = k.status, cancelled_at = k.cancelled_at
        from kept k where k.id = b.id and k.status <> b.status`);
      const counters = "confirmed, offered, waiting, last_queue_number, places_left";
      const differ = await one.query(
        `select id, ${counters} from before except select id, ${counters} from events.event limit 3`,
      );
      expect(differ).toEqual([]);
      const [sums] = await one.query<{ waiting: number; full: number }>(
        "select sum(waiting)::integer as waiting, count(*) filter (where places_left = 0)::integer as full from before",
      );
      expect(sums?.waiting).toBeGreaterThan(100);
      expect(sums?.full).toBeGreaterThan(20);
    } finally {
      await one.query("rollback");
    }
  });

  it(
    "leaves indexes, constraints, triggers and row policies as the migrations made them",
    async () => {
      const fresh = await openDemoDatabase();
      try {
        // Nothing at scale: an unknown one is refused after migrating.
        await expect(load(fresh, "village")).rejects.toThrow("no scale");
        await loadDemoData({ scale: "county/1000000", services: fresh.database.services });
        const made = async ({ query }: DemoDatabase): Promise<unknown> => [
          await query("select indexdef from pg_indexes where schemaname !~ '^pg_' order by 1"),
          await query(
            "select conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated from pg_constraint where connamespace::regnamespace::text !~ '^(pg_|information)' order by 1, 2",
          ),
          await query(
            "select tgrelid::regclass::text, tgname, tgenabled from pg_trigger where not tgisinternal order by 1, 2",
          ),
          await query(
            "select oid::regclass::text, relrowsecurity, relforcerowsecurity from pg_class where relkind = 'r' and relnamespace::regnamespace::text !~ '^(pg_|information)' order by 1",
          ),
        ];
        expect(await made(one)).toEqual(await made(fresh));
      } finally {
        await fresh.drop();
      }
    },
    patience,
  );
});

describe("loading it again", () => {
  it(
    "is refused, and changes nothing",
    async () => {
      await expect(load(one)).rejects.toMatchObject({ code: "ALREADY_THERE" });
      await expect(load(one, "county/10")).rejects.toMatchObject({ code: "OTHER_SCALE" });
    },
    patience,
  );
});

describe("loading that is cut short", () => {
  it(
    "leaves nothing of a service that was not done, and the next one loads it",
    async () => {
      const cut = await openDemoDatabase();
      try {
        const stopping = new AbortController();
        const options = { scale, services: cut.database.services };
        const onProgress = (_: string, { table, rows }: { table: string; rows: number }): void => {
          if (table === "booking" && rows > 1000) stopping.abort();
        };
        await expect(loadDemoData({ ...options, onProgress, signal: stopping.signal })).rejects.toMatchObject({
          code: "SERVICE_FAILED",
        });
        const rowsOf = async (text: string) => Number((await cut.query(`select count(*) from ${text}`))[0]?.["count"]);
        // PostgreSQL may still be undoing it: the lock that a load holds tells when it has.
        await cut.query("select pg_advisory_xact_lock(hashtext('bulk load events'))");
        expect(await rowsOf("events.event")).toBeLessThan(50);
        expect(await rowsOf("events.venue")).toBeLessThan(10);
        expect(await rowsOf("pg_class where relname like 'bulk\\_%'")).toBe(0);
        const rest = await loadDemoData(options);
        expect(rest.map(({ service }) => service)).toContain("events");
        expect(await rowsOf("events.booking")).toBe(await countOf(one, "events.booking"));
      } finally {
        await cut.drop();
      }
    },
    patience,
  );
});

const countOf = async ({ query }: DemoDatabase, table: string): Promise<number> =>
  Number((await query(`select count(*) from ${table}`))[0]?.["count"]);
