import type { ApolloServerPlugin } from "@apollo/server";
import type { ErrorCode } from "../error-catalogue.ts";
import type { GatewayContext } from "../gateway-context.ts";

const MISTAKES: ReadonlySet<unknown> = new Set<ErrorCode>([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_USER_INPUT",
]);

/**
 * Answers a document's mistakes with 200 to clients that accept `application/json` by name and nothing newer, as GraphQL
 * over HTTP (6.4.1) has it: they take any other status for the word of something in between. All others get 400.
 */
export function createJsonStatus(): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ request, response: { http, body } }) {
          if (http.status !== 400 || body.kind !== "single") return;
          const accept = request.http?.headers.get("accept") ?? "";
          if (!accept.includes("application/json") || accept.includes("application/graphql-response+json")) return;
          if (body.singleResult.errors?.every(({ extensions }) => MISTAKES.has(extensions?.["code"])))
            http.status = 200;
        },
      };
    },
  };
}
