/** What is asked of the graph. */
export interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface GraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string; readonly service?: string; readonly id?: string };
}

export interface Answer {
  readonly status: number;
  readonly milliseconds: number;
  readonly data?: unknown;
  readonly errors?: readonly GraphError[];
}

/** Where the graph is. */
export const graphUrl = (): string => new URL("/graphql", location.href).href;

/** Asks the graph. What stops an answer from coming is an answer too, so that whoever shows answers shows it. */
export async function askGraph(
  { query, variables }: Operation,
  headers: Readonly<Record<string, string>>,
  operationName?: string | null,
): Promise<Answer> {
  const began = performance.now();
  const took = (): number => Math.round(performance.now() - began);
  try {
    const response = await fetch("/graphql", {
      method: "POST",
      credentials: "omit",
      headers: { "content-type": "application/json", accept: "application/graphql-response+json", ...headers },
      body: JSON.stringify({ query, variables, ...(operationName && { operationName }) }),
    });
    const body = (await response.json()) as Pick<Answer, "data" | "errors">;
    return { status: response.status, milliseconds: took(), ...body };
  } catch {
    const message = "The graph gave no answer that can be read. Is it running?";
    return { status: 0, milliseconds: took(), errors: [{ message }] };
  }
}

/** The first text anywhere in a value: the id that a small look-up query asked for. */
export function firstText(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return null;
  for (const inner of Object.values(value)) {
    const found = firstText(inner);
    if (found !== null) return found;
  }
  return null;
}
