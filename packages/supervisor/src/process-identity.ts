import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** A process that cannot be mistaken for a later one under the same pid: the pid and when it started. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque; compare for equality only. On Linux it names the boot too, so it is worth something after a restart. */
  readonly startedAt: string;
}

/** One step of ending a process: the signal, and how long to wait for it to work, in milliseconds. */
export type EndingStep = readonly [signal: NodeJS.Signals, waitMs: number];

/**
 * The identity of the process that has this pid now, or null when none has. A zombie counts as none: it has ended, and
 * where nobody collects it (a container without an init) it stays forever.
 */
export function identifyProcess(pid: number): ProcessIdentity | null {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  const startedAt = process.platform === "linux" ? linuxStart(pid) : psStart(pid);
  return startedAt === null ? null : { pid, startedAt };
}

/** Whether exactly this process still runs; a later process under its pid does not count. */
export function isRunning(identity: ProcessIdentity): boolean {
  return identifyProcess(identity.pid)?.startedAt === identity.startedAt;
}

/**
 * Ends exactly this process, step by step, and answers whether it is gone. A pid that belongs to another process by now
 * is never signalled. With `group`, the signals go to its whole process group; only for a process that leads one.
 */
export async function endProcess(
  identity: ProcessIdentity,
  steps: readonly EndingStep[],
  options: { readonly group?: boolean } = {},
): Promise<boolean> {
  for (const [signal, waitMs] of steps) {
    if (!isRunning(identity)) return true;
    try {
      process.kill(options.group === true ? -identity.pid : identity.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
    const deadline = Date.now() + waitMs;
    while (isRunning(identity) && Date.now() < deadline) await sleep(20);
  }
  return !isRunning(identity);
}

let bootId: string | undefined;

function linuxStart(pid: number): string | null {
  try {
    bootId ??= readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may itself hold spaces and parentheses; what follows the last one is regular.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, ticks] = [fields[0], fields[19]];
    return ticks === undefined || state === "Z" || state === "X" ? null : `${bootId}:${ticks}`;
  } catch {
    return null;
  }
}

function psStart(pid: number): string | null {
  try {
    const line = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], {
      encoding: "utf8",
      env: { PATH: "/bin:/usr/bin", LC_ALL: "C", TZ: "UTC" },
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
    return line === "" || line.startsWith("Z") ? null : line.replace(/^\S+\s+/, "");
  } catch {
    return null;
  }
}
