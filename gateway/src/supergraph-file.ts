import { readFile } from "node:fs/promises";
import { unwatchFile, watchFile } from "node:fs";
import type { Logger } from "pino";
import type { Graph } from "./graph.ts";
import type { GatewayMetrics } from "./metrics.ts";

export interface SupergraphFileOptions {
  readonly path: string;
  /** Rejects for a supergraph that can't be served. `previous` is what serves until this one can. */
  readonly create: (supergraph: string, previous?: Graph) => Promise<Graph>;
  readonly metrics: GatewayMetrics;
  readonly log: Logger;
  /** How often the file is looked at, in milliseconds. Looking, not listening: it also sees files that are replaced. */
  readonly everyMs?: number;
}

export interface SupergraphFile {
  /** The graph that serves; the last good one. */
  current(): Graph;
  /** Works with the graph that serves, which isn't stopped before the work is done. */
  use<T>(work: (graph: Graph) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

interface Serving {
  readonly graph: Graph;
  /** Requests under way. */
  uses: number;
  /** Another serves; this one stops with its last request. */
  retired: boolean;
  /** Called when the last request under way has ended. */
  ended?: () => void;
}

/** The first supergraph could not be served; the message has the file, the reason and the cure. */
export class SupergraphRefused extends Error {
  override readonly name = "SupergraphRefused";
}

/**
 * Serves the supergraph in a file and follows the file. A bad or missing one at boot throws SupergraphRefused; later it
 * leaves the last good one serving and the log says why. Requests under way finish on the graph that they began with.
 */
export async function openSupergraphFile(options: SupergraphFileOptions): Promise<SupergraphFile> {
  const { path, create, metrics, log, everyMs = 1_000 } = options;
  let text: string;
  let serving: Serving;

  async function load(): Promise<void> {
    try {
      text = await readFile(path, "utf8");
      serving = { graph: await create(text), uses: 0, retired: false };
    } catch (error) {
      unwatchFile(path, changed);
      const reason = (error as Error).message;
      throw new SupergraphRefused(`The supergraph ${path} cannot be served: ${reason}. Run \`npm run generate\`.`, {
        cause: error,
      });
    }
    metrics.supergraphLoads.inc({ result: "loaded" });
  }

  async function reload(): Promise<void> {
    try {
      const found = await readFile(path, "utf8");
      if (found === text) return;
      const previous = serving;
      serving = { graph: await create(found, previous.graph), uses: 0, retired: false };
      text = found;
      metrics.supergraphLoads.inc({ result: "loaded" });
      log.info({ path }, "new supergraph is served");
      previous.retired = true;
      if (previous.uses === 0) void previous.graph.stop();
    } catch (error) {
      metrics.supergraphLoads.inc({ result: "refused" });
      log.error(
        { path, reason: (error as Error).message },
        "new supergraph is refused, the last good one goes on serving",
      );
    }
  }

  // One after the other: a slow load of an old text must not replace a newer one. Looked at before it is read the first
  // time, since that one may take seconds in which the file changes.
  const changed = (): void => void (reloading = reloading.then(reload));
  watchFile(path, { interval: everyMs, persistent: false }, changed);
  const first = load();
  let reloading = first.catch(() => {});
  await first;
  return {
    current: () => serving.graph,
    async use(work) {
      const used = serving;
      used.uses += 1;
      try {
        return await work(used.graph);
      } finally {
        used.uses -= 1;
        if (used.uses === 0) {
          used.ended?.();
          if (used.retired) void used.graph.stop();
        }
      }
    },
    async close() {
      unwatchFile(path, changed);
      await reloading;
      // Whoever asked may be gone; what they asked for is finished all the same.
      if (serving.uses > 0) await new Promise<void>((resolve) => (serving.ended = resolve));
      await serving.graph.stop();
    },
  };
}
