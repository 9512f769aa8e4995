import { createHash } from "node:crypto";
import type { QueryPlan } from "@apollo/query-planner";
import { type DocumentNode, Kind, parse, print } from "graphql";
import { LRUCache } from "lru-cache";
import type { PlanOptions, Planner } from "./planner.ts";
import type { PlanTask } from "./planner.messages.ts";
import { PlanningRefused } from "./planning-refused.ts";

export interface PlanStore {
  /** The plan of a document's operation: remembered, or made now. Rejects as Planner.plan does. */
  planOf(document: DocumentNode, operationName: string | undefined, options?: PlanOptions): Promise<QueryPlan>;
  /** Plans what isn't planned yet, one after the other; what is refused or fails is left out. Resolves when all is done. */
  warm(tasks: readonly PlanTask[], budgetMs?: number): Promise<void>;
  /** The same, and keeps these plans whatever else is asked for, until others are kept in their place. */
  keep(tasks: readonly PlanTask[], budgetMs?: number): Promise<void>;
  /** What was planned and asked for most often, the most often first. */
  hottest(count: number): readonly PlanTask[];
}

export interface PlanStoreOptions {
  readonly maxPlans?: number;
  /** Characters of all documents and their plans together, those that are kept aside; the memory is some ten times that. */
  readonly maxCharacters?: number;
}

interface Entry {
  readonly task: PlanTask;
  readonly plan: Promise<QueryPlan>;
  readonly size: number;
  uses: number;
}

/**
 * Remembers plans under the document that is executed, not the text that was sent: whatever was taken out of a document
 * for one caller is not in the plan that another gets. Who is refused once is refused again without being planned.
 * Callers that ask for the same plan at once wait for one.
 */
export function createPlanStore(
  planner: Pick<Planner, "plan">,
  { maxPlans = 2_000, maxCharacters = 20_000_000 }: PlanStoreOptions = {},
): PlanStore {
  const entries = new LRUCache<string, Entry>({
    max: maxPlans,
    maxSize: maxCharacters,
    sizeCalculation: ({ size }) => size,
  });
  const texts = new WeakMap<DocumentNode, string>();
  let kept: ReadonlyMap<string, Entry> = new Map();

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

  function keyOf({ operationName, document }: PlanTask): string {
    return createHash("sha256")
      .update(JSON.stringify([operationName, document]))
      .digest("base64");
  }

  function find(task: PlanTask, options: PlanOptions): Entry {
    const key = keyOf(task);
    const known = kept.get(key) ?? entries.get(key);
    if (known) return known;
    const planned = planner.plan(task, options);
    const entry = { task, plan: planned.then(({ plan }) => plan), size: task.document.length, uses: 0 };
    entries.set(key, entry);
    planned.then(
      ({ size }) => {
        const { uses } = entry;
        if (entries.peek(key) === entry) entries.set(key, { ...entry, size: entry.size + size, uses });
      },
      (error: unknown) => {
        if (!(error instanceof PlanningRefused) || error.code !== "OPERATION_TOO_COSTLY") entries.delete(key);
      },
    );
    return entry;
  }

  /** Gives those that could be planned, by their keys. */
  async function planAll(
    tasks: readonly PlanTask[],
    budgetMs: number | undefined,
  ): Promise<ReadonlyMap<string, Entry>> {
    const planned = new Map<string, Entry>();
    for (const { document, operationName } of tasks) {
      try {
        const task = taskOf(parse(document, { noLocation: true }), operationName);
        const entry = find(task, { budgetMs });
        await entry.plan;
        planned.set(keyOf(task), entry);
      } catch {
        // whoever asks for it is told
      }
    }
    return planned;
  }

  return {
    planOf(document, operationName, options = {}) {
      const entry = find(taskOf(document, operationName), options);
      entry.uses += 1;
      return entry.plan;
    },
    warm: async (tasks, budgetMs) => void (await planAll(tasks, budgetMs)),
    keep: async (tasks, budgetMs) => void (kept = await planAll(tasks, budgetMs)),
    hottest: (count) =>
      [...entries.values()]
        .toSorted((one, other) => other.uses - one.uses)
        .slice(0, count)
        .map(({ task }) => task),
  };
}
