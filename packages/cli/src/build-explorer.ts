import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readdirSync, rmSync } from "node:fs";
import { setPriority } from "node:os";
import { basename, dirname, join } from "node:path";

import { builderScript } from "@clic/explorer";

/** Something that is made in the background. */
export interface Build {
  /** Settles when it is made, or has failed, which is reported. */
  readonly done: Promise<void>;
  /** Settles when nothing of it runs. At any time. */
  stop(): Promise<void>;
}

/** What others need more than the page: its build yields to them. */
const niceness = 10;

/**
 * Builds the explorer into a folder, in a process of its own, unless it is there. The folder is named after the sources,
 * so what lies beside it was built from others and is deleted.
 */
export function buildExplorer(options: {
  readonly folder: string;
  readonly logs: string;
  readonly report: (line: string) => void;
}): Build {
  const { folder, logs, report } = options;
  if (existsSync(join(folder, "index.html"))) return { done: Promise.resolve(), stop: () => Promise.resolve() };
  removeOthers(folder);

  const logFile = join(logs, "explorer.log");
  const log = openSync(logFile, "w", 0o600);
  const child = spawn(process.execPath, [builderScript, "--to", folder], { stdio: ["ignore", log, log] });
  closeSync(log);
  if (child.pid !== undefined) lowerPriority(child.pid);
  let stopping = false;
  const done = new Promise<void>((resolve) => {
    const end = (how: string | null): void => {
      if (how !== null && !stopping) report(`The explorer could not be built (${how}). Log: ${logFile}`);
      resolve();
    };
    child.once("error", (error) => end(error.message));
    child.once("exit", (code, signal) => end(code === 0 ? null : String(signal ?? `code ${code}`)));
  });
  return {
    done,
    stop: () => {
      stopping = true;
      child.kill("SIGKILL");
      return done;
    },
  };
}

function removeOthers(folder: string): void {
  const parent = dirname(folder);
  try {
    for (const entry of readdirSync(parent)) {
      if (entry !== basename(folder)) rmSync(join(parent, entry), { recursive: true, force: true });
    }
  } catch {
    // There is nothing yet; or nothing can be done there, which the build will say.
  }
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, niceness);
  } catch {
    // It has ended already; nothing else is wrong with a process of our own.
  }
}
