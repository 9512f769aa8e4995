import type { Socket } from "node:net";
import { numberedGlobalId } from "@clic/global-id";
import { type BulkLoad, type BulkProgress, loadInBulk, OtherDataThere } from "@clic/subgraph-kit";
import { startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeEach, describe, expect, it } from "@jest/globals";
import { Client } from "pg";
import { stageTable } from "../src/bulk/copy-table.ts";
import { createThingsSubgraph, ThingEntity } from "./fixture/things.subgraph.ts";

let service: TestSubgraph | undefined;
let admin: Client;
const close = async (): Promise<void> => {
  await admin?.end();
  await service?.stop();
};
beforeEach(async () => {
  await close();
  const subgraph = createThingsSubgraph();
  service = await startTestSubgraph(subgraph);
  admin = new Client(service.database.url);
  await admin.connect();
});
afterAll(close);

const many = 12_000;
const awkward = ["tab\tand\nline\r", "back\\slash \\N \\.", "naïve – ☃", "", null];
const thing = (number: number): object => ({
  id: numberedGlobalId("Course", number),
  boxId: null,
  ownerId: numberedGlobalId("Person", number),
  label: awkward[number % awkward.length],
  code: `thing-${number}`,
  amount: number % 1000,
  ratio: number / 8,
  flag: number % 2 === 0,
  day: "2026-11-23",
  at: new Date("2026-11-23T10:11:12.345Z"),
});
const things = (count: number, made: (number: number) => object = thing): BulkLoad => ({
  tables: [
    {
      entity: ThingEntity,
      about: count,
      *rows() {
        for (let number = 0; number < count; number++) yield made(number);
      },
    },
  ],
});
const load = (what: BulkLoad, onProgress?: (progress: BulkProgress) => void) =>
  loadInBulk({
    orm: createThingsSubgraph().orm,
    ownerUrl: service?.database.services["events"]?.migrationDatabaseUrl as string,
    load: what,
    ...(onProgress && { onProgress }),
  });
const rows = async (text: string): Promise<Record<string, unknown>[]> => (await admin.query(text)).rows;
const count = async (): Promise<unknown> => (await rows("select count(*)::integer as n from events.thing"))[0]?.["n"];

