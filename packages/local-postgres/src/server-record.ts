import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { endProcess, identifyProcess, isRunning } from "@clic/supervisor";
import type { EndingStep, ProcessIdentity } from "@clic/supervisor";

import { LocalPostgresError } from "./local-postgres.errors.ts";

/** Who runs a cluster; written by its guardian, and removed when PostgreSQL has ended. */
export interface ServerRecord {
  readonly starter: ProcessIdentity;
  readonly guardian: ProcessIdentity;
  readonly postgres: ProcessIdentity;
}

/** Fast shutdown, then immediate, then the end. PostgreSQL recovers from each; only the next start takes longer. */
export const postgresEndingSteps: readonly EndingStep[] = [
  ["SIGINT", 10_000],
  ["SIGQUIT", 5_000],
  ["SIGKILL", 2_000],
];

export function recordFile(controlDirectory: string): string {
  return join(controlDirectory, "server.json");
}

export function writeServerRecord(file: string, record: ServerRecord): void {
  writeFileSync(file, `${JSON.stringify(record)}\n`, { mode: 0o600 });
}

/**
 * Clears the way after a start that ended without cleaning up: ends what is left of it, and removes a `postmaster.pid`
 * whose pid belongs to another process by now (PostgreSQL itself would refuse to start). Throws ALREADY_RUNNING when the
 * earlier start is alive. Signals only processes whose recorded start time still fits.
 */
export async function recoverServer(controlDirectory: string, pgdata: string): Promise<void> {
  const record = readRecord(recordFile(controlDirectory));
  if (record !== null) {
    if (isRunning(record.starter) && isRunning(record.postgres)) {
      throw new LocalPostgresError(
        "ALREADY_RUNNING",
        `PostgreSQL already runs on ${controlDirectory}, started by process ${record.starter.pid}: stop that one first.`,
      );
    }
    await endProcess(record.postgres, postgresEndingSteps);
    await endProcess(record.guardian, [
      ["SIGTERM", 5_000],
      ["SIGKILL", 2_000],
    ]);
    rmSync(recordFile(controlDirectory), { force: true });
  }
  removeStalePidFile(join(pgdata, "postmaster.pid"));
}

function readRecord(file: string): ServerRecord | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as ServerRecord;
  } catch {
    return null;
  }
}

function removeStalePidFile(file: string): void {
  let pid: number;
  let sinceSeconds: number;
  try {
    const lines = readFileSync(file, "utf8").split("\n");
    pid = Math.abs(Number(lines[0]));
    sinceSeconds = Number(lines[2]);
  } catch {
    return;
  }
  const owner = identifyProcess(pid);
  if (owner !== null && startedAround(owner, sinceSeconds)) {
    throw new LocalPostgresError(
      "ALREADY_RUNNING",
      `Another PostgreSQL (process ${pid}) uses this data directory: stop it first (kill -INT ${pid}).`,
    );
  }
  rmSync(file, { force: true });
}

/** The pid file names PostgreSQL's start in whole seconds; the process's own start precedes it by a moment. */
function startedAround(owner: ProcessIdentity, sinceSeconds: number): boolean {
  const started = startedAtSeconds(owner);
  return started === null || Math.abs(started - sinceSeconds) <= 5;
}

function startedAtSeconds(owner: ProcessIdentity): number | null {
  if (process.platform !== "linux") {
    const parsed = Date.parse(`${owner.startedAt} UTC`);
    return Number.isNaN(parsed) ? null : parsed / 1000;
  }
  try {
    const boot = /^btime (\d+)$/m.exec(readFileSync("/proc/stat", "utf8"))?.[1];
    const ticks = owner.startedAt.split(":")[1];
    return boot === undefined || ticks === undefined ? null : Number(boot) + Number(ticks) / 100;
  } catch {
    return null;
  }
}
