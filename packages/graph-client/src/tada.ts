import type { Introspection } from "./generated/introspection.ts";
import type { Scalars } from "./scalars.ts";

/** What gql.tada's `initGraphQLTada<GraphSetup>()` wants: the schema as types, and its scalars. Types only. */
export interface GraphSetup {
  readonly introspection: Introspection;
  readonly scalars: Scalars;
}