describe("a bulk load", () => {
  it("writes every kind of value as it is, and defaults where nothing is said", async () => {
    const outcome = await load(things(awkward.length));
    expect(outcome).toMatchObject({ loaded: true, tables: [{ table: "thing", rows: awkward.length }] });
    const found = await rows("select * from events.thing order by id");
    expect(found.map((row) => row["label"])).toEqual(awkward);
    expect(found[3]).toMatchObject({
      id: numberedGlobalId("Course", 3).slice(4),
      owner_id: numberedGlobalId("Person", 3).slice(4),
      code: "thing-3",
      amount: 3,
      ratio: "0.375",
      flag: false,
      total: "0",
      at: new Date("2026-11-23T10:11:12.345Z"),
    });
  });

  it("makes indexes and constraints again as they were, also where rows were there before", async () => {
    await admin.query(`create index by_amount on events.thing (amount) where flag;
      alter table events.thing add constraint no_overlap exclude using gist (int4range(amount, amount, '[]') with &&) where (total > 5);
      insert into events.thing (id, code) values (gen_random_uuid(), 'before')`);
    const catalogue = () =>
      rows(`select indexdef as d from pg_indexes where schemaname = 'events' union all
        select conname || pg_get_constraintdef(oid) || convalidated from pg_constraint where conrelid = 'events.thing'::regclass order by 1`);
    const before = await catalogue();
    await load(things(many));
    expect(await catalogue()).toEqual(before);
    expect(await count()).toBe(many + 1);
    await expect(
      admin.query("insert into events.thing (id, code) values (gen_random_uuid(), 'thing-5')"),
    ).rejects.toThrow("thing_code_key");
  });

  it("fills a table with a constraint that waits for the end", async () => {
    await admin.query(
      "alter table events.thing add constraint later foreign key (id) references events.thing deferrable initially deferred",
    );
    await load(things(many));
    expect(await count()).toBe(many);
  });

  it.each([
    [
      "a row that a constraint refuses",
      many,
      (number: number) => (number === many - 1 ? { ...thing(0), code: "twice" } : thing(number)),
    ],
    [
      "a row whose code is there twice",
      many,
      (number: number) => ({ ...thing(number), code: `thing-${number % 11_999}` }),
    ],
    ["a value that its column can't have", 10, (number: number) => ({ ...thing(number), amount: 5000 })],
    ["an id of another type", 10, (number: number) => ({ ...thing(number), ownerId: numberedGlobalId("Event", 1) })],
    ["a property that the entity has not", 10, (number: number) => ({ ...thing(number), colour: "red" })],
  ])("keeps nothing where there is %s", async (_, size, made) => {
    const indexes = await rows("select indexdef from pg_indexes where schemaname = 'events' order by 1");
    await expect(load(things(size, made))).rejects.toThrow();
    expect(await count()).toBe(0);
    expect(await rows("select indexdef from pg_indexes where schemaname = 'events' order by 1")).toEqual(indexes);
    expect(await rows("select from pg_class where relname like 'bulk%'")).toEqual([]);
  });

  it("keeps nothing where its connection is cut in the middle", async () => {
    let cut: Promise<unknown> | undefined;
    const loading = load(things(many), ({ rows: sent }) => {
      if (sent > 3000)
        cut ??= admin.query("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'events_owner'");
    });
    await expect(loading).rejects.toThrow();
    expect(cut).toBeDefined();
    await cut;
    await admin.query("select pg_advisory_lock(hashtext('bulk load events'))");
    expect(await count()).toBe(0);
    expect(await rows("select from pg_class where relname like 'bulk%'")).toEqual([]);
  });

  it("does nothing the second time, nor when two come at once, and refuses another size of the data", async () => {
    const outcomes = await Promise.all([load(things(50)), load(things(50))]);
    expect(outcomes.map(({ loaded }) => loaded).sort()).toEqual([false, true]);
    expect(await load(things(50))).toEqual({ loaded: false });
    await expect(load(things(60))).rejects.toBeInstanceOf(OtherDataThere);
    await expect(load(things(40))).rejects.toBeInstanceOf(OtherDataThere);
    expect(await count()).toBe(50);
  });

  it("takes off the triggers that it is told to, for itself alone", async () => {
    await admin.query(`create function events.refuse() returns trigger language plpgsql as $$ begin raise 'no'; end $$;
      create trigger refuse before insert on events.thing for each row execute function events.refuse()`);
    await expect(load(things(3))).rejects.toThrow("no");
    const [table] = things(3).tables;
    await load({ tables: [{ ...(table as NonNullable<typeof table>), withoutTriggers: ["refuse"] }] });
    expect(await count()).toBe(3);
    await expect(admin.query("insert into events.thing (id, code) values (gen_random_uuid(), 'x')")).rejects.toThrow(
      "no",
    );
  });

  it("obeys the row policies", async () => {
    await admin.query("create policy nobody on events.thing as restrictive for insert with check (code <> 'thing-7')");
    await expect(load(things(10))).rejects.toThrow("row-level security");
    expect(await count()).toBe(0);
  });

  it("asks for rows as they go out, so that memory holds a few and not the table", async () => {
    const lots = 20_000;
    const label = "x".repeat(1000);
    const client = new Client(service?.database.services["events"]?.migrationDatabaseUrl);
    await client.connect();
    const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
    let made = 0;
    let held = 0;
    const [table] = things(lots, (number) => {
      made += label.length;
      held = Math.max(held, made - (stream.bytesWritten - stream.writableLength));
      return { ...thing(number), label };
    }).tables;
    try {
      await client.query("begin");
      expect((await stageTable(client, table as NonNullable<typeof table>, () => {})).rows).toBe(lots);
      await client.query("rollback");
    } finally {
      await client.end();
    }
    expect(held).toBeGreaterThan(0);
    // Of 20 MB.
    expect(held).toBeLessThan(1_000_000);
  });
});
