import type { QueryPlan } from "@apollo/query-planner";
import type { ExecutionResult } from "graphql";
import { type PlannerThread, type ThreadAnswer, startPlannerThread } from "./planner-thread.ts";
import type { IntrospectionTask, PlanTask, ThreadTask } from "./planner.messages.ts";
import { PlanningRefused } from "./planning-refused.ts";
import { createTurns } from "./turns.ts";

export interface PlannerOptions {
  /** A supergraph that was validated. */
  readonly supergraph: string;
  readonly threads?: number;
  /** For one plan, from when a thread begins with it. */
  readonly budgetMs?: number;
  /** For one thread. */
  readonly memoryMb?: number;
  /** Operations of one sender that wait for a thread; more are refused at once. */
  readonly maxWaiting?: number;
  readonly maxEvaluatedPlans?: number;
  /** Characters of a plan or of an answer about the schema, as JSON. */
  readonly maxAnswerSize?: number;
}

export interface PlanOptions {
  /** In place of the planner's own. */
  readonly budgetMs?: number | undefined;
  /** Who asks. Senders take turns, so that one who asks for much keeps nobody else waiting. */
  readonly sender?: string | undefined;
}

export interface PlannedOperation {
  readonly plan: QueryPlan;
  /** Characters of the plan as JSON. */
  readonly size: number;
}

/**
 * Plans operations of one supergraph on threads of its own, so that the caller's event loop never waits for a plan, and
 * ends a thread whose plan outlasts the budget.
 */
export interface Planner {
  /** Resolves when every thread can plan; rejects when one can't start. */
  ready(): Promise<void>;
  /** Rejects with PlanningRefused, or with an Error for an operation that doesn't fit the supergraph. */
  plan(task: PlanTask, options?: PlanOptions): Promise<PlannedOperation>;
  /** Answers an operation that asks for the schema alone; one that asks for more gets nulls. Rejects as `plan` does. */
  introspect(task: IntrospectionTask, sender?: string): Promise<ExecutionResult<Record<string, unknown>>>;
  /** Ends the threads; what is being planned rejects. */
  close(): Promise<void>;
}

export function createPlanner({
  supergraph,
  threads = 2,
  budgetMs = 2_000,
  memoryMb = 512,
  maxWaiting = 50,
  maxEvaluatedPlans = 1_000,
  maxAnswerSize = 4 * 1024 * 1024,
}: PlannerOptions): Planner {
  const all = Array.from({ length: threads }, () =>
    startPlannerThread({ supergraph, maxEvaluatedPlans, maxAnswerSize }, memoryMb),
  );
  const idle = [...all];
  const waiting = createTurns<(thread: PlannerThread) => void>(maxWaiting);

  function take(sender: string): Promise<PlannerThread> {
    const free = idle.pop();
    if (free) return Promise.resolve(free);
    const { promise, resolve } = Promise.withResolvers<PlannerThread>();
    if (waiting.add(sender, resolve)) return promise;
    return Promise.reject(new PlanningRefused("PLANNER_BUSY", `${maxWaiting} of the sender's wait for a planner`));
  }

  async function run(
    task: ThreadTask,
    { budgetMs: budget = budgetMs, sender = "" }: PlanOptions,
  ): Promise<ThreadAnswer> {
    const thread = await take(sender);
    try {
      return await thread.run(task, budget);
    } finally {
      const next = waiting.next();
      if (next) next(thread);
      else idle.push(thread);
    }
  }

  return {
    ready: async () => void (await Promise.all(all.map((thread) => thread.ready()))),
    async plan(task, options = {}) {
      const { answer, size } = await run({ kind: "plan", task }, options);
      return { plan: answer as QueryPlan, size };
    },
    async introspect(task, sender) {
      const { answer } = await run({ kind: "introspect", task }, { sender });
      return answer as ExecutionResult<Record<string, unknown>>;
    },
    close: async () => void (await Promise.all(all.map((thread) => thread.close()))),
  };
}
