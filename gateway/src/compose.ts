import { composeServices } from "@apollo/composition";
import { type GraphQLError, parse } from "graphql";

/** One subgraph as it is composed. `url` only marks the place; the gateway takes the real ones from SUBGRAPHS. */
export interface ComposedSubgraph {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

export type Composition =
  | { readonly composed: true; readonly supergraph: string; readonly hints: readonly string[] }
  | { readonly composed: false; readonly errors: readonly string[] };

/**
 * Composes subgraphs under Apollo's composer: the same input gives the same text, in whatever order it came.
 * Never throws for a bad schema: syntax errors come back as errors too, each led by its code and naming the subgraph.
 * Hazard: composition is CPU-bound and takes seconds for large graphs; keep it out of the serving process.
 */
export function composeSupergraph(subgraphs: readonly ComposedSubgraph[]): Composition {
  const errors: string[] = [];
  const services = subgraphs.toSorted(byName).flatMap(({ name, url, sdl }) => {
    try {
      return [{ name, url, typeDefs: parse(sdl) }];
    } catch (error) {
      errors.push(`[${name}] ${describe(error as GraphQLError)}`);
      return [];
    }
  });
  if (errors.length > 0) return { composed: false, errors };
  const result = composeServices(services);
  if (result.errors) return { composed: false, errors: result.errors.map(describe) };
  return { composed: true, supergraph: `${result.supergraphSdl.trimEnd()}\n`, hints: result.hints.map(String) };
}

/** The address that stands in the supergraph for a subgraph whose real one the environment gives. */
export function placeholderUrl(name: string): string {
  return `http://${name}.subgraph.invalid/graphql`;
}

/** Whether an address only marks a place, so that nobody may be asked there. */
export function isPlaceholderUrl(url: string): boolean {
  return new URL(url).hostname.endsWith(".subgraph.invalid");
}

function byName(left: ComposedSubgraph, right: ComposedSubgraph): number {
  return left.name < right.name ? -1 : left.name > right.name ? 1 : 0;
}

function describe(error: GraphQLError): string {
  const code = error.extensions?.["code"];
  const place = error.locations?.[0];
  const where = place === undefined ? "" : ` (line ${place.line}, column ${place.column})`;
  return `${typeof code === "string" ? `${code}: ` : ""}${error.message}${where}`;
}
