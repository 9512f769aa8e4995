import { randomUUID } from "node:crypto";
import type { GraphQLDataSource } from "@apollo/gateway";
import { type Finding, type SubgraphAnswer, SubgraphFailure, createAnswerCheck } from "@clic/subgraph-fetch";
import type { GraphQLFormattedError, GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { ErrorCode } from "../error-catalogue.ts";
import type { GatewayContext } from "../gateway-context.ts";
import type { GatewayMetrics } from "../metrics.ts";
import type { SubgraphClient } from "./subgraph-client.ts";
import { maskSubgraphErrors } from "./subgraph-errors.ts";

/** Under which code a caller hears of it. */
const codes = {
  unavailable: "SUBGRAPH_UNAVAILABLE",
  refused: "SUBGRAPH_ANSWER_REFUSED",
} as const satisfies Record<SubgraphFailure["kind"], ErrorCode>;

/**
 * The gateway's way to one subgraph. A subgraph that fails costs its own fields and one coded error a request; an answer
 * that does not fit what was asked costs the fields that don't. What the others bring is kept. Details go to the log under
 * the error's id, never to the caller.
 */
export function createDataSource(
  client: SubgraphClient,
  schema: GraphQLSchema,
  metrics: GatewayMetrics,
): GraphQLDataSource {
  const { name } = client;
  const answers = createAnswerCheck(schema);
  return {
    async process(fetch) {
      const { viewer, requestId, log, span, failedSubgraphs } = fetch.context as GatewayContext;
      if (failedSubgraphs.get(name) === "unavailable") return { data: null };
      const { query = "", variables, operationName } = fetch.request;
      const sent = { query, variables, document: "document" in fetch ? fetch.document : undefined };
      const repeatable = answers.isRead(sent);
      const end = metrics.fetchSeconds.startTimer({ subgraph: name });
      const piece = span?.begin(`fetch ${name}`, "client", { subgraph: name });
      const ended = (outcome: string, failure?: string): void => {
        end({ outcome });
        piece?.tell({ outcome });
        piece?.end(failure);
      };
      let answer: SubgraphAnswer;
      try {
        const { traceparent } = piece ?? {};
        answer = await client.send({ query, variables, operationName, repeatable, viewer, requestId, traceparent });
      } catch (error) {
        if (!(error instanceof SubgraphFailure)) {
          ended("failed", "INTERNAL");
          throw error;
        }
        ended(error.finding, codes[error.kind]);
        // Another fetch of the request may have told the caller.
        const told = failedSubgraphs.has(name);
        if (failedSubgraphs.get(name) !== "unavailable") failedSubgraphs.set(name, error.kind);
        return { data: null, errors: told ? [] : [tellFailure(name, error, repeatable, log)] };
      }
      const { data, findings, errors } = answers.check(sent, answer);
      ended(outcomeOf(findings.length, errors.length), findings.length > 0 ? codes.refused : undefined);
      if (findings.length === 0 && errors.length === 0) return { data };
      return { data, errors: [...maskSubgraphErrors(errors, client, log), ...tellFindings(name, findings, log)] };
    },
  };
}

function outcomeOf(findings: number, errors: number): string {
  if (findings > 0) return "wrong in part";
  return errors > 0 ? "answered with errors" : "answered";
}

function tellFailure(service: string, failure: SubgraphFailure, read: boolean, log: Logger): GraphQLFormattedError {
  const id = randomUUID();
  const { kind, finding, reason } = failure;
  const code = codes[kind];
  log.error({ id, service, code, finding, reason }, "subgraph failed");
  const said = kind === "unavailable" ? "is not available" : "gave an answer that cannot be used";
  const effect = read ? "What it would have added is missing." : "Whether it made the change is not known.";
  return { message: `The service ${service} ${said}. ${effect}`, extensions: { code, service, id } };
}

/** One id and one line of log an answer, one error a place. */
function tellFindings(service: string, findings: readonly Finding[], log: Logger): GraphQLFormattedError[] {
  if (findings.length === 0) return [];
  const id = randomUUID();
  log.error({ id, service, code: codes.refused, findings }, "subgraph's answer refused in part");
  return findings.map(({ path }) => ({
    message: `The service ${service} gave a value that cannot be used.`,
    ...(isPlace(path) && { path }),
    extensions: { code: codes.refused, service, id },
  }));
}

/** `_entities` alone is no place that a caller knows. */
function isPlace(path: Finding["path"]): boolean {
  return path.length > (path[0] === "_entities" ? 1 : 0);
}
