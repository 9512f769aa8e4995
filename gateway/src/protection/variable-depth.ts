import type { ApolloServerPlugin } from "@apollo/server";
import { GraphQLError } from "graphql";
import type { GatewayContext } from "../gateway-context.ts";

/**
 * Refuses variables that are nested deeper than `maximum`, before anything walks them: a `where` holds itself, so a small
 * body can hold tens of thousands of levels, and whatever recurses over those overflows its stack.
 */
export function createVariableGuard(maximum: number): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ request: { variables } }) {
          if (!isDeeper(variables, maximum)) return;
          const message = `The variables are nested more than ${maximum} levels deep. Ask for less at once.`;
          throw new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT", http: { status: 400 } } });
        },
      };
    },
  };
}

/** Whether a JSON value has more than `maximum` objects or lists within one another; level by level, without recursion. */
export function isDeeper(value: unknown, maximum: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    const nested = level.filter((one): one is object => typeof one === "object" && one !== null);
    if (nested.length > 0 && depth >= maximum) return true;
    level = nested.flatMap((one): unknown[] => Object.values(one));
  }
  return false;
}
