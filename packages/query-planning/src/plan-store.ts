import { createHash } from "node:crypto";
import type { QueryPlan } from "@apollo/query-planner";
import { type DocumentNode, Kind, parse, print } from "graphql";
import { LRUCache } from "lru-cache";
import type { Planner } from "./planner.ts";
import type { PlanTask } from "./planner.messages.ts";
import { PlanningRefused } from "./planning-refused.ts";

export interface PlanStore {
  /** The plan of a document's operation: remembered, or made now. Rejects as Planner.plan does. */
  planOf(document: DocumentNode, operationName: string | undefined, budgetMs?: number): Promise<QueryPlan>;
  /** Plans what isn't planned yet, one after the other; what is refused or fails is left out. Resolves when all is done. */
  warm(tasks: readonly PlanTask[], budgetMs?: number): Promise<void>;
  /** What was planned and asked for most often, the most often first. */
  hottest(count: number): readonly PlanTask[];
}

interface Entry {
  readonly task: PlanTask;
  readonly plan: Promise<QueryPlan>;
  uses: number;
}

/**
 * Remembers plans under the document that is executed, not the text that was sent: whatever was taken out of a document
 * for one caller is not in the plan that another gets. Who is refused once is refused again without being planned.
 * Callers that ask for the same plan at once wait for one.
 */
export function createPlanStore(planner: Pick<Planner, "plan">, maxPlans = 2_000): PlanStore {
  const entries = new LRUCache<string, Entry>({ max: maxPlans });
  const texts = new WeakMap<DocumentNode, string>();

  function textOf(document: DocumentNode): string {
    let text = texts.get(document);
    if (text === undefined) texts.set(document, (text = print(document)));
    return text;
  }

  /** One form for everything that is planned alike: spaces don't count, nor does the name of the only operation. */
  function taskOf(document: DocumentNode, operationName: string | undefined): PlanTask {
    const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    return { document: textOf(document), operationName: operations.length > 1 ? operationName : undefined };
  }

  function find(task: PlanTask, budgetMs: number | undefined): Entry {
    const key = createHash("sha256")
      .update(JSON.stringify([task.operationName, task.document]))
      .digest("base64");
    const known = entries.get(key);
    if (known) return known;
    const plan = planner.plan(task, budgetMs);
    const entry = { task, plan, uses: 0 };
    entries.set(key, entry);
    plan.catch((error: unknown) => {
      if (!(error instanceof PlanningRefused) || error.code !== "OPERATION_TOO_COSTLY") entries.delete(key);
    });
    return entry;
  }

  return {
    planOf(document, operationName, budgetMs) {
      const entry = find(taskOf(document, operationName), budgetMs);
      entry.uses += 1;
      return entry.plan;
    },
    async warm(tasks, budgetMs) {
      for (const { document, operationName } of tasks) {
        try {
          await find(taskOf(parse(document, { noLocation: true }), operationName), budgetMs).plan;
        } catch {
          // whoever asks for it is told
        }
      }
    },
    hottest: (count) =>
      [...entries.values()]
        .toSorted((one, other) => other.uses - one.uses)
        .slice(0, count)
        .map(({ task }) => task),
  };
}
