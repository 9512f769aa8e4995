import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync, openSync, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import type { ChildDefinition } from "./child.definition.ts";
import { lastWords } from "./last-words.ts";
import { endProcess, identifyProcess } from "./process-identity.ts";
import type { ProcessIdentity } from "./process-identity.ts";

/** One run of a child process, from its start to its end. */
export interface ChildRun {
  readonly identity: ProcessIdentity | null;
  readonly startedAt: number;
  /** Settles when it has ended: how, in words. */
  readonly ended: Promise<string>;
  hasEnded(): boolean;
  isReady(): Promise<boolean>;
  lastLine(): string;
  /** SIGTERM to its process group, and SIGKILL when that has not worked in time. */
  stop(deadlineMs: number): Promise<void>;
}

/**
 * Starts the process with an IPC channel, whose closing tells it that its supervisor is gone, in a process group of its
 * own, so that a terminal's Ctrl-C does not reach it. What it prints goes to the log file.
 */
export function startChild(definition: ChildDefinition, logFile: string): ChildRun {
  const log = openSync(logFile, "a", 0o600);
  const logStart = statSync(logFile).size;
  const child = spawn(process.execPath, [...definition.args], {
    detached: true,
    env: { ...definition.env },
    stdio: ["ignore", log, log, "ipc"],
    ...(definition.cwd === undefined ? {} : { cwd: definition.cwd }),
  });
  closeSync(log);
  const identity = child.pid === undefined ? null : identifyProcess(child.pid);
  let over = false;
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal === null ? `exit code ${code}` : signal));
  }).then((how) => {
    over = true;
    return how;
  });
  return {
    identity,
    startedAt: Date.now(),
    ended,
    hasEnded: () => over,
    isReady: async () => !over && (definition.readyUrl === undefined || (await answers(definition.readyUrl))),
    lastLine: () => lastWords(logFile, logStart),
    stop: async (deadlineMs) => {
      if (over || identity === null) return;
      disconnectLate(child);
      await endProcess(
        identity,
        [
          ["SIGTERM", deadlineMs],
          ["SIGKILL", 2_000],
        ],
        { group: true },
      );
      await Promise.race([ended, sleep(2_000, undefined, { ref: false })]);
    },
  };
}

/** How long a child told to stop may keep its IPC channel, in milliseconds; see below. */
const channelGraceMs = 3_000;

/** A listener for `disconnect` keeps a Node process alive, so a child that has closed all else would wait for the deadline. */
function disconnectLate(child: ChildProcess): void {
  setTimeout(() => child.connected && child.disconnect(), channelGraceMs).unref();
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
