import type { PgBoss, QueueOptions } from "pg-boss";

import type { Bus } from "./open-bus.ts";
import { inTransaction } from "./queue-transaction.ts";
import { queueLoggedFacts } from "./replay.ts";

/** The queue where a consumer's facts go that it could not handle. */
export const deadLetterQueue = (consumer: string): string => `${consumer}.dead`;

/**
 * Puts a consumer on the list of those who get facts of these types, and queues all that the log has of the types it
 * did not get before; resolves to how many. Again with the same types does nothing. Publishing waits meanwhile.
 */
export async function registerConsumer(
  boss: PgBoss,
  consumer: { name: string; types: readonly string[]; queue: QueueOptions },
): Promise<number> {
  const { name, types, queue } = consumer;
  await boss.createQueue(deadLetterQueue(name), { retentionSeconds: queue.retentionSeconds ?? 1_209_600 });
  await boss.createQueue(name, { ...queue, notify: true, deadLetter: deadLetterQueue(name) });
  await boss.updateQueue(name, { ...queue });
  return inTransaction(boss, async (db) => {
    await db.executeSql("lock table fact.consumer in exclusive mode");
    const { rows }: { rows: { types: string[] }[] } = await db.executeSql(
      "select types from fact.consumer where name = $1",
      [name],
    );
    const before: readonly string[] = rows[0]?.types ?? [];
    await db.executeSql(
      `insert into fact.consumer (name, types) values ($1, $2::text[])
       on conflict (name) do update set types = excluded.types`,
      [name, types],
    );
    return queueLoggedFacts(boss, db, name, { types: types.filter((type) => !before.includes(type)) });
  });
}

/**
 * Takes a consumer that will not come back off the list, and deletes its queues with all that is in them. A consumer
 * that only ceased to run keeps its place, and its queue grows.
 */
export async function retireConsumer({ bus, consumer }: { bus: Bus; consumer: string }): Promise<void> {
  await bus.ready;
  await inTransaction(bus.boss, async (db) => {
    await db.executeSql("lock table fact.consumer in exclusive mode");
    await db.executeSql("delete from fact.consumer where name = $1", [consumer]);
  });
  await bus.boss.deleteQueue(consumer);
  await bus.boss.deleteQueue(deadLetterQueue(consumer));
}
