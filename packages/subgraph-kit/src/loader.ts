import DataLoader from "dataloader";
import type { GraphContext } from "./context.ts";

type Loaders = Map<string, DataLoader<never, never>>;

const loaders = new WeakMap<GraphContext, Map<unknown, Loaders>>();

/**
 * The request's DataLoader for one owner (a row source, a list) and name: made at the first call, so that a service
 * declares no registry of loaders. `batch` answers in the order of its keys.
 */
export function loaderOf<Key, Value>(
  context: GraphContext,
  owner: unknown,
  name: string,
  batch: (keys: readonly Key[]) => Promise<(Value | Error)[]>,
): DataLoader<Key, Value> {
  let byOwner = loaders.get(context);
  if (byOwner === undefined) loaders.set(context, (byOwner = new Map<unknown, Loaders>()));
  let byName = byOwner.get(owner);
  if (byName === undefined) byOwner.set(owner, (byName = new Map<string, DataLoader<never, never>>()));
  let loader = byName.get(name);
  if (loader === undefined) {
    loader = new DataLoader<Key, Value>(batch, { maxBatchSize: 1000 }) as unknown as DataLoader<never, never>;
    byName.set(name, loader);
  }
  return loader;
}

/** Forgets what the request has read, since it has changed something: what follows in it reads anew. */
export function forgetLoads(context: GraphContext): void {
  loaders.delete(context);
}
