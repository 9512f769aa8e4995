import { type Account, clientViewer } from "@clic/identity";
import { LRUCache } from "lru-cache";
import { z } from "zod";
import type { SubgraphClient } from "../subgraph/subgraph-client.ts";

const QUERY = `query GatewayAccount($issuer: String!, $subject: String!) {
  account(issuer: $issuer, subject: $subject) {
    id kind personId clientId memberships { organisationId roles primary }
  }
}`;

const accountSchema = z.object({
  id: z.string(),
  kind: z.enum(["PERSON", "CLIENT"]),
  personId: z.string().nullable(),
  clientId: z.string().nullable(),
  memberships: z.array(z.object({ organisationId: z.string(), roles: z.array(z.string()), primary: z.boolean() })),
});

/** Finds the account of (issuer, subject); null when there is none. Rejects when Organisations cannot say. */
export type FindAccount = (issuer: string, subject: string, requestId: string) => Promise<Account | null>;

/** A role taken away is gone after this long. */
const FRESH_MS = 30_000;
/** A token seen before its account existed works this soon after. */
const UNKNOWN_MS = 3_000;
/** While Organisations is down, what it last said holds this long, so that the other services still have callers. */
const STALE_MS = 5 * 60_000;
/** Nobody's request waits longer to learn who sent it. */
const DEADLINE_MS = 3_000;
const MOST_ACCOUNTS = 10_000;

interface Known {
  readonly account: Account | null;
  readonly at: number;
}

/**
 * Asks Organisations' subgraph for accounts as the system component "gateway", with the one scope that needs; remembers
 * answers, and asks once for callers who come together. `clock` is in milliseconds and never goes back.
 */
export function createAccounts(organisations: SubgraphClient, clock = { now: () => performance.now() }): FindAccount {
  const viewer = clientViewer({ clientId: "gateway", scopes: ["account:resolve"] });

  async function ask(issuer: string, subject: string, requestId: string): Promise<Known> {
    const request = { query: QUERY, variables: { issuer, subject }, operationName: "GatewayAccount", repeatable: true };
    const { data, errors } = await organisations.send({ ...request, viewer, requestId, deadlineMs: DEADLINE_MS });
    if (data === null || errors.length > 0) throw new Error(`Organisations refused the account query.`);
    return { account: accountSchema.nullable().parse(data["account"]), at: clock.now() };
  }

  const known = new LRUCache<string, Known, { issuer: string; subject: string; requestId: string }>({
    max: MOST_ACCOUNTS,
    ttl: FRESH_MS,
    ttlResolution: 0,
    perf: clock,
    allowStaleOnFetchRejection: true,
    ignoreFetchAbort: true,
    async fetchMethod(_key, _stale, { options, context }) {
      const found = await ask(context.issuer, context.subject, context.requestId);
      if (found.account === null) options.ttl = UNKNOWN_MS;
      return found;
    },
  });

  return async (issuer, subject, requestId) => {
    const key = JSON.stringify([issuer, subject]);
    const found = await known.fetch(key, { context: { issuer, subject, requestId } });
    if (found !== undefined && clock.now() - found.at <= STALE_MS) return found.account;
    known.delete(key);
    throw new Error("Organisations has not answered for too long.");
  };
}
