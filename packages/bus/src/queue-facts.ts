import type { Db, PgBoss } from "pg-boss";
import { v7 as uuidv7 } from "uuid";

import type { Fact } from "./fact.definition.ts";

/**
 * Queues facts for a consumer, within a transaction. Jobs have ids of their own, so that a fact can be queued again for
 * a replay; the ids ascend, so that a batch is handled in the order given.
 */
export async function queueFacts(boss: PgBoss, db: Db, consumer: string, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return;
  await boss.insert(
    consumer,
    facts.map((fact) => ({ id: uuidv7(), data: fact })),
    { db },
  );
}
