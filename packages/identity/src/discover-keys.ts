/**
 * Finds where an issuer keeps its keys, once, when they are first wanted; a failure isn't remembered, so the next call
 * tries again. Callers at the same time share one request.
 *
 * @param issuer the issuer's URL; its configuration must name the same one, character for character
 * @param timeout milliseconds
 * @param open makes the key set of its URL
 */
export function discoverKeys<Keys>(issuer: string, timeout: number, open: (url: URL) => Keys): () => Promise<Keys> {
  let found: Promise<Keys> | null = null;
  return () => {
    found ??= readKeysUrl(issuer, timeout)
      .then(open)
      .catch((error: unknown) => {
        found = null;
        throw error;
      });
    return found;
  };
}

async function readKeysUrl(issuer: string, timeout: number): Promise<URL> {
  const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(timeout) });
  if (!response.ok) throw new Error(`The issuer's configuration answered ${response.status}.`);
  const document: unknown = await response.json();
  if (typeof document !== "object" || document === null) throw new Error("The issuer's configuration is no object.");
  const { issuer: named, jwks_uri: keys } = document as { issuer?: unknown; jwks_uri?: unknown };
  if (named !== issuer) throw new Error("The issuer's configuration names another issuer.");
  if (typeof keys !== "string") throw new Error("The issuer's configuration names no keys.");
  return new URL(keys);
}
