import type { PgBoss } from "pg-boss";

import type { Logger } from "./logger.ts";

const queue = "fact-log.retention";

/** Has one of the processes on the bus delete, every night at 03:17 UTC, what the log has kept for long enough. */
export async function scheduleRetention(boss: PgBoss, retentionDays: number, logger: Logger): Promise<void> {
  await boss.createQueue(queue);
  await boss.schedule(queue, "17 3 * * *", { retentionDays });
  await boss.work<{ retentionDays: number }>(queue, { pollingIntervalSeconds: 60 }, async (jobs) => {
    for (const job of jobs) {
      const deleted = await pruneFactLog(boss, job.data.retentionDays);
      logger.info({ deleted, retentionDays: job.data.retentionDays }, "Old facts were deleted from the log.");
    }
  });
}

/** Deletes the facts that were logged longer ago than so many days; resolves to how many. What is queued stays queued. */
export async function pruneFactLog(boss: PgBoss, retentionDays: number): Promise<number> {
  const { rows }: { rows: { count: number }[] } = await boss.getDb().executeSql(
    `with deleted as (
       delete from fact.fact where recorded_at < now() - make_interval(days => $1::integer) returning 1
     ) select count(*)::integer as count from deleted`,
    [retentionDays],
  );
  return rows[0]?.count ?? 0;
}
