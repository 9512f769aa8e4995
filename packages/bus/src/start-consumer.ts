import type { JobResult, JobWithMetadata } from "pg-boss";

import { orAborted, untilItWorks } from "./back-off.ts";
import { consumeFact } from "./consume-fact.ts";
import type { ConsumerMetrics } from "./consume-fact.ts";
import type { Fact, FactDefinition, FactOf } from "./fact.definition.ts";
import type { Logger } from "./logger.ts";
import type { Bus } from "./open-bus.ts";
import { deadLetterQueue, registerConsumer } from "./register-consumer.ts";
import type { Transaction } from "./transaction.ts";

export interface Consumer {
  /** Resolves when it is registered, with what the log has for it in its queue; rejects only when stopped before. */
  readonly ready: Promise<void>;
  /** The facts it has given up, 1,000 at most. They are kept for 400 days, and `redrive` tries them again. */
  readonly deadLetters: () => Promise<readonly Fact[]>;
  /** Queues again what it had given up; resolves to how many. */
  readonly redrive: () => Promise<number>;
  /** Ends after the batch in hand. */
  readonly stop: () => Promise<void>;
}

/**
 * Hands every fact of the given definitions to `handle`, with exactly one effect each: facts come at least once, and the
 * inbox is written in the transaction that `transaction` opens (as the system: `app.kind` = `system`), which `handle`
 * gets too. Everything it does must be in that transaction. The name is for ever: another name is another consumer,
 * which gets all retained facts; `<service>.<what-it-keeps>` is a good one. Any number of processes may share a name.
 *
 * Facts come roughly, not strictly, in order: compare `occurredAt` where order matters. A failing handler is tried again
 * from a second to 5 minutes later, `retries` times (20: more than an hour), then the fact is a dead letter, as is at
 * once one that breaks its contract. A fact whose version isn't among the definitions is tried like a failing one,
 * since the next release may know it.
 */
export function startConsumer<const Definitions extends readonly FactDefinition[], TX extends Transaction>(options: {
  bus: Bus;
  name: string;
  facts: Definitions;
  transaction: <Result>(work: (tx: TX) => Promise<Result>) => Promise<Result>;
  handle: (fact: FactOf<Definitions[number]>, tx: TX) => Promise<void>;
  logger: Logger;
  metrics?: ConsumerMetrics;
  retries?: number;
}): Consumer {
  const { bus, name, facts, logger, retries = 20 } = options;
  const stopping = new AbortController();

  const start = async (): Promise<void> => {
    await orAborted(bus.ready, stopping.signal);
    const types = [...new Set(facts.map((definition) => definition.type))];
    const replayed = await registerConsumer(bus.boss, { name, types, queue: queueOptions(retries) });
    await bus.boss.work(name, workOptions, async (jobs: JobWithMetadata<Fact>[]) => {
      const results: JobResult[] = [];
      for (const job of jobs.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
        results.push(await consumeFact(job, options));
      }
      return results;
    });
    logger.info({ consumer: name, types, replayed }, "The consumer is at work.");
  };
  const ready = untilItWorks(start, {
    signal: stopping.signal,
    onFailure: (err, retryInMs) => logger.warn({ err, consumer: name, retryInMs }, "The consumer could not start."),
  });
  ready.catch(() => undefined);

  return {
    ready,
    deadLetters: async () => {
      await ready;
      const jobs = await bus.boss.findJobs<Fact>(deadLetterQueue(name), { queued: true });
      return jobs.map((job) => job.data);
    },
    redrive: async () => {
      await ready;
      return bus.boss.redrive(deadLetterQueue(name));
    },
    stop: async () => {
      stopping.abort(new Error("The consumer is stopped."));
      await ready.catch(() => undefined);
      await bus.boss.offWork(name, { wait: true });
    },
  };
}

// Polls are the floor beneath NOTIFY: retries come due without one. A short batch is also what a crash delays.
const workOptions = {
  batchSize: 10,
  burstWhenBatchFull: true,
  includeMetadata: true,
  perJobResults: true,
  pollingIntervalSeconds: 1,
  notifyPollingIntervalSeconds: 1,
} as const;

const day = 86_400;

// A process that dies goes on holding its batch until the heartbeat is missed, for 10 to 15 seconds.
const queueOptions = (retries: number) => ({
  retryLimit: retries,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 300,
  heartbeatSeconds: 10,
  expireInSeconds: 300,
  retentionSeconds: 400 * day,
  deleteAfterSeconds: day,
});
