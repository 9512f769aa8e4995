import { setTimeout as sleep } from "node:timers/promises";
import {
  openBus,
  replay,
  startRelay,
  supportRequestAccepted,
  workItemRegistered,
  writeFact,
  type Bus,
} from "@clic/bus";
import { newGlobalId } from "@clic/global-id";
import { systemViewer } from "@clic/identity";
import { createTestDatabase, type TestDatabase } from "@clic/local-postgres";
import { type Background, connect, migrate, transact, viewerFunctionsSql } from "@clic/subgraph-kit";
import { outboxMigrationSql } from "@clic/bus";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { MikroORM } from "@mikro-orm/postgresql";
import pg from "pg";
import { pino } from "pino";
import { rpiwDetailConsumer, startBackground } from "../src/background.ts";
import { loadDemonstration } from "../src/demonstration.ts";
import { loadFounding } from "../src/founding.ts";
import { orm as definition } from "../src/orm.config.ts";
import { learnOfRpiw } from "../src/rpiw/learn-of-rpiw.ts";
import { charterRpiw } from "../src/rpiw/charter-rpiw.ts";
import { seedId } from "@clic/seed-data";

const logger = pino({ level: "silent" });
let database: TestDatabase;
let orm: MikroORM;
let organisations: pg.Client;
let bus: Bus;
let parts: Background[];

const one = async (sql: string, params: unknown[]): Promise<any[]> =>
  await transact(orm.em, systemViewer("test"), new Date(), ({ em }) => em.execute(sql, params));
const rpiwOf = async (id: string): Promise<any> =>
  (
    await one("select phase, title, status, source, lead_organisation_id from production_system.rpiw where id = ?", [
      id.slice(4),
    ])
  )[0];

/** Commits what Organisations commits: a fact in its outbox. */
async function tell(
  fact: typeof supportRequestAccepted | typeof workItemRegistered,
  data: object,
  occurredAt = new Date(),
): Promise<void> {
  await organisations.query("begin");
  let place = 0;
  const tx = {
    execute: async (sql: string, params: unknown[]) =>
      (
        await organisations.query(
          sql.replaceAll("?", () => `$${++place}`),
          params,
        )
      ).rows,
  };
  await writeFact(tx, fact as typeof workItemRegistered, { aggregateId: "x", data: data as never, occurredAt });
  await organisations.query("commit");
}
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; !(await holds()); await sleep(50))
    if (Date.now() > end) throw new Error("Not within 30 s.");
}

beforeAll(async () => {
  database = await createTestDatabase({ services: ["organisations", "production-system"] });
  const [theirs, ours] = [database.services["organisations"], database.services["production-system"]];
  if (theirs === undefined || ours === undefined) throw new Error("A service has no database.");
  await migrate(definition, ours.migrationDatabaseUrl);
  orm = await connect(definition, { url: ours.databaseUrl, poolSize: 5 });
  const owner = new pg.Client({ connectionString: theirs.migrationDatabaseUrl });
  await owner.connect();
  await owner.query(viewerFunctionsSql("organisations") + outboxMigrationSql({ schema: "organisations" }));
  await owner.end();
  organisations = new pg.Client({ connectionString: theirs.databaseUrl });
  await organisations.connect();
  bus = openBus({ databaseUrl: database.busDatabaseUrl, logger });
  const environment = { BUS_DATABASE_URL: database.busDatabaseUrl, DATABASE_URL: ours.databaseUrl } as never;
  const relay = startRelay({ databaseUrl: theirs.databaseUrl, schema: "organisations", bus, logger });
  parts = [relay, ...(await startBackground({ orm, environment, logger }))];
});
afterAll(async () => {
  await Promise.all(parts.map((part) => part.stop()));
  await bus.stop();
  await organisations.end();
  await orm.close();
  await database.drop();
});

const accepted = (workItemId: string, more: object = {}): object => ({
  workItemId,
  workItemType: "Rpiw",
  title: "Shorter waits",
  strategy: "PRODUCTION_SYSTEM",
  status: "PROPOSED",
  leadOrganisationId: newGlobalId("Organisation"),
  supportRequestId: newGlobalId("SupportRequest"),
  source: "USER",
  ...more,
});

