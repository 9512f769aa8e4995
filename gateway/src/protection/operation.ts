import type { ApolloServerPlugin } from "@apollo/server";
import { GraphQLError } from "graphql";
import type { ErrorCode } from "../error-catalogue.ts";
import type { GatewayContext } from "../gateway-context.ts";

/**
 * Refuses what the gateway library would answer as a fault of its own (500): several operations with none of them named,
 * and an operation of a kind that the graph has no root type for. Goes when the library answers these with 400.
 */
export function createOperationGuard(): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation, schema }) {
          if (!operation)
            throw refuse("OPERATION_RESOLUTION_FAILURE", "Name one of the document's operations in operationName.");
          if (schema.getRootType(operation.operation)) return;
          throw refuse("GRAPHQL_VALIDATION_FAILED", `The graph has no ${operation.operation}s.`);
        },
      };
    },
  };
}

function refuse(code: ErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } });
}
