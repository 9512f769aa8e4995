import { LRUCache } from "lru-cache";

/** Characters of all operations that clients have registered by themselves (APQ). */
const REMEMBERED = 16 * 1024 * 1024;

export interface PersistedQueries {
  readonly cache: {
    get(key: string): Promise<string | undefined>;
    set(key: string, text: string): Promise<void>;
    delete(key: string): Promise<boolean>;
  };
}

/** Where Apollo Server keeps automatic persisted queries: bounded, and kept when a new supergraph gets a new server. */
export function createPersistedQueries(): PersistedQueries {
  const texts = new LRUCache<string, string>({
    maxSize: REMEMBERED,
    sizeCalculation: (text, key) => text.length + key.length,
  });
  return {
    cache: {
      get: async (key) => texts.get(key),
      set: async (key, text) => void texts.set(key, text),
      delete: async (key) => texts.delete(key),
    },
  };
}