describe("a request accepted in Organisations", () => {
  it("becomes delivery detail here, over the bus, once, also when it is delivered again", async () => {
    const id = newGlobalId("Rpiw");
    await tell(supportRequestAccepted, accepted(id));
    await until(async () => (await rpiwOf(id)) !== undefined);
    expect(await rpiwOf(id)).toMatchObject({
      phase: "PROPOSED",
      title: "Shorter waits",
      status: "PROPOSED",
      source: "USER",
    });

    await one("update production_system.rpiw set title = 'seen' where id = ?", [id.slice(4)]);
    await replay({ bus, consumer: rpiwDetailConsumer, from: new Date(0) });
    const later = newGlobalId("Rpiw");
    await tell(workItemRegistered, { ...accepted(later), supportRequestId: undefined });
    await until(async () => (await rpiwOf(later)) !== undefined);
    await sleep(500);
    expect(await rpiwOf(id)).toMatchObject({ title: "seen" });
    expect(await one("select phase from production_system.rpiw_phase_change where rpiw_id = ?", [id.slice(4)])).toEqual(
      [{ phase: "PROPOSED" }],
    );
  });

  it("that is another service's work leaves nothing here", async () => {
    const [other, id] = [newGlobalId("LearningInitiative"), newGlobalId("Rpiw")];
    const before = await one("select count(*)::int as count from production_system.rpiw", []);
    await tell(supportRequestAccepted, accepted(other, { workItemType: "LearningInitiative" }));
    await tell(supportRequestAccepted, accepted(id));
    await until(async () => (await rpiwOf(id)) !== undefined);
    expect((await one("select count(*)::int as count from production_system.rpiw", []))[0].count).toBe(
      before[0].count + 1,
    );
  });
});

describe("a fact about an RPIW that is known here", () => {
  const learn = (id: string, occurredAt: string, more: object): Promise<void> =>
    transact(orm.em, systemViewer("test"), new Date(), ({ em }) =>
      learnOfRpiw(
        {
          id: "x",
          type: "organisations.work-item-registered",
          version: 1,
          aggregateId: id,
          occurredAt,
          data: accepted(id, more),
        } as never,
        em,
      ),
    );

  it("brings newer copies, never older ones, and leaves the phase alone", async () => {
    const id = newGlobalId("Rpiw");
    await learn(id, "2026-06-02T00:00:00.000Z", { title: "First", source: "DEMO" });
    await transact(orm.em, systemViewer("test"), new Date(), (useCase) =>
      charterRpiw(useCase, { rpiwId: id, processOwnerId: newGlobalId("Person"), teamSize: 6 }),
    );
    await learn(id, "2026-06-03T00:00:00.000Z", { title: "Second", status: "ACTIVE", leadOrganisationId: null });
    await learn(id, "2026-06-01T00:00:00.000Z", { title: "Late" });
    expect(await rpiwOf(id)).toEqual({
      phase: "CHARTERED",
      title: "Second",
      status: "ACTIVE",
      source: "DEMO",
      lead_organisation_id: null,
    });
  });

  it("invents no phase for what the founding report states, and disturbs no loaded row", async () => {
    for (const load of [loadFounding, loadDemonstration])
      await transact(orm.em, systemViewer("test"), new Date(), load);
    await learn(seedId("Rpiw", "founding-work-item-2"), "2026-06-01T00:00:00.000Z", {});
    await learn(seedId("Rpiw", "demo-rpiw-5"), "2026-06-01T00:00:00.000Z", { title: "New title" });
    expect(await rpiwOf(seedId("Rpiw", "founding-work-item-2"))).toMatchObject({ phase: null, source: "FOUNDING" });
    expect(await rpiwOf(seedId("Rpiw", "demo-rpiw-5"))).toMatchObject({
      phase: "CLOSED",
      source: "DEMO",
      title: "New title",
    });
  });
});

describe("a phase that changes here", () => {
  it("reaches the bus", async () => {
    const log = new pg.Client({ connectionString: database.busDatabaseUrl });
    await log.connect();
    try {
      await until(
        async () =>
          (await log.query("select 1 from fact.fact where type = 'production-system.rpiw-phase-changed'")).rows.length >
          0,
      );
    } finally {
      await log.end();
    }
  });
});
