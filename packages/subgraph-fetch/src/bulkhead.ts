import { BulkheadRejectedError, bulkhead } from "cockatiel";
import { SubgraphFailure } from "./subgraph-failure.ts";

export interface Bulkhead {
  /** Runs `work` when there is a place. Rejects at once when all places are taken and the queue is full. */
  run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

/** A subgraph's own places, so that a slow one keeps neither memory nor connections of the others. */
export function createBulkhead(places: number, queue: number): Bulkhead {
  const policy = bulkhead(places, queue);
  return {
    async run(signal, work) {
      try {
        return await policy.execute(work, signal);
      } catch (error) {
        if (!(error instanceof BulkheadRejectedError)) throw error;
        throw new SubgraphFailure("bulkhead", `${places} fetches under way and ${queue} waiting`);
      }
    },
  };
}
