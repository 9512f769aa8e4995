import { isPlaceholderUrl } from "../compose.ts";
import type { SubgraphAddress } from "../environment.ts";
import { type SubgraphClient, createSubgraphClient } from "./subgraph-client.ts";

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
  readonly deadlineMs: number;
  readonly maxBytes: number;
}

/** Keeps one client for each subgraph and address, across reloads of the supergraph: connections stay warm. */
export function createSubgraphs({ addresses, deadlineMs, maxBytes }: SubgraphsOptions): Subgraphs {
  const clients = new Map<string, SubgraphClient>();

  function open(name: string, { url, key }: SubgraphAddress): SubgraphClient {
    const place = JSON.stringify([name, url]);
    let client = clients.get(place);
    if (!client) clients.set(place, (client = createSubgraphClient({ name, url, key, deadlineMs, maxBytes })));
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
