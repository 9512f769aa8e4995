const names = new Set(["127.0.0.1", "localhost", "[::1]", "::1"]);

/** Whether this host (no port) is this machine's own, by one of its usual names. */
export function isLoopback(host: string): boolean {
  return names.has(host);
}

/** Whether this is an http URL or origin on this machine, at any port. */
export function isLoopbackUrl(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && parsed.protocol === "http:" && isLoopback(parsed.hostname);
}
