import { Supergraph } from "@apollo/federation-internals";
import type { GraphQLSchema } from "graphql";

/**
 * What each subgraph can be asked, by its name: the schemas that a supergraph was composed of, as far as it tells. Takes a
 * tenth of a second for a large graph. Throws when the text is no supergraph.
 */
export function readSubgraphSchemas(supergraph: string): ReadonlyMap<string, GraphQLSchema> {
  const subgraphs = Supergraph.build(supergraph, { validateSupergraph: false }).subgraphs();
  return new Map(subgraphs.values().map(({ name, schema }) => [name, schema.toGraphQLJSSchema()]));
}
