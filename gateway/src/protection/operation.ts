import type { ApolloServerPlugin } from "@apollo/server";
import type { GatewayContext } from "../gateway-context.ts";
import { refuse } from "../refuse.ts";

/**
 * Refuses what the gateway library would answer as a fault of its own (500): several operations with none of them named,
 * an operation of a kind that the graph has no root type for, and a subscription, which needs a stream to answer on. Goes
 * when the library answers these with 400.
 */
export function createOperationGuard(): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation, schema }) {
          if (!operation)
            throw refuse(
              400,
              "OPERATION_RESOLUTION_FAILURE",
              "Name one of the document's operations in operationName.",
            );
          if (!schema.getRootType(operation.operation))
            throw refuse(400, "GRAPHQL_VALIDATION_FAILED", `The graph has no ${operation.operation}s.`);
          if (operation.operation === "subscription")
            throw refuse(400, "SUBSCRIPTION_REFUSED", "A subscription can't be answered here. Ask a query instead.");
        },
      };
    },
  };
}
