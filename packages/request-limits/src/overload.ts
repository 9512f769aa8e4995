import { monitorEventLoopDelay } from "node:perf_hooks";

export interface OverloadOptions {
  /** Requests that are let in together whatever the event loop's lag. */
  readonly minInFlight?: number;
  /** Requests that are let in together at most. */
  readonly maxInFlight?: number;
  /** The event loop's lag at which fewer are let in. */
  readonly targetLagMs?: number;
  /** The longest lag since the last call, in milliseconds; measured unless given. */
  readonly lag?: () => number;
}

export interface Overload {
  /** Whether one more request may begin. Who is let in has to say when it has ended. */
  begin(): boolean;
  end(): void;
  /** Looks at the lag and sets how many may be in flight; called by itself ten times a second. */
  adjust(): void;
  close(): void;
}

const ADJUST_MS = 100;
const RESOLUTION_MS = 10;

/**
 * Lets in as many requests at once as the event loop can bear: fewer by a quarter while it lags, more by a tenth while it
 * doesn't and all places are taken. What is let in ends in good time, and what isn't learns it at once, so a server that is
 * asked five times more than it can do goes on doing what it can.
 */
export function createOverload(options: OverloadOptions = {}): Overload {
  const { maxInFlight = 1_000, minInFlight = Math.min(64, maxInFlight), targetLagMs = 50 } = options;
  const histogram = options.lag ? undefined : monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram?.enable();
  const lag = options.lag ?? measured;
  let allowed = Math.min(maxInFlight, minInFlight * 4);
  let inFlight = 0;
  let most = 0;

  function measured(): number {
    const longest = histogram!.max / 1_000_000 - RESOLUTION_MS;
    histogram!.reset();
    return longest;
  }

  function adjust(): void {
    if (lag() > targetLagMs) allowed = Math.max(minInFlight, Math.floor(allowed * 0.75));
    else if (most >= allowed) allowed = Math.min(maxInFlight, Math.ceil(allowed * 1.1));
    most = inFlight;
  }

  const timer = setInterval(adjust, ADJUST_MS).unref();
  return {
    begin() {
      if (inFlight >= allowed) return false;
      inFlight += 1;
      most = Math.max(most, inFlight);
      return true;
    },
    end: () => void (inFlight -= 1),
    adjust,
    close() {
      clearInterval(timer);
      histogram?.disable();
    },
  };
}
