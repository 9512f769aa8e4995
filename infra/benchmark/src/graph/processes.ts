import { readdirSync, readFileSync, writeFileSync } from "node:fs";

/** Processes whose cost is told together. */
export interface ProcessGroup {
  /** CPU that they have used so far, in milliseconds. Grows by hundredths of a second. */
  cpu(): number;
  /** From here on `peak` counts anew. */
  forgetPeak(): void;
  /** The most memory that they had at a time each, added up, in megabytes. */
  peak(): number;
}

/** These processes, their threads included. Linux alone tells. */
export function processGroup(...pids: readonly number[]): ProcessGroup {
  return {
    cpu: () => sum(pids.map((pid) => cpuOf(pid, false))),
    forgetPeak: () => pids.forEach((pid) => writeFileSync(`/proc/${pid}/clear_refs`, "5")),
    peak: () => sum(pids.map((pid) => kilobytes(pid, "VmHWM"))) / 1024,
  };
}

/**
 * A PostgreSQL server with all its backends, those that have ended included. Its memory is what each process has for
 * itself now: what they share would be counted many times.
 */
export function postgresGroup(postmaster: number): ProcessGroup {
  return {
    cpu: () => cpuOf(postmaster, true) + sum(children(postmaster).map((pid) => cpuOf(pid, false))),
    forgetPeak: () => undefined,
    peak: () => sum([postmaster, ...children(postmaster)].map((pid) => kilobytes(pid, "RssAnon"))) / 1024,
  };
}

/** Throws where there is no such process on this machine. */
export function parentOf(pid: number): number {
  const parent = Number(stat(pid)[1]);
  if (!(parent > 0)) throw new Error(`Process ${pid} does not run on this machine.`);
  return parent;
}

function children(parent: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => Number(stat(pid)[1]) === parent);
}

/** utime and stime, and those of children that it has waited for; a tick is a hundredth of a second. */
function cpuOf(pid: number, withEnded: boolean): number {
  const fields = stat(pid);
  return sum(fields.slice(11, withEnded ? 15 : 13).map(Number)) * 10;
}

/** What follows a process's name in its `stat`; nothing when it has ended. */
function stat(pid: number): string[] {
  const text = read(`/proc/${pid}/stat`);
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}

function kilobytes(pid: number, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
