import type { GraphQuery, Variant } from "./graph-queries.ts";
import type { ProcessGroup } from "./processes.ts";

/** One way to answer the queries, running. */
export interface Contender {
  readonly name: string;
  readonly url: string;
  request(query: GraphQuery, variant: Variant): Request;
  /** The processes that it has for itself, by the part they play. PostgreSQL is everybody's. */
  readonly processes: Readonly<Record<string, ProcessGroup>>;
}

export interface Request {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Asks once. Throws unless it is answered with data and without errors. */
export async function askOnce(contender: Contender, query: GraphQuery, variant: Variant): Promise<unknown> {
  const { path, headers, body } = contender.request(query, variant);
  const reply = await fetch(contender.url + path, { method: "POST", headers, body });
  const text = await reply.text();
  const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown };
  if (!reply.ok || errors !== undefined || data == null)
    throw new Error(`${contender.name} answers ${query.name} with ${reply.status} ${text.slice(0, 500)}`);
  return data;
}
