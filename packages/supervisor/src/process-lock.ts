import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

import { identifyProcess, isRunning } from "./process-identity.ts";
import type { ProcessIdentity } from "./process-identity.ts";

export type LockAttempt =
  | { readonly taken: true; release(): void }
  | { readonly taken: false; readonly holder: ProcessIdentity };

/**
 * Takes a lock file for this process, or tells who holds it. The lock of a process that has ended, however it ended, is
 * free; release it all the same when you are done.
 */
export function takeProcessLock(file: string): LockAttempt {
  const me = identifyProcess(process.pid);
  if (me === null) throw new Error("This process cannot tell its own start time.");
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, `${JSON.stringify(me)}\n`, { mode: 0o600 });
  try {
    for (;;) {
      try {
        // A hard link is made whole or not at all, and by one process only.
        linkSync(mine, file);
        return { taken: true, release: () => rmSync(file, { force: true }) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const holder = readHolder(file);
      if (holder !== null && isRunning(holder)) return { taken: false, holder };
      discard(file, holder);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Moves a dead lock aside; puts it back where another process has taken the lock between the look and the move. */
function discard(file: string, seen: ProcessIdentity | null): void {
  const aside = `${file}.${process.pid}.old`;
  try {
    renameSync(file, aside);
    const moved = readHolder(aside);
    if (moved !== null && moved.startedAt !== seen?.startedAt && isRunning(moved)) linkSync(aside, file);
  } catch (error) {
    if (!["ENOENT", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function readHolder(file: string): ProcessIdentity | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as ProcessIdentity;
  } catch {
    return null;
  }
}
