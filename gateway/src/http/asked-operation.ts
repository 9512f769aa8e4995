/** What a GraphQL request over HTTP says, as Apollo Server reads it: from a POST's body, or a GET's search. */
export interface HttpAsked {
  readonly method: string;
  readonly body: unknown;
  readonly search: string;
}

/** One operation as it is asked for; nothing of it has been checked. */
export interface AskedOperation {
  readonly query: unknown;
  readonly persistedQuery: unknown;
  /** What GraphQL over HTTP's persisted documents call an operation's id. */
  readonly documentId: unknown;
}

/** The operations of a request: several in a batch, none in what is no GraphQL request. */
export function readAsked({ method, body, search }: HttpAsked): readonly AskedOperation[] {
  if (method === "GET") {
    const parameters = new URLSearchParams(search);
    const one = (name: string): string | undefined => parameters.get(name) ?? undefined;
    return [fromFields({ query: one("query"), extensions: json(one("extensions")), documentId: one("documentId") })];
  }
  return (Array.isArray(body) ? (body as unknown[]) : [body]).filter(isRecord).map(fromFields);
}

/** The id that stands for an operation, if one does. */
export function idOf({ persistedQuery, documentId }: AskedOperation): string | undefined {
  const id = documentId ?? (isRecord(persistedQuery) ? persistedQuery["sha256Hash"] : undefined);
  return typeof id === "string" ? id.replace(/^sha256:/, "") : undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fromFields({ query, extensions, documentId }: Record<string, unknown>): AskedOperation {
  const persistedQuery = isRecord(extensions) ? extensions["persistedQuery"] : undefined;
  return { query: query === "" ? undefined : query, persistedQuery, documentId };
}

function json(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined; // Apollo Server says so
  }
}
