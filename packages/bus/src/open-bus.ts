import { PgBoss } from "pg-boss";

import { untilItWorks } from "./back-off.ts";
import type { Fact } from "./fact.definition.ts";
import { factLogSql } from "./fact-log.schema.ts";
import type { Logger } from "./logger.ts";
import { publishFacts } from "./publish-facts.ts";
import { scheduleRetention } from "./prune-fact-log.ts";
import { inTransaction } from "./queue-transaction.ts";
import { logSparingly } from "./log-sparingly.ts";

export interface Bus {
  /** Resolves when the bus is connected and its tables are there; rejects only when stopped before. */
  readonly ready: Promise<void>;
  /** The queues beneath; for this package, not for services. */
  readonly boss: PgBoss;
  /** Logs and queues, in one transaction, those of the facts that aren't in the log; resolves to how many. */
  readonly publish: (facts: readonly Fact[]) => Promise<number>;
  /** Ends the workers, within 10 seconds, and the connections. Stop relays and consumers first. */
  readonly stop: () => Promise<void>;
}

/**
 * Connects to the bus's database as its owner, in the background and for as long as it takes, so that a service can
 * start and serve while the bus is away. One a process. Facts stay in the log for `retentionDays`.
 */
export function openBus(options: {
  databaseUrl: string;
  logger: Logger;
  retentionDays?: number;
  poolSize?: number;
}): Bus {
  const { databaseUrl, logger, retentionDays = 400, poolSize = 5 } = options;
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: "clic bus",
    max: poolSize,
    connectionTimeoutMillis: 10_000,
    useListenNotify: true,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
  });
  boss.on("error", logSparingly(logger, "The bus has trouble."));
  boss.on("warning", (warning) => logger.warn({ warning }, "The queue warns."));

  const stopping = new AbortController();
  const start = async (): Promise<void> => {
    await boss.start();
    await inTransaction(boss, (db) => db.executeSql(factLogSql));
    await scheduleRetention(boss, retentionDays, logger);
  };
  const ready = untilItWorks(start, {
    signal: stopping.signal,
    onFailure: (err, retryInMs) => logger.warn({ err, retryInMs }, "The bus can't be reached."),
  });
  ready.catch(() => undefined);

  return {
    ready,
    boss,
    publish: async (facts) => {
      await ready;
      return publishFacts(boss, facts);
    },
    stop: async () => {
      stopping.abort(new Error("The bus is stopped."));
      await boss.stop({ graceful: true, timeout: 10_000 });
    },
  };
}
