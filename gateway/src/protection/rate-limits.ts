import type { Viewer } from "@clic/identity";
import { type RateLimitVerdict, RequestRefused, createRateLimit, networkOf } from "@clic/request-limits";
import type { ErrorCode } from "../error-catalogue.ts";
import type { Limits } from "./limits.ts";

/** Who is counted together. */
export interface Sender {
  readonly key: string;
  /** Whether it is somebody who is signed in, not an address. */
  readonly known: boolean;
}

/** A person or client, wherever they ask from; else the network of the address. */
export function senderOf(viewer: Viewer | undefined, address: string): Sender {
  const id = viewer?.personId ?? viewer?.clientId ?? undefined;
  return id === undefined ? { key: networkOf(address), known: false } : { key: `${viewer!.kind} ${id}`, known: true };
}

export interface RateLimits {
  /** Counts a request of a sender's; gives the headers that say what is left. Rejects with RequestRefused for one too many. */
  admit(sender: Sender): Promise<RateLimitVerdict["headers"]>;
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
  return {
    admit: async ({ key, known }) => read(await (known ? ofIdentities : ofAddresses).count(key)),
  };
}
