import { ExponentialBackoff, handleWhen, retry } from "cockatiel";
import { SubgraphFailure } from "./subgraph-failure.ts";

/**
 * Sends a read again, at most `times`, when it met a connection that was refused or reset before the answer, or a proxy
 * that speaks for a subgraph that is away. Waits a jittered 20 ms, then longer, and ends with the signal.
 */
export function createRetry(times: number, onRetry?: () => void) {
  const again = (error: unknown): boolean => error instanceof SubgraphFailure && error.again;
  const policy = retry(handleWhen(again), {
    maxAttempts: times,
    backoff: new ExponentialBackoff({ initialDelay: 20, maxDelay: 500 }),
  });
  if (onRetry) policy.onRetry(onRetry);
  return <T>(signal: AbortSignal, attempt: () => Promise<T>): Promise<T> =>
    policy.execute(async () => {
      signal.throwIfAborted();
      return attempt();
    }, signal);
}
