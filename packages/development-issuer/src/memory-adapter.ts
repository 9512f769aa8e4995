import type { Adapter, AdapterFactory, AdapterPayload } from "oidc-provider";

interface Entry {
  readonly payload: AdapterPayload;
  readonly goneAt: number;
}

/** Sign-ins, codes and grants of one issuer, in this process's memory: a restart ends every sign-in, never a token. */
export function createMemoryAdapter(now: () => number = Date.now): AdapterFactory {
  const entries = new Map<string, Entry>();

  function live(key: string): AdapterPayload | undefined {
    const entry = entries.get(key);
    return entry && entry.goneAt > now() ? entry.payload : undefined;
  }

  function forget(isDue: (key: string, entry: Entry) => boolean): void {
    for (const [key, entry] of entries) if (isDue(key, entry)) entries.delete(key);
  }

  return (model): Adapter => {
    const keyOf = (id: string): string => `${model}:${id}`;
    const findBy = (property: "uid" | "userCode", value: string): AdapterPayload | undefined => {
      for (const key of entries.keys()) {
        const payload = key.startsWith(`${model}:`) ? live(key) : undefined;
        if (payload?.[property] === value) return payload;
      }
      return undefined;
    };
    return {
      async upsert(id, payload, expiresIn) {
        forget((_, entry) => entry.goneAt <= now());
        const goneAt = expiresIn === undefined ? Number.POSITIVE_INFINITY : now() + expiresIn * 1000;
        entries.set(keyOf(id), { payload, goneAt });
      },
      find: async (id) => live(keyOf(id)),
      findByUid: async (uid) => findBy("uid", uid),
      findByUserCode: async (userCode) => findBy("userCode", userCode),
      async consume(id) {
        const payload = live(keyOf(id));
        if (payload) payload.consumed = Math.floor(now() / 1000);
      },
      async destroy(id) {
        entries.delete(keyOf(id));
      },
      async revokeByGrantId(grantId) {
        forget((key, entry) => key.startsWith(`${model}:`) && entry.payload.grantId === grantId);
      },
    };
  };
}
