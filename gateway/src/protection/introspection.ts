import type { ApolloServerPlugin } from "@apollo/server";
import { BREAK, type DocumentNode, GraphQLError, visit } from "graphql";
import type { GatewayContext } from "../gateway-context.ts";

/**
 * Refuses `__schema` and `__type` to viewers without the scope graph:introspect, unless `open`. It looks at the viewer on
 * every request: validated documents are cached for everybody, so a validation rule could not tell viewers apart.
 */
export function createIntrospectionGuard(open: boolean): ApolloServerPlugin<GatewayContext> {
  const seen = new WeakMap<DocumentNode, boolean>();
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, contextValue }) {
          if (open || contextValue.viewer.scopes.has("graph:introspect")) return;
          let introspects = seen.get(document);
          if (introspects === undefined) seen.set(document, (introspects = readsSchema(document)));
          if (!introspects) return;
          const message = "Reading the schema needs the scope graph:introspect. Sign in as somebody who has it.";
          throw new GraphQLError(message, { extensions: { code: "INTROSPECTION_REFUSED", http: { status: 403 } } });
        },
      };
    },
  };
}

function readsSchema(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Field({ name }) {
      if (name.value !== "__schema" && name.value !== "__type") return undefined;
      found = true;
      return BREAK;
    },
  });
  return found;
}
