import { SubgraphFailure } from "./subgraph-failure.ts";

/**
 * Runs `work` and gives up on it after `milliseconds`, whether it listens to its signal or not. The signal aborts with the
 * failure that the caller gets.
 */
export async function withinDeadline<T>(milliseconds: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { promise: over, reject } = Promise.withResolvers<never>();
  const controller = new AbortController();
  const timer = setTimeout(() => {
    const failure = new SubgraphFailure("deadline", `no answer within ${milliseconds} ms`);
    reject(failure);
    controller.abort(failure);
  }, milliseconds);
  try {
    return await Promise.race([work(controller.signal), over]);
  } finally {
    clearTimeout(timer);
  }
}
