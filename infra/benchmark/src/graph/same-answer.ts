/** What PostGraphile nests one level deeper than the graph: its fields stand beside their parent's. */
const lifted = ["credit", "rpiw"];
/** Lists whose order the graph's schema does not promise. */
const unordered = ["priorities"];

/**
 * An answer without what the three spell differently: absent and null are the same, an id is its uuid, an instant is
 * one spelling of it, a URL its path, a connection or a join table the list of what it connects.
 */
export function plain(value: unknown, name = ""): unknown {
  if (Array.isArray(value)) {
    const elements = (value as unknown[]).map((element) => plain(onlyObject(element)));
    return unordered.includes(name) ? elements.toSorted((a, b) => (text(a) < text(b) ? -1 : 1)) : elements;
  }
  if (typeof value === "string") return plainText(value);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, inner]) =>
    lifted.includes(key) && typeof inner === "object" ? Object.entries((inner ?? {}) as object) : [[key, inner]],
  ) as [string, unknown][];
  const [only] = entries;
  if (entries.length === 1 && only?.[0] === "nodes") return plain(only[1], name);
  return Object.fromEntries(
    entries
      .map(([key, inner]) => [key === "__typename" ? "type" : key, plain(inner, key)] as const)
      .filter(([, inner]) => inner !== null && inner !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Where two answers differ first, and how; null where they are the same. */
export function firstDifference(a: unknown, b: unknown, path = "data"): string | null {
  if (isObject(a) && isObject(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const found = firstDifference(a[key], b[key], `${path}.${key}`);
      if (found !== null) return found;
    }
    return null;
  }
  return Object.is(a, b) ? null : `${path}: ${text(a)} is not ${text(b)}`;
}

/** A row of a join table that was asked for nothing but what it joins. */
function onlyObject(element: unknown): unknown {
  if (!isObject(element) || Array.isArray(element)) return element;
  const [only, ...others] = Object.entries(element);
  return others.length === 0 && only !== undefined && /By[A-Z]\w*Id$/.test(only[0]) ? only[1] : element;
}

function plainText(value: string): string {
  if (/^[a-z]{3}_[0-9a-f]{8}-/.test(value)) return value.slice(4);
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value)) return new Date(value).toISOString();
  return value.replace(/^https?:\/\/[^/]+/, "");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function text(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 200) ?? "nothing";
}
