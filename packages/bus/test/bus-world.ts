import { setTimeout as sleep } from "node:timers/promises";

import { createTestDatabase } from "@clic/local-postgres";
import pg from "pg";

import { openBus, outboxMigrationSql, supportRequestAccepted, writeFact } from "../src/index.ts";
import type { Bus, Fact, Logger, Transaction } from "../src/index.ts";

export interface Urls {
  readonly databaseUrl: string;
  readonly migrationDatabaseUrl: string;
}

/** Two services on real PostgreSQL: Organisations writes facts, Production System keeps one effect for each. */
export interface World {
  readonly organisations: Urls;
  readonly productionSystem: Urls;
  readonly busDatabaseUrl: string;
  readonly openBus: () => Bus;
  /** Commits one fact for each title; resolves to their ids. */
  readonly accept: (...titles: string[]) => Promise<string[]>;
  /** A transaction on Production System's database, as the system. */
  readonly transaction: <Result>(work: (tx: Transaction) => Promise<Result>) => Promise<Result>;
  /** The titles that have had an effect, in order, one for each time. */
  readonly effects: () => Promise<string[]>;
  readonly query: (url: string, sql: string, params?: unknown[]) => Promise<Record<string, unknown>[]>;
  readonly end: () => Promise<void>;
}

export const silent: Logger = { info: () => {}, warn: () => {}, error: () => {} };
/** The guard tests repeat their accident so often; more with TEST_LONG=1. */
export const rounds = process.env["TEST_LONG"] === "1" ? 10 : 1;

export async function createWorld(): Promise<World> {
  const database = await createTestDatabase({ services: ["organisations", "production-system"] });
  const [organisations, productionSystem] = [
    database.services["organisations"],
    database.services["production-system"],
  ];
  if (organisations === undefined || productionSystem === undefined) throw new Error("A service has no database.");
  const world = await inhabit({ organisations, productionSystem, busDatabaseUrl: database.busDatabaseUrl });
  return { ...world, end: () => world.end().then(() => database.drop()) };
}

export async function inhabit(
  urls: Pick<World, "organisations" | "productionSystem" | "busDatabaseUrl">,
): Promise<World> {
  const { organisations, productionSystem, busDatabaseUrl } = urls;
  await query(organisations.migrationDatabaseUrl, outboxMigrationSql({ schema: "organisations" }));
  await query(productionSystem.migrationDatabaseUrl, outboxMigrationSql({ schema: "production_system" }));
  await query(productionSystem.migrationDatabaseUrl, "create table effect (seq serial, title text not null)");
  const open: Bus[] = [];
  return {
    ...urls,
    openBus: () => {
      const bus = openBus({ databaseUrl: busDatabaseUrl, logger: silent });
      open.push(bus);
      return bus;
    },
    accept: (...titles) =>
      transaction(organisations.databaseUrl, "person", async (tx) => {
        const ids = [];
        for (const title of titles) ids.push((await writeAccepted(tx, title)).id);
        return ids;
      }),
    transaction: (work) => transaction(productionSystem.databaseUrl, "system", work),
    effects: async () => {
      const rows = await query(productionSystem.databaseUrl, "select title from effect order by seq");
      return rows.map((row) => String(row["title"]));
    },
    query,
    end: async () => {
      for (const bus of open) await bus.stop();
      for (const pool of pools.values()) await pool.end();
      pools.clear();
    },
  };
}

export function writeAccepted(tx: Transaction, title: string): Promise<Fact> {
  return writeFact(tx, supportRequestAccepted, {
    aggregateId: "rpi_1",
    data: {
      workItemId: "rpi_1",
      workItemType: "Rpiw",
      title,
      strategy: null,
      status: "REGISTERED",
      leadOrganisationId: null,
      supportRequestId: "srq_1",
      source: "test",
    },
  });
}

/** What a consumer does with a fact in these tests. */
export const keepEffect = async (fact: { data: { title: string } }, tx: Transaction): Promise<void> => {
  await tx.execute("insert into effect (title) values (?)", [fact.data.title]);
};

const pools = new Map<string, pg.Pool>();

function poolOf(url: string): pg.Pool {
  const pool = pools.get(url) ?? new pg.Pool({ connectionString: url, max: 4 });
  if (!pools.has(url)) pool.on("error", () => {});
  pools.set(url, pool);
  return pool;
}

export async function transaction<Result>(
  url: string,
  kind: string,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const client = await poolOf(url).connect();
  // While a client is checked out, a connection that is killed is its holder's to notice; the query rejects anyway.
  const ignored = (): void => undefined;
  client.on("error", ignored);
  let broken = true;
  try {
    await client.query("begin");
    await client.query("select set_config('app.kind', $1, true)", [kind]);
    const result = await work(asTransaction(client));
    await client.query("commit");
    broken = false;
    return result;
  } finally {
    client.off("error", ignored);
    client.release(broken);
  }
}

export function asTransaction(client: pg.ClientBase): Transaction {
  return {
    execute: async (sql, params) => {
      let place = 0;
      const result = await client.query(
        sql.replaceAll("?", () => `$${++place}`),
        params,
      );
      return result.rows;
    },
  };
}

async function query(url: string, sql: string, params?: unknown[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const result = await client.query(sql, params);
    return result.rows ?? [];
  } finally {
    await client.end();
  }
}

/** Lets the heartbeats of jobs whose process has gone look missed now, not after 10 s; TEST_LONG=1 waits. */
export async function hurryHeartbeats(busDatabaseUrl: string): Promise<void> {
  if (process.env["TEST_LONG"] === "1") return;
  await query(
    busDatabaseUrl,
    "update pgboss.job set heartbeat_on = now() - interval '1 minute' where state = 'active'",
  );
}

/** Waits until a condition holds; throws what it was waiting for after so many seconds. */
export async function until(what: string, holds: () => Promise<boolean> | boolean, seconds = 40): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Not within ${seconds} s: ${what}.`);
    await sleep(50);
  }
}
