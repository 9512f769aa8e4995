import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

import type { RecordedChild } from "./child.definition.ts";
import { endProcess, isRunning } from "./process-identity.ts";

/** Keeps the list of running children on disk, so that a start after a kill -9 knows what may be left. */
export function writeChildRecord(file: string, children: readonly RecordedChild[]): void {
  if (children.length === 0) return rmSync(file, { force: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(children)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/**
 * Ends what an earlier supervisor left running, and answers the names. A pid is signalled only while it belongs to the
 * process that was recorded: start times must match. Never call it while that supervisor may be alive.
 */
export async function endLeftovers(file: string): Promise<readonly string[]> {
  const left = readChildRecord(file).filter(isRunning);
  await Promise.all(
    left.map((child) =>
      endProcess(
        child,
        [
          ["SIGTERM", 3_000],
          ["SIGKILL", 2_000],
        ],
        { group: true },
      ),
    ),
  );
  rmSync(file, { force: true });
  return left.map((child) => child.name);
}

function readChildRecord(file: string): readonly RecordedChild[] {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as readonly RecordedChild[];
  } catch {
    return [];
  }
}
