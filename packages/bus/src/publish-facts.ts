import type { PgBoss } from "pg-boss";

import type { Fact } from "./fact.definition.ts";
import { queueFacts } from "./queue-facts.ts";
import { inTransaction } from "./queue-transaction.ts";

interface ConsumerRow {
  name: string;
  types: string[];
}

/**
 * Adds facts to the log and to the queue of every consumer of their type, in one transaction; resolves to how many
 * were new. A fact that is in the log was queued when it got there, so publishing it again does nothing.
 */
export async function publishFacts(boss: PgBoss, facts: readonly Fact[]): Promise<number> {
  if (facts.length === 0) return 0;
  return inTransaction(boss, async (db) => {
    // Against a registration's EXCLUSIVE lock: a consumer sees a fact in its replay or live, not in neither.
    await db.executeSql("lock table fact.consumer in row share mode");
    const { rows: consumers }: { rows: ConsumerRow[] } = await db.executeSql(
      "select name, types from fact.consumer where types && $1::text[]",
      [facts.map((fact) => fact.type)],
    );
    const { rows: added }: { rows: { id: string }[] } = await db.executeSql(
      `insert into fact.fact (id, type, version, aggregate_id, data, occurred_at)
       select id, type, version, "aggregateId", data, "occurredAt"
       from json_to_recordset($1::json) as new
         (id uuid, type text, version integer, "aggregateId" text, data jsonb, "occurredAt" timestamptz)
       on conflict (id) do nothing
       returning id`,
      [JSON.stringify(facts)],
    );
    const addedIds = new Set(added.map((row) => row.id));
    const fresh = facts.filter((fact) => addedIds.has(fact.id));
    for (const { name, types } of consumers) {
      await queueFacts(
        boss,
        db,
        name,
        fresh.filter((fact) => types.includes(fact.type)),
      );
    }
    return fresh.length;
  });
}
