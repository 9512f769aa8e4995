import pg from "pg";

import { orAborted, pause, untilItWorks } from "./back-off.ts";
import type { Counter, Logger } from "./logger.ts";
import type { Bus } from "./open-bus.ts";
import { outboxChannel } from "./outbox.migration.ts";
import { pruneOutbox, relayBatch } from "./relay-batch.ts";

export interface Relay {
  /** Ends after the batch in hand. */
  readonly stop: () => Promise<void>;
}

/**
 * Takes what a service writes to its outbox to the bus, for as long as it takes when either is away. It has one
 * connection of its own, as the service's role, outside the pool that requests share. Any number may run at once.
 * Published rows are deleted after `keepDays`. Without LISTEN (a pooler), facts wait for the poll, every `pollMs`.
 */
export function startRelay(options: {
  databaseUrl: string;
  schema: string;
  bus: Pick<Bus, "ready" | "publish">;
  logger: Logger;
  keepDays?: number;
  pollMs?: number;
  metrics?: { relayed?: Counter; failed?: Counter };
}): Relay {
  const { databaseUrl, schema, bus, logger, keepDays = 7, pollMs = 5_000, metrics } = options;
  const stopping = new AbortController();
  const { signal } = stopping;

  const onFailure = (err: unknown, retryInMs: number): void => {
    metrics?.failed?.inc();
    logger.warn({ err, schema, retryInMs }, "The relay could not pass facts on.");
  };

  const relayUntilItFails = async (): Promise<void> => {
    // Before any row is claimed: while the bus is away no transaction waits for it.
    await orAborted(bus.ready, signal);
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: `${schema} relay`,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    });
    let wake = new AbortController();
    let worked = false;
    client.on("error", () => wake.abort());
    client.on("notification", () => wake.abort());
    try {
      await client.connect();
      await client.query(`listen ${outboxChannel(schema)}`);
      let pruneAt = 0;
      while (!signal.aborted) {
        wake = new AbortController();
        const { claimed, more } = await relayBatch({ client, schema, bus });
        metrics?.relayed?.inc(claimed);
        worked = true;
        if (more) continue;
        if (Date.now() >= pruneAt) {
          await pruneOutbox({ client, schema, keepDays });
          pruneAt = Date.now() + 3_600_000;
        }
        await pause(pollMs, AbortSignal.any([signal, wake.signal]));
      }
    } catch (err) {
      // After a success the back-off begins anew.
      if (!worked || signal.aborted) throw err;
      onFailure(err, 0);
    } finally {
      await client.end().catch(() => undefined);
    }
  };

  const done = (async () => {
    while (!signal.aborted) {
      await untilItWorks(relayUntilItFails, { signal, onFailure }).catch(() => undefined);
    }
  })();

  return {
    stop: async () => {
      stopping.abort(new Error("The relay is stopped."));
      await done;
    },
  };
}
