import { Worker } from "node:worker_threads";
import type { PlannerMessage, PlannerStart, ThreadTask } from "./planner.messages.ts";
import { PlanningRefused } from "./planning-refused.ts";

/** What a thread found out, and how many characters of JSON it was. */
export interface ThreadAnswer {
  readonly answer: unknown;
  readonly size: number;
}

/** One thread that plans, and is replaced by another when a plan outlasts its budget or the thread's memory. */
export interface PlannerThread {
  /** Resolves when it can plan; rejects when it can't be started. */
  ready(): Promise<void>;
  /** One at a time. Rejects with PlanningRefused when the budget is over; the thread is dead by then, its successor starts. */
  run(task: ThreadTask, budgetMs: number): Promise<ThreadAnswer>;
  close(): Promise<void>;
}

const MAIN = new URL("./planner.thread.main.ts", import.meta.url);

export function startPlannerThread(start: PlannerStart, memoryMb: number): PlannerThread {
  let closed = false;
  let current = spawn();

  function spawn(): { thread: Worker; ready: Promise<void> } {
    const thread = new Worker(MAIN, {
      workerData: start,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    thread.unref();
    const ready = nextMessage(thread).then(() => {});
    ready.catch(() => {}); // told to whoever asks it to plan
    return { thread, ready };
  }

  function replace(dead: Worker): void {
    if (!closed) current = spawn();
    void dead.terminate(); // not waited for: the refusal is no later for it
  }

  return {
    ready: () => current.ready,
    async run(task, budgetMs) {
      const { thread, ready } = current;
      let message: PlannerMessage;
      try {
        await ready;
        thread.postMessage(task);
        message = await within(budgetMs, nextMessage(thread));
      } catch (error) {
        replace(thread);
        if ((error as NodeJS.ErrnoException).code !== "ERR_WORKER_OUT_OF_MEMORY") throw error;
        throw new PlanningRefused("OPERATION_TOO_COSTLY", `it takes more than ${memoryMb} MB to plan`);
      }
      if (message.kind === "done")
        return { answer: JSON.parse(message.answer) as unknown, size: message.answer.length };
      if (message.kind === "too costly") throw new PlanningRefused("OPERATION_TOO_COSTLY", message.reason);
      throw new Error(
        message.kind === "failed" ? `the planner failed: ${message.reason}` : "the planner started twice",
      );
    },
    async close() {
      closed = true;
      await current.thread.terminate();
    },
  };
}

/** What a thread says next. Rejects when it dies before. */
function nextMessage(thread: Worker): Promise<PlannerMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<PlannerMessage>();
  const exited = (): void => reject(new Error("the planning thread has ended"));
  thread.once("message", resolve).once("error", reject).once("exit", exited);
  return promise.finally(() => thread.off("message", resolve).off("error", reject).off("exit", exited));
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  const { promise: over, reject } = Promise.withResolvers<never>();
  const refusal = new PlanningRefused("OPERATION_TOO_COSTLY", `it takes more than ${milliseconds} ms to plan`);
  const timer = setTimeout(() => reject(refusal), milliseconds);
  promise.catch(() => {}); // the end of a thread that took too long
  return Promise.race([promise, over]).finally(() => clearTimeout(timer));
}
