import { type BudgetChanges, createBudget } from "@clic/subgraph-fetch";
import { isPlaceholderUrl } from "../compose.ts";
import type { SubgraphAddress } from "../environment.ts";
import { type GatewayMetrics, circuitValues } from "../metrics.ts";
import { type SubgraphClient, createSubgraphClient } from "./subgraph-client.ts";

/** What a stranger's answers may hold: parsing takes the time of all others, a tenth of a second for some 100,000 values at worst. */
const STRANGERS: BudgetChanges = { maxValues: 100_000 };

export interface Subgraphs {
  /** Those that are known so far. */
  all(): readonly SubgraphClient[];
  /** The client of a subgraph that SUBGRAPHS names. */
  named(name: string): SubgraphClient | undefined;
  /** The client of a supergraph's subgraph: at its address in SUBGRAPHS, else at the supergraph's own. Throws for neither. */
  of(name: string, url: string | undefined): SubgraphClient;
  close(): Promise<void>;
}

export interface SubgraphsOptions {
  readonly addresses: Readonly<Record<string, SubgraphAddress>>;
  /** For subgraphs whose entry has no own; what both leave open is the default. */
  readonly budget: BudgetChanges;
  readonly metrics: Pick<GatewayMetrics, "circuits" | "retries">;
}

/** Keeps one client for each subgraph and address, across reloads of the supergraph: connections and circuits stay. */
export function createSubgraphs({ addresses, budget, metrics }: SubgraphsOptions): Subgraphs {
  const clients = new Map<string, SubgraphClient>();

  function open(subgraph: string, { url, key, budget: own }: SubgraphAddress): SubgraphClient {
    const place = JSON.stringify([subgraph, url]);
    const known = clients.get(place);
    if (known) return known;
    metrics.circuits.set({ subgraph }, circuitValues.closed);
    const client = createSubgraphClient({
      name: subgraph,
      url,
      key,
      budget: createBudget(own, budget, key === undefined ? STRANGERS : undefined),
      onCircuit: (circuit) => metrics.circuits.set({ subgraph }, circuitValues[circuit]),
      onRetry: () => metrics.retries.inc({ subgraph }),
    });
    clients.set(place, client);
    return client;
  }

  function named(name: string): SubgraphClient | undefined {
    return Object.hasOwn(addresses, name) ? open(name, addresses[name]!) : undefined;
  }

  for (const name of Object.keys(addresses)) named(name);
  return {
    all: () => [...clients.values()],
    named,
    of(name, url) {
      const client = named(name);
      if (client) return client;
      if (!url || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol) || isPlaceholderUrl(url)) {
        throw new Error(`the supergraph names the subgraph "${name}", and SUBGRAPHS has no entry for it`);
      }
      return open(name, { url });
    },
    close: async () => void (await Promise.all([...clients.values()].map((client) => client.close()))),
  };
}
