import type { Transaction } from "./transaction.ts";

/**
 * Notes in the service's inbox that a consumer handles a fact. True the first time; false when it has been handled.
 * In the transaction of the effect: of two deliveries at once, the second waits here until the first has ended.
 */
export async function rememberFact(tx: Transaction, consumer: string, factId: string): Promise<boolean> {
  const rows = await tx.execute(
    "insert into inbox (consumer, fact_id) values (?, ?) on conflict do nothing returning fact_id",
    [consumer, factId],
  );
  if (!Array.isArray(rows)) throw new TypeError("A transaction's execute() must resolve to the statement's rows.");
  return rows.length === 1;
}
