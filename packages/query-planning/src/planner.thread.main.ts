import { parentPort, workerData } from "node:worker_threads";
import { Supergraph, operationFromDocument } from "@apollo/federation-internals";
import { QueryPlanner } from "@apollo/query-planner";
import { parse } from "graphql";
import type { PlanTask, PlannerMessage, PlannerStart } from "./planner.messages.ts";

// A thread that plans one operation at a time until somebody ends it.
const { supergraph, maxEvaluatedPlans, maxPlanSize } = workerData as PlannerStart;
const port = parentPort!;
// Validated already by whoever serves it; building it again is the longest part of a thread's start.
const built = Supergraph.build(supergraph, { validateSupergraph: false });
const schema = built.apiSchema();
const planner = new QueryPlanner(built, { debug: { maxEvaluatedPlans } });

/** What the planner says when it gives up by itself. */
const GIVES_UP = /recursive selections|non-local selections/;

function plan({ document, operationName }: PlanTask): PlannerMessage {
  try {
    const options = operationName === undefined ? {} : { operationName };
    const operation = operationFromDocument(schema, parse(document, { noLocation: true }), options);
    const text = JSON.stringify(planner.buildQueryPlan(operation));
    if (text.length <= maxPlanSize) return { kind: "planned", plan: text };
    return { kind: "too costly", reason: `its plan has ${text.length} characters` };
  } catch (error) {
    const reason = (error as Error).message;
    return { kind: GIVES_UP.test(reason) ? "too costly" : "failed", reason };
  }
}

port.on("message", (task: PlanTask) => port.postMessage(plan(task)));
port.postMessage({ kind: "ready" } satisfies PlannerMessage);
