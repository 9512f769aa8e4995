import type { Db, PgBoss } from "pg-boss";

import type { Fact } from "./fact.definition.ts";
import type { Bus } from "./open-bus.ts";
import { queueFacts } from "./queue-facts.ts";
import { inTransaction } from "./queue-transaction.ts";

const pageSize = 500;

/**
 * Queues again, in the order of the log, what a registered consumer could have got since `from`; resolves to how many.
 * A fact in the consumer's inbox is skipped when it arrives: to have an effect again, delete it there first.
 * Throws when there is no such consumer.
 */
export async function replay({ bus, consumer, from }: { bus: Bus; consumer: string; from: Date }): Promise<number> {
  await bus.ready;
  return inTransaction(bus.boss, async (db) => {
    const { rows }: { rows: { types: string[] }[] } = await db.executeSql(
      "select types from fact.consumer where name = $1",
      [consumer],
    );
    if (rows[0] === undefined) throw new Error(`There is no consumer "${consumer}" on the bus.`);
    return queueLoggedFacts(bus.boss, db, consumer, { types: rows[0].types, from });
  });
}

/** Queues what the log has of these types, page by page within one transaction; resolves to how many. */
export async function queueLoggedFacts(
  boss: PgBoss,
  db: Db,
  consumer: string,
  { types, from = new Date(0) }: { types: readonly string[]; from?: Date },
): Promise<number> {
  let queued = 0;
  let after = "0";
  for (;;) {
    const { rows }: { rows: (Fact & { position: string })[] } = await db.executeSql(
      `select position, id, type, version, aggregate_id as "aggregateId", data,
              to_char(occurred_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "occurredAt"
       from fact.fact
       where type = any($1::text[]) and recorded_at >= $2 and position > $3
       order by position limit ${pageSize}`,
      [types, from, after],
    );
    await queueFacts(
      boss,
      db,
      consumer,
      rows.map(({ position: _, ...fact }) => fact),
    );
    queued += rows.length;
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) return queued;
    after = last.position;
  }
}
