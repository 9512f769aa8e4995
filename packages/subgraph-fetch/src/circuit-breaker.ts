import {
  BrokenCircuitError,
  CircuitState,
  CountBreaker,
  ExponentialBackoff,
  circuitBreaker,
  handleWhen,
  halfJitterGenerator,
} from "cockatiel";
import { SubgraphFailure } from "./subgraph-failure.ts";

/** `half open`: one fetch is trying whether the subgraph is back. */
export type Circuit = "closed" | "half open" | "open";

export interface CircuitBreaker {
  readonly circuit: Circuit;
  /** Runs `work`, or rejects at once while the subgraph is known to be away. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

const circuits: Record<CircuitState, Circuit> = {
  [CircuitState.Closed]: "closed",
  [CircuitState.HalfOpen]: "half open",
  [CircuitState.Open]: "open",
  [CircuitState.Isolated]: "open",
};

/**
 * Stops asking a subgraph that is away: opens when half of the last `2 × breakAfter` fetches found it so, or half
 * of the first `breakAfter`; then lets one try. An answer that is refused does not count, nor a full bulkhead: callers can bring them about by what they ask.
 */
export function createCircuitBreaker(options: {
  readonly breakAfter: number;
  readonly reopenMs: number;
  readonly onChange?: ((circuit: Circuit) => void) | undefined;
}): CircuitBreaker {
  const { breakAfter, reopenMs, onChange } = options;
  const away = (error: unknown): boolean =>
    error instanceof SubgraphFailure && error.kind === "unavailable" && error.finding !== "bulkhead";
  const policy = circuitBreaker(handleWhen(away), {
    // A share of 0.5 has to be surpassed, hence a little less.
    breaker: new CountBreaker({ threshold: 0.499, size: 2 * breakAfter, minimumNumberOfCalls: breakAfter }),
    halfOpenAfter: new ExponentialBackoff({
      initialDelay: reopenMs,
      maxDelay: 10 * reopenMs,
      generator: halfJitterGenerator,
    }),
  });
  policy.onStateChange((state) => onChange?.(circuits[state]));
  return {
    get circuit() {
      return circuits[policy.state];
    },
    async run(work) {
      // The library would let all others wait for the one that tries.
      if (policy.state === CircuitState.HalfOpen) throw open();
      try {
        return await policy.execute(work);
      } catch (error) {
        throw error instanceof BrokenCircuitError ? open() : error;
      }
    },
  };
}

const open = (): SubgraphFailure => new SubgraphFailure("circuit", "the circuit is open: it was away just now");
