import { randomUUID } from "node:crypto";
import type { GraphQLDataSource } from "@apollo/gateway";
import type { GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";
import type { GatewayContext } from "../gateway-context.ts";
import type { GatewayMetrics } from "../metrics.ts";
import { type SubgraphAnswer, SubgraphFailure } from "./subgraph-answer.ts";
import type { SubgraphClient } from "./subgraph-client.ts";
import { maskSubgraphError } from "./subgraph-errors.ts";

/**
 * The gateway's way to one subgraph. A subgraph that fails costs its own fields and one coded error a request;
 * what the others bring is kept. Details go to the log under the error's id, never to the caller.
 */
export function createDataSource(client: SubgraphClient, metrics: GatewayMetrics): GraphQLDataSource {
  return {
    async process({ request, context }) {
      const { viewer, requestId, log, failedSubgraphs } = context as GatewayContext;
      if (failedSubgraphs.has(client.name)) return { data: null };
      const { query = "", variables, operationName } = request;
      const end = metrics.fetchSeconds.startTimer({ subgraph: client.name });
      let answer: SubgraphAnswer;
      try {
        answer = await client.send({ query, variables, operationName, viewer, requestId });
      } catch (error) {
        if (!(error instanceof SubgraphFailure)) throw error;
        end({ outcome: error.code });
        // Parallel fetches may fail together; the first has told the caller.
        const told = failedSubgraphs.has(client.name);
        failedSubgraphs.add(client.name);
        return { data: null, errors: told ? [] : [tellFailure(client.name, error, query.startsWith("mutation"), log)] };
      }
      end({ outcome: answer.errors.length === 0 ? "answered" : "answered with errors" });
      if (answer.errors.length === 0) return { data: answer.data };
      const errors = answer.errors.map((error) => maskSubgraphError(error, client.name, log));
      return { data: answer.data, errors };
    },
  };
}

function tellFailure(service: string, failure: SubgraphFailure, mutation: boolean, log: Logger): GraphQLFormattedError {
  const id = randomUUID();
  const { code, reason, cause } = failure;
  log.error(
    { id, service, code, reason, cause: cause instanceof Error ? cause.message : undefined },
    "subgraph failed",
  );
  const said = code === "SUBGRAPH_UNAVAILABLE" ? "is not available" : "gave an answer that cannot be used";
  const effect = mutation ? "Whether it made the change is not known." : "What it would have added is missing.";
  return { message: `The service ${service} ${said}. ${effect}`, extensions: { code, service, id } };
}
