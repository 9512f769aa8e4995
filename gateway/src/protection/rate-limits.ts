import type { Viewer } from "@clic/identity";
import { type RateLimitVerdict, RequestRefused, createRateLimit, networkOf } from "@clic/request-limits";
import type { ErrorCode } from "../error-catalogue.ts";
import type { Limits } from "./limits.ts";

export interface RateLimits {
  /** Counts a request of a viewer's; gives the headers that say what is left. Rejects with RequestRefused for one too many. */
  admit(viewer: Viewer, address: string): Promise<RateLimitVerdict["headers"]>;
  /** Counts a request that comes from nobody who could be made out, by its address. */
  admitUnknown(address: string): Promise<RateLimitVerdict["headers"]>;
}

/** One count a person or client, wherever they ask from; one an address for those that nobody signed in from. */
export function createRateLimits({ identified, anonymous, windowSeconds }: Limits["rate"]): RateLimits {
  const ofIdentities = createRateLimit({ name: "identity", requests: identified, windowSeconds });
  const ofAddresses = createRateLimit({ name: "address", requests: anonymous, windowSeconds });

  function read({ admitted, headers }: RateLimitVerdict): RateLimitVerdict["headers"] {
    if (admitted) return headers;
    const message = `Too many requests. Try again in ${headers["retry-after"]} s.`;
    throw new RequestRefused(429, "RATE_LIMITED" satisfies ErrorCode, message, headers);
  }
  const admitUnknown = async (address: string): Promise<RateLimitVerdict["headers"]> =>
    read(await ofAddresses.count(networkOf(address)));
  return {
    admitUnknown,
    admit: async ({ kind, personId, clientId }, address) =>
      personId === null && clientId === null
        ? admitUnknown(address)
        : read(await ofIdentities.count(`${kind} ${personId ?? clientId}`)),
  };
}
