import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

export interface RateLimitOptions {
  /** The policy's name in the headers. */
  readonly name: string;
  /** Requests in a window. */
  readonly requests: number;
  readonly windowSeconds: number;
}

export interface RateLimitVerdict {
  readonly admitted: boolean;
  /** `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10); `Retry-After` too when refused. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface RateLimit {
  /** Counts a request of whoever `key` stands for, a refused one too. */
  count(key: string): Promise<RateLimitVerdict>;
}

/** Counts in this process, each key in a window of its own that begins with its first request. */
export function createRateLimit({ name, requests, windowSeconds }: RateLimitOptions): RateLimit {
  const limiter = new RateLimiterMemory({ points: requests, duration: windowSeconds });
  const policy = `"${name}";q=${requests};w=${windowSeconds}`;

  function verdict(admitted: boolean, { remainingPoints, msBeforeNext }: RateLimiterRes): RateLimitVerdict {
    const seconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
    const headers = { "ratelimit-policy": policy, ratelimit: `"${name}";r=${remainingPoints};t=${seconds}` };
    return { admitted, headers: admitted ? headers : { ...headers, "retry-after": String(seconds) } };
  }
  return {
    async count(key) {
      try {
        return verdict(true, await limiter.consume(key));
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return verdict(false, refused);
        throw refused;
      }
    },
  };
}
