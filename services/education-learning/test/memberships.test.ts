import { setTimeout as sleep } from "node:timers/promises";
import { type Bus, membershipChanged, openBus, outboxMigrationSql, startRelay, writeFact } from "@clic/bus";
import { newGlobalId } from "@clic/global-id";
import { systemViewer } from "@clic/identity";
import { createTestDatabase, type TestDatabase } from "@clic/local-postgres";
import { type Background, connect, migrate, transact, viewerFunctionsSql } from "@clic/subgraph-kit";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { MikroORM } from "@mikro-orm/postgresql";
import pg from "pg";
import { pino } from "pino";
import { startBackground } from "../src/background.ts";
import { learnOfMembership } from "../src/membership/learn-of-membership.ts";
import { orm as definition } from "../src/orm.config.ts";

const logger = pino({ level: "silent" });
let database: TestDatabase;
let orm: MikroORM;
let organisations: pg.Client;
let bus: Bus;
let parts: Background[];

beforeAll(async () => {
  database = await createTestDatabase({ services: ["organisations", "education-learning"] });
  const [theirs, ours] = [database.services["organisations"], database.services["education-learning"]];
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

const system = systemViewer("test");
const copyOf = async (id: string): Promise<any> =>
  (
    await transact(orm.em, system, new Date(), ({ em }) =>
      em.execute(
        "select roles, status, organisation_kind as kind, starts_on::text as starts, ends_on::text as ends from education_learning.membership where id = ?",
        [id.slice(4)],
      ),
    )
  )[0];
const membership = (more: object = {}) => ({
  membershipId: newGlobalId("Membership"),
  personId: newGlobalId("Person"),
  organisationId: newGlobalId("Organisation"),
  organisationKind: "PRACTICE",
  roles: ["MEMBER", "LEAD"],
  status: "ACTIVE",
  startsOn: "2026-01-01",
  endsOn: null,
  ...more,
});

describe("a membership that Organisations tells of", () => {
  it("becomes a copy here, over the bus", async () => {
    const told = membership();
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
    await writeFact(tx, membershipChanged, { aggregateId: told.membershipId, data: told });
    await organisations.query("commit");
    for (const until = Date.now() + 30_000; (await copyOf(told.membershipId)) === undefined; await sleep(50))
      if (Date.now() > until) throw new Error("Not within 30 s.");
    expect(await copyOf(told.membershipId)).toEqual({
      roles: ["MEMBER", "LEAD"],
      status: "ACTIVE",
      kind: "PRACTICE",
      starts: "2026-01-01",
      ends: null,
    });
  });

  it("brings newer copies, never older ones, in whichever order they come", async () => {
    const told = membership();
    const learn = (occurredAt: string, more: object) =>
      transact(orm.em, system, new Date(), ({ em }) =>
        learnOfMembership(
          {
            id: "x",
            type: membershipChanged.type,
            version: 1,
            aggregateId: "x",
            occurredAt,
            data: { ...told, ...more },
          },
          em,
        ),
      );
    await learn("2026-06-02T00:00:00.000Z", { roles: ["MEMBER"] });
    await learn("2026-06-03T00:00:00.000Z", {
      roles: [],
      status: "LEFT",
      endsOn: "2026-06-03",
      organisationKind: null,
    });
    await learn("2026-06-01T00:00:00.000Z", { roles: ["OFFICE"] });
    expect(await copyOf(told.membershipId)).toEqual({
      roles: [],
      status: "LEFT",
      kind: null,
      starts: "2026-01-01",
      ends: "2026-06-03",
    });
  });
});
