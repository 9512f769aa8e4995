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

/** A request, as far as it matters to those that wait for its place. */
export interface Guest {
  /** Whether all that it waits for is its sender, who hasn't sent the whole of it or doesn't read the answer. */
  idle(): boolean;
  /** Takes its place away. */
  drop(): void;
}

export interface Overload {
  /** Whether one more request may begin. Who is let in has to say when it has ended. */
  begin(guest: Guest): boolean;
  /** May be called twice. */
  end(guest: Guest): void;
  /** Looks at the lag and sets how many may be in flight; called by itself ten times a second. */
  adjust(): void;
  close(): void;
}

const ADJUST_MS = 100;
const RESOLUTION_MS = 10;
/** Looks at an idle guest before it may be dropped: a body takes a moment to come. */
const PATIENCE = 4;

/**
 * Lets in as many requests at once as the event loop can bear: fewer by a quarter while it lags, more by a tenth while it
 * doesn't and all places are taken. What is let in ends in good time, and what isn't learns it at once, so a server that is
 * asked five times more than it can do goes on doing what it can. While others are refused, those whose senders keep them
 * waiting lose their places: else a few hundred half-sent requests, which cost their senders nothing, would shut all out.
 */
export function createOverload(options: OverloadOptions = {}): Overload {
  const { maxInFlight = 1_000, minInFlight = Math.min(64, maxInFlight), targetLagMs = 50 } = options;
  const histogram = options.lag ? undefined : monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram?.enable();
  const lag = options.lag ?? measured;
  /** With how often each was found idle, one look after the other. */
  const guests = new Map<Guest, number>();
  let allowed = Math.min(maxInFlight, minInFlight * 4);
  let most = 0;
  let refused = false;

  function measured(): number {
    const longest = histogram!.max / 1_000_000 - RESOLUTION_MS;
    histogram!.reset();
    return longest;
  }

  function adjust(): void {
    if (lag() > targetLagMs) allowed = Math.max(minInFlight, Math.floor(allowed * 0.75));
    else if (most >= allowed) allowed = Math.min(maxInFlight, Math.ceil(allowed * 1.1));
    lookAtGuests();
    most = guests.size;
    refused = false;
  }

  function lookAtGuests(): void {
    for (const [guest, looks] of guests) {
      if (!guest.idle()) guests.set(guest, 0);
      else if (refused && looks >= PATIENCE) {
        guests.delete(guest);
        guest.drop();
      } else guests.set(guest, looks + 1);
    }
  }

  const timer = setInterval(adjust, ADJUST_MS).unref();
  return {
    begin(guest) {
      if (guests.size >= allowed) {
        refused = true;
        return false;
      }
      guests.set(guest, 0);
      most = Math.max(most, guests.size);
      return true;
    },
    end: (guest) => void guests.delete(guest),
    adjust,
    close() {
      clearInterval(timer);
      histogram?.disable();
    },
  };
}
