import { v7 as uuidv7 } from "uuid";
import type { z } from "zod";

import type { FactDefinition, FactOf } from "./fact.definition.ts";
import type { Transaction } from "./transaction.ts";

/**
 * Writes a fact to the service's outbox, in the transaction of the change that it reports: both commit or neither.
 * Returns the fact as written. Throws a ZodError, before anything is written, when `data` breaks the contract.
 * `occurredAt` is now unless given.
 */
export async function writeFact<Definition extends FactDefinition>(
  tx: Transaction,
  definition: Definition,
  what: { aggregateId: string; data: z.input<Definition["data"]>; occurredAt?: Date },
): Promise<FactOf<Definition>> {
  const fact = {
    id: uuidv7(),
    type: definition.type,
    version: definition.version,
    aggregateId: what.aggregateId,
    occurredAt: (what.occurredAt ?? new Date()).toISOString(),
    data: definition.data.parse(what.data),
  };
  await tx.execute(
    "insert into outbox (id, type, version, aggregate_id, data, occurred_at) values (?, ?, ?, ?, ?::jsonb, ?::timestamptz)",
    [fact.id, fact.type, fact.version, fact.aggregateId, JSON.stringify(fact.data), fact.occurredAt],
  );
  return fact as FactOf<Definition>;
}
