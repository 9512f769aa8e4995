import { setTimeout as sleep } from "node:timers/promises";

/**
 * Does the work until it succeeds, waiting longer after each failure, from a quarter of a second to 30 seconds, with
 * jitter. Rejects with the signal's reason, and with nothing else, as soon as the signal aborts.
 */
export async function untilItWorks<Result>(
  work: () => Promise<Result>,
  { signal, onFailure }: { signal: AbortSignal; onFailure: (error: unknown, retryInMs: number) => void },
): Promise<Result> {
  for (let failures = 0; ; failures++) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      const ms = Math.min(30_000, 250 * 2 ** Math.min(failures, 7)) * (0.75 + Math.random() / 2);
      onFailure(error, Math.round(ms));
      await pause(ms, signal);
    }
  }
}

/** Waits so many milliseconds, or until the signal aborts; never rejects. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}

/** Settles as the promise does, or rejects with the signal's reason as soon as that aborts. */
export async function orAborted<Result>(promise: Promise<Result>, signal: AbortSignal): Promise<Result> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<void>();
  const onAbort = (): void => aborted.resolve();
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([
      promise,
      aborted.promise.then(() => {
        throw signal.reason;
      }),
    ]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
