import type pg from "pg";

import type { Fact } from "./fact.definition.ts";
import type { Bus } from "./open-bus.ts";

const batchSize = 100;

interface OutboxRow {
  id: string;
  type: string;
  version: number;
  aggregate_id: string;
  data: unknown;
  occurred_at: Date;
}

/**
 * Claims unpublished facts, publishes them, and marks them published. When it dies after the bus has committed, the
 * claim ends unmarked, the facts are published again, and the bus absorbs them. Rows that another relay has claimed are
 * skipped, and a row is chosen by being unpublished, not by its id: ids commit out of order.
 */
export async function relayBatch({
  client,
  schema,
  bus,
}: {
  client: pg.Client;
  schema: string;
  bus: Pick<Bus, "publish">;
}): Promise<{ claimed: number; more: boolean }> {
  return asSystem(client, async () => {
    const { rows } = await client.query<OutboxRow>(
      `select id, type, version, aggregate_id, data, occurred_at from ${schema}.outbox
       where published_at is null order by id limit ${batchSize} for update skip locked`,
    );
    if (rows.length === 0) return { claimed: 0, more: false };
    await bus.publish(rows.map(toFact));
    await client.query(`update ${schema}.outbox set published_at = clock_timestamp() where id = any($1::uuid[])`, [
      rows.map((row) => row.id),
    ]);
    return { claimed: rows.length, more: rows.length === batchSize };
  });
}

/** Deletes what was published longer ago than so many days. */
export async function pruneOutbox({
  client,
  schema,
  keepDays,
}: {
  client: pg.Client;
  schema: string;
  keepDays: number;
}): Promise<void> {
  await asSystem(client, () =>
    client.query(`delete from ${schema}.outbox where published_at < now() - make_interval(days => $1::integer)`, [
      keepDays,
    ]),
  );
}

async function asSystem<Result>(client: pg.Client, work: () => Promise<Result>): Promise<Result> {
  await client.query("begin; select set_config('app.kind', 'system', true)");
  try {
    const result = await work();
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
}

function toFact(row: OutboxRow): Fact {
  return {
    id: row.id,
    type: row.type,
    version: row.version,
    aggregateId: row.aggregate_id,
    occurredAt: row.occurred_at.toISOString(),
    data: row.data,
  };
}
