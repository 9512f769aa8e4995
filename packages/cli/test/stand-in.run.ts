import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { isRunning } from "@clic/supervisor";
import type { ProcessIdentity } from "@clic/supervisor";

const script = fileURLToPath(new URL("./stand-in.main.ts", import.meta.url));

/** One run of the stand-in stack as a real process. */
export interface StandInRun {
  readonly pid: number;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  stdout(): string;
  stderr(): string;
  /** Settles when the text has been printed; rejects when the run ends without it. */
  printed(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

export function runStandIn(root: string, environment: Readonly<Record<string, string>>, ...args: string[]): StandInRun {
  const child = spawn(process.execPath, [script, ...args], {
    env: { PATH: "/usr/bin:/bin", TEST_ROOT: root, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  let over = false;
  child.stdout.on("data", (data) => (stdout += String(data)));
  child.stderr.on("data", (data) => (stderr += String(data)));
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once("close", (code, signal) => {
      over = true;
      resolve({ code, signal });
    });
  });
  return {
    pid: child.pid ?? -1,
    ended,
    stdout: () => stdout,
    stderr: () => stderr,
    printed: async (text) => {
      while (!stdout.includes(text)) {
        if (over) throw new Error(`It ended without printing "${text}":\n${stdout}\n${stderr}`);
        await sleep(20);
      }
    },
    kill: (signal) => child.kill(signal),
  };
}

/** Every process that a run of this checkout has recorded: children, PostgreSQL, its guardian. */
export function recordedProcesses(root: string): readonly ProcessIdentity[] {
  const read = (...path: string[]): unknown => JSON.parse(readFileSync(join(root, ".clic", ...path), "utf8"));
  const children = read("children.json") as ProcessIdentity[];
  const { postgres, guardian } = read("postgres", "server.json") as Record<"postgres" | "guardian", ProcessIdentity>;
  return [...children, postgres, guardian];
}

/** Which of them still run after at most so many milliseconds. */
export async function stillRunning(identities: readonly ProcessIdentity[], withinMs: number): Promise<number[]> {
  const deadline = Date.now() + withinMs;
  while (identities.some(isRunning) && Date.now() < deadline) await sleep(20);
  return identities.filter(isRunning).map(({ pid }) => pid);
}
