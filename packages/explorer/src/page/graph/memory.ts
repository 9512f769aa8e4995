/** What GraphiQL would keep in the browser's storage: here it ends with the page, since what is asked may be personal. */
export function createMemory(): Pick<Storage, "getItem" | "setItem" | "removeItem" | "clear" | "length"> {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
    get length() {
      return kept.size;
    },
  };
}
