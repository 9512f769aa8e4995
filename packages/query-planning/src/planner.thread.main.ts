import { parentPort, workerData } from "node:worker_threads";
import { Supergraph, operationFromDocument } from "@apollo/federation-internals";
import { QueryPlanner } from "@apollo/query-planner";
import { type GraphQLSchema, executeSync, parse } from "graphql";
import type { IntrospectionTask, PlanTask, PlannerMessage, PlannerStart, ThreadTask } from "./planner.messages.ts";

// A thread that plans one operation at a time until somebody ends it.
const { supergraph, maxEvaluatedPlans, maxAnswerSize } = workerData as PlannerStart;
const port = parentPort!;
// Validated already by whoever serves it; building it again is the longest part of a thread's start.
const built = Supergraph.build(supergraph, { validateSupergraph: false });
const schema = built.apiSchema();
const planner = new QueryPlanner(built, { debug: { maxEvaluatedPlans } });
let executable: GraphQLSchema | undefined;

/** What the planner says when it gives up by itself. */
const GIVES_UP = /recursive selections|non-local selections/;

function plan({ document, operationName }: PlanTask): object {
  const options = operationName === undefined ? {} : { operationName };
  return planner.buildQueryPlan(operationFromDocument(schema, parse(document, { noLocation: true }), options));
}

function introspect({ document, operationName, variables }: IntrospectionTask): object {
  executable ??= schema.toGraphQLJSSchema();
  return executeSync({
    schema: executable,
    document: parse(document, { noLocation: true }),
    operationName: operationName ?? null,
    variableValues: variables ?? null,
    rootValue: {},
  });
}

function answer(asked: ThreadTask): PlannerMessage {
  try {
    const text = JSON.stringify(asked.kind === "plan" ? plan(asked.task) : introspect(asked.task));
    if (text.length <= maxAnswerSize) return { kind: "done", answer: text };
    return {
      kind: "too costly",
      reason: `its ${asked.kind === "plan" ? "plan" : "answer"} has ${text.length} characters`,
    };
  } catch (error) {
    const reason = (error as Error).message;
    return { kind: GIVES_UP.test(reason) ? "too costly" : "failed", reason };
  }
}

port.on("message", (asked: ThreadTask) => port.postMessage(answer(asked)));
port.postMessage({ kind: "ready" } satisfies PlannerMessage);
