import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { defaultBackOff } from "./child.definition.ts";
import type { BackOff, ChildDefinition, RecordedChild, SupervisorEvent } from "./child.definition.ts";
import { writeChildRecord } from "./child-record.ts";
import { startChild } from "./child.ts";
import type { ChildRun } from "./child.ts";

export interface SupervisorOptions {
  /** Where the running children are recorded, for `endLeftovers` at a next start. */
  readonly recordFile: string;
  /** An existing directory; each child appends to `<name>.log`. */
  readonly logDirectory: string;
  readonly onEvent: (event: SupervisorEvent) => void;
  readonly backOff?: BackOff;
  /** Milliseconds that a child has between SIGTERM and SIGKILL. */
  readonly stopDeadlineMs?: number;
}

export interface Supervisor {
  /**
   * Starts a child and keeps it running; settles when it is ready for the first time. Rejects, and still keeps trying,
   * when it falls into a crash loop first or is not ready within `timeoutMs`.
   */
  start(definition: ChildDefinition, timeoutMs?: number): Promise<void>;
  /** Stops the children: those named in `first` one after another, then the others together. */
  stop(first?: readonly string[]): Promise<void>;
  /** Cuts a stop short: what still runs gets SIGKILL. */
  killNow(): void;
}

interface Kept {
  readonly definition: ChildDefinition;
  run: ChildRun | null;
  deaths: number;
  looping: boolean;
  lastLine: string;
}

/**
 * Keeps a set of child processes running: a child that dies is reported, and started again after a delay that doubles
 * from death to death. The children learn of the supervisor's own end by their IPC channel, and must end themselves then.
 */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  const backOff = options.backOff ?? defaultBackOff;
  const stopDeadlineMs = options.stopDeadlineMs ?? 10_000;
  const kept = new Map<string, Kept>();
  const stopping = new AbortController();

  function record(): void {
    const running: RecordedChild[] = [];
    for (const { definition, run } of kept.values()) {
      const identity = run?.hasEnded() === false ? run.identity : null;
      if (identity !== null) running.push({ name: definition.name, ...identity });
    }
    writeChildRecord(options.recordFile, running);
  }

  async function keep(child: Kept): Promise<void> {
    const { name } = child.definition;
    const logFile = join(options.logDirectory, `${name}.log`);
    while (!stopping.signal.aborted) {
      const run = startChild(child.definition, logFile);
      child.run = run;
      record();
      if (child.deaths > 0) void reportRecovery(child, run);
      const how = await run.ended;
      record();
      if (stopping.signal.aborted) return;
      if (Date.now() - run.startedAt >= backOff.resetAfterMs) child.deaths = 0;
      child.deaths++;
      child.lastLine = run.lastLine();
      const restartInMs = Math.min(backOff.firstMs * 2 ** (child.deaths - 1), backOff.mostMs);
      if (!child.looping) {
        options.onEvent({ type: "died", name, how, lastLine: child.lastLine, logFile, restartInMs });
        if (child.deaths >= backOff.crashLoopAt) {
          child.looping = true;
          options.onEvent({ type: "crash-loop", name, deaths: child.deaths, logFile });
        }
      }
      await sleep(restartInMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  async function reportRecovery(child: Kept, run: ChildRun): Promise<void> {
    while (!run.hasEnded() && !stopping.signal.aborted && !(await run.isReady())) await sleep(200);
    // Out of a crash loop, being ready is not enough: it was ready before each of its deaths, perhaps.
    if (child.looping) await Promise.race([run.ended, sleep(backOff.resetAfterMs, undefined, { ref: false })]);
    if (run.hasEnded() || stopping.signal.aborted) return;
    child.looping = false;
    options.onEvent({ type: "recovered", name: child.definition.name });
  }

  return {
    async start(definition, timeoutMs = 60_000) {
      if (kept.has(definition.name)) throw new Error(`A child named ${definition.name} is kept already.`);
      const child: Kept = { definition, run: null, deaths: 0, looping: false, lastLine: "" };
      kept.set(definition.name, child);
      void keep(child);
      const logFile = join(options.logDirectory, `${definition.name}.log`);
      const deadline = Date.now() + timeoutMs;
      while (!(await child.run?.isReady())) {
        stopping.signal.throwIfAborted();
        if (child.looping) {
          throw new Error(`${definition.name} does not stay up: ${child.lastLine} (log: ${logFile})`);
        }
        if (Date.now() > deadline) {
          throw new Error(`${definition.name} was not ready after ${timeoutMs / 1000} s (log: ${logFile})`);
        }
        // Asking takes processor time, which those that are asked need while they start.
        await sleep(100);
      }
    },
    async stop(first = []) {
      stopping.abort(new Error("The supervisor is stopping."));
      for (const name of first) await kept.get(name)?.run?.stop(stopDeadlineMs);
      await Promise.all([...kept.values()].map(async (child) => child.run?.stop(stopDeadlineMs)));
      record();
    },
    killNow() {
      for (const { run } of kept.values()) void run?.stop(0);
    },
  };
}
