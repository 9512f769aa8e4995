import type { ApolloServerPlugin } from "@apollo/server";
import type { RegisteredOperations } from "@clic/registered-operations";
import type { GatewayContext } from "../gateway-context.ts";
import { idOf, isRecord, readAsked } from "../http/asked-operation.ts";

/** Puts the text of a registered operation where its id stands, whether or not the id is the text's hash. */
export function createRegisteredOperation(
  registered: Pick<RegisteredOperations, "find">,
): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart({ request }) {
      const { query, extensions, http } = request;
      const persistedQuery: unknown = extensions?.["persistedQuery"];
      const documentId = http && !Array.isArray(http.body) ? readAsked(http)[0]?.documentId : undefined;
      const found = registered.find({ id: idOf({ query, persistedQuery, documentId }), text: query || undefined });
      if (!found) return;
      request.query = found.body;
      if (isRecord(extensions)) delete extensions["persistedQuery"];
    },
  };
}
