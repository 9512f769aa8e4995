import { newGlobalId } from "@clic/global-id";
import type { Viewer } from "@clic/identity";
import { createTestDatabase, type TestDatabase } from "@clic/local-postgres";
import { connect, migrate, RowReader, statement, transact } from "@clic/subgraph-kit";
import { lead } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { MikroORM } from "@mikro-orm/postgresql";
import pg from "pg";
import { SupportRequestEntity } from "../src/support-request/support-request.entity.ts";
import { subgraph } from "../src/schema.ts";

// How the long run reaches a test.
const transactions = process.env["TEST_LONG"] === "1" ? 100_000 : 3_000;
const connections = 5;
const perOrganisation = 3;
const leads: readonly Viewer[] = Array.from({ length: 40 }, (_, index) =>
  lead(`lead-${index}`, `organisation-${index}`),
);

let database: TestDatabase;
let orm: MikroORM;
let pool: pg.Pool;
let superuser: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase({ services: ["organisations"] });
  const urls = database.services["organisations"] as { databaseUrl: string; migrationDatabaseUrl: string };
  await migrate(subgraph.orm, urls.migrationDatabaseUrl);
  orm = await connect(subgraph.orm, { url: urls.databaseUrl, poolSize: connections });
  pool = await orm.em.getConnection().getNativeClient();
  superuser = new pg.Client({ connectionString: database.url });
  await superuser.connect();
  for (const { organisationId } of leads) {
    const uuid = organisationId?.slice(4);
    await superuser.query(
      `insert into organisations.organisation (id, name, kind, status, source) values ($1, $2, 'PRACTICE', 'ACTIVE', 'USER')`,
      [uuid, organisationId],
    );
    for (let each = 0; each < perOrganisation; each++)
      await superuser.query(
        `insert into organisations.support_request (id, requested_by_id, title, need, received_on, status, source)
         values ($1, $2, 'T', 'N', '2026-01-01', 'RECEIVED', 'USER')`,
        [newGlobalId("SupportRequest").slice(4), uuid],
      );
  }
});
afterAll(async () => {
  await superuser.end();
  await orm.close();
  await database.drop();
});

interface Seen {
  readonly answered: number;
  readonly failed: number;
  readonly killed: number;
  /** Answers that were not exactly the rows of who asked. */
  readonly wrong: number;
}

/** Sends transactions of random leads, five at a time and more waiting, while connections are ended at random. */
async function underKills(count: number, ask: (viewer: Viewer) => Promise<readonly string[]>): Promise<Seen> {
  let [begun, answered, failed, killed, wrong] = [0, 0, 0, 0, 0];
  const asking = async (): Promise<void> => {
    while (begun++ < count) {
      const viewer = leads[Math.floor(Math.random() * leads.length)] as Viewer;
      try {
        const owners = await ask(viewer);
        answered++;
        if (owners.length !== perOrganisation || owners.some((owner) => owner !== viewer.organisationId)) wrong++;
      } catch {
        failed++;
      }
    }
  };
  const all = Promise.all(Array.from({ length: connections * 4 }, asking));
  let isOver = false;
  void all.finally(() => (isOver = true));
  while (!isOver) {
    const { rows } = await superuser.query<{ ended: number }>(
      `select count(*)::int as ended from (
         select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid() order by random() limit 1) one`,
    );
    killed += rows[0]?.ended ?? 0;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
  }
  await all;
  return { answered, failed, killed, wrong };
}

const everyRow = statement(`select 'org_' || requested_by_id as owner from organisations.support_request`);

describe(`rows under ${transactions.toLocaleString("en-GB")} transactions on ${connections} connections that are ended at random`, () => {
  it("are their own organisation's in every read and every use case, though no statement says so", async () => {
    let turn = 0;
    const seen = await underKills(transactions, async (viewer) => {
      if (turn++ % 4 > 0) {
        const rows = await new RowReader(pool, viewer).query<{ owner: string }>(everyRow, []);
        return rows.map(({ owner }) => owner);
      }
      const found = await transact(orm.em, viewer, new Date(), ({ em }) => em.find(SupportRequestEntity, {}));
      return found.map(({ requestedById }) => requestedById);
    });
    expect(seen.wrong).toBe(0);
    expect(seen.answered + seen.failed).toBe(transactions);
    expect(seen.answered).toBeGreaterThan(transactions / 2);
    expect(seen.killed).toBeGreaterThan(transactions / 300);
  }, 1_800_000);

  it("would be others', were who asks set for the connection and not for the transaction", async () => {
    const seen = await underKills(2_000, async (viewer) => {
      await pool.query(
        "select set_config('app.kind', 'person', false), set_config('app.organisation', $1, false), set_config('app.scopes', $2, false)",
        [viewer.organisationId?.slice(4), [...viewer.scopes].join(" ")],
      );
      const { rows } = await pool.query<{ owner: string }>(everyRow.text);
      return rows.map(({ owner }) => owner);
    });
    expect(seen.wrong).toBeGreaterThan(0);
  });
});
