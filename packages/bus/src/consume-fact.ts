import type { JobResult, JobWithMetadata } from "pg-boss";

import type { Fact, FactDefinition, FactOf } from "./fact.definition.ts";
import type { Counter, Logger } from "./logger.ts";
import { rememberFact } from "./remember-fact.ts";
import type { Transaction } from "./transaction.ts";

export interface ConsumerMetrics {
  readonly handled?: Counter;
  /** Delivered again and not handled again. */
  readonly skipped?: Counter;
  /** Attempts that failed and will be made again. */
  readonly failed?: Counter;
  readonly deadLettered?: Counter;
}

/** Handles one delivery of a fact, and says what is to become of it; never rejects. */
export async function consumeFact<const Definitions extends readonly FactDefinition[], TX extends Transaction>(
  job: JobWithMetadata<Fact>,
  consumer: {
    name: string;
    facts: Definitions;
    transaction: <Result>(work: (tx: TX) => Promise<Result>) => Promise<Result>;
    handle: (fact: FactOf<Definitions[number]>, tx: TX) => Promise<void>;
    logger: Logger;
    metrics?: ConsumerMetrics;
  },
): Promise<JobResult> {
  const { name, facts, transaction, handle, logger, metrics } = consumer;
  const { data: fact } = job;
  const about = {
    consumer: name,
    factId: fact.id,
    type: fact.type,
    version: fact.version,
    attempt: job.retryCount + 1,
  };

  const giveUp = (err: unknown): JobResult => {
    metrics?.deadLettered?.inc();
    logger.error({ ...about, err }, "A fact is a dead letter.");
    return { id: job.id, status: "deadletter", output: { error: String(err) } };
  };
  const tryAgain = (err: unknown): JobResult => {
    if (job.retryCount >= job.retryLimit) return giveUp(err);
    metrics?.failed?.inc();
    logger.warn({ ...about, err }, "A fact could not be handled; it will be tried again.");
    return { id: job.id, status: "failed", output: { error: String(err) } };
  };

  const definition = facts.find(({ type, version }) => type === fact.type && version === fact.version);
  if (definition === undefined) return tryAgain(new Error("No definition of this type and version."));
  const parsed = definition.data.safeParse(fact.data);
  if (!parsed.success) return giveUp(parsed.error);
  try {
    const isNew = await transaction(async (tx) => {
      if (!(await rememberFact(tx, name, fact.id))) return false;
      await handle({ ...fact, data: parsed.data } as FactOf<Definitions[number]>, tx);
      return true;
    });
    (isNew ? metrics?.handled : metrics?.skipped)?.inc();
    return { id: job.id, status: "completed" };
  } catch (err) {
    return tryAgain(err);
  }
}
