import type { QueryPlan } from "@apollo/query-planner";
import type { ExecutionResult } from "graphql";
import { startPlannerThread } from "./planner-thread.ts";
import type { IntrospectionTask, PlanTask, ThreadTask } from "./planner.messages.ts";
import { PlanningRefused } from "./planning-refused.ts";

export interface PlannerOptions {
  /** A supergraph that was validated. */
  readonly supergraph: string;
  readonly threads?: number;
  /** For one plan, from when a thread begins with it. */
  readonly budgetMs?: number;
  /** For one thread. */
  readonly memoryMb?: number;
  /** Operations that wait for a thread; more are refused at once. */
  readonly maxWaiting?: number;
  readonly maxEvaluatedPlans?: number;
  /** Characters of a plan or of an answer about the schema, as JSON. */
  readonly maxAnswerSize?: number;
}

/**
 * Plans operations of one supergraph on threads of its own, so that the caller's event loop never waits for a plan, and
 * ends a thread whose plan outlasts the budget.
 */
export interface Planner {
  /** Resolves when every thread can plan; rejects when one can't start. */
  ready(): Promise<void>;
  /** Rejects with PlanningRefused, or with an Error for an operation that doesn't fit the supergraph. */
  plan(task: PlanTask, budgetMs?: number): Promise<QueryPlan>;
  /** Answers an operation that asks for the schema alone; one that asks for more gets nulls. Rejects as `plan` does. */
  introspect(task: IntrospectionTask): Promise<ExecutionResult<Record<string, unknown>>>;
  /** Ends the threads; what is being planned rejects. */
  close(): Promise<void>;
}

export function createPlanner({
  supergraph,
  threads = 2,
  budgetMs = 2_000,
  memoryMb = 512,
  maxWaiting = 200,
  maxEvaluatedPlans = 1_000,
  maxAnswerSize = 4 * 1024 * 1024,
}: PlannerOptions): Planner {
  const all = Array.from({ length: threads }, () =>
    startPlannerThread({ supergraph, maxEvaluatedPlans, maxAnswerSize }, memoryMb),
  );
  const idle = [...all];
  const waiting: ((thread: (typeof all)[number]) => void)[] = [];

  function take(): Promise<(typeof all)[number]> {
    const free = idle.pop();
    if (free) return Promise.resolve(free);
    if (waiting.length >= maxWaiting)
      return Promise.reject(new PlanningRefused("PLANNER_BUSY", `${maxWaiting} operations wait for a planner`));
    return new Promise((resolve) => waiting.push(resolve));
  }

  async function run(task: ThreadTask, budget: number): Promise<unknown> {
    const thread = await take();
    try {
      return await thread.run(task, budget);
    } finally {
      const next = waiting.shift();
      if (next) next(thread);
      else idle.push(thread);
    }
  }

  return {
    ready: async () => void (await Promise.all(all.map((thread) => thread.ready()))),
    plan: (task, budget = budgetMs) => run({ kind: "plan", task }, budget) as Promise<QueryPlan>,
    introspect: (task) =>
      run({ kind: "introspect", task }, budgetMs) as Promise<ExecutionResult<Record<string, unknown>>>,
    close: async () => void (await Promise.all(all.map((thread) => thread.close()))),
  };
}
