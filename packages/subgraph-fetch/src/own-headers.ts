/** What a subgraph is told beside the operation: by whom it is asked, in which request and trace. */
const SENT: ReadonlySet<string> = new Set(["authorization", "x-request-id", "traceparent", "tracestate"]);

/**
 * The headers of one request: the four that whoever asks may make, and the fetch's own. All others are dropped, so that a
 * caller's headers have no way in even when somebody passes them by mistake. Hazard: `authorization` passes; it must be
 * made for this subgraph, never copied from a caller.
 */
export function ownHeaders(made: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const headers: Record<string, string> = { accept: "application/json", "content-type": "application/json" };
  for (const [name, value] of Object.entries(made)) {
    if (value !== undefined && SENT.has(name)) headers[name] = value;
  }
  return headers;
}
