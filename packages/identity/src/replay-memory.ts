/** Remembers what was used, for as long as it could be used again. */
export interface ReplayMemory {
  /** Whether this is the first use; remembers it. `now` is in seconds and doesn't go backwards. */
  firstUse(id: string, now: number): boolean;
  /** How many ids are held. */
  size(): number;
}

/**
 * Two generations: the younger becomes the older every `retention` seconds and the older is dropped whole, so an id is
 * held for one to two retentions and forgetting costs nothing an id. Holds at most two retentions' worth of uses.
 *
 * @param retention seconds; at least the longest time in which an id could come back
 */
export function createReplayMemory(retention: number): ReplayMemory {
  let younger = new Set<string>();
  let older = new Set<string>();
  let turnedAt = Number.NEGATIVE_INFINITY;

  return {
    firstUse(id, now) {
      if (now - turnedAt > retention) {
        older = now - turnedAt > 2 * retention ? new Set() : younger;
        younger = new Set();
        turnedAt = now;
      }
      if (younger.has(id) || older.has(id)) return false;
      younger.add(id);
      return true;
    },
    size: () => younger.size + older.size,
  };
}
