import type { Logger } from "./logger.ts";

/** Logs an error at most once in 10 seconds, with the number that it kept to itself: an outage fails every poll. */
export function logSparingly(logger: Logger, message: string): (err: unknown) => void {
  let last = Number.NEGATIVE_INFINITY;
  let unsaid = 0;
  return (err) => {
    const now = Date.now();
    if (now - last < 10_000) {
      unsaid++;
      return;
    }
    logger.warn({ err, unsaid }, message);
    last = now;
    unsaid = 0;
  };
}
