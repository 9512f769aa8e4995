import type { Db, PgBoss } from "pg-boss";

/** Runs work in a transaction on the bus's database; pass `db` to any call of the queue that belongs to it. */
export async function inTransaction<Result>(boss: PgBoss, work: (db: Db) => Promise<Result>): Promise<Result> {
  const tx = await boss.getDb().beginTransaction?.();
  if (tx === undefined) throw new Error("The queue's database offers no transactions.");
  try {
    const result = await work(tx.db);
    await tx.commit();
    return result;
  } catch (error) {
    await tx.rollback();
    throw error;
  }
}
