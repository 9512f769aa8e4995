import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { countTests, type JestReport, type TestCount } from "./test-count.ts";

const stuck = "The tests are done, but something they opened keeps the run alive: npm test -- --detectOpenHandles\n";

export interface JestRun {
  /** Folder that jest runs in; also where a relative path in `args` starts. */
  readonly root: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How long jest may live after its report is written, in milliseconds. */
  readonly graceMs?: number;
  readonly output?: "inherit" | "ignore";
  readonly signal?: AbortSignal;
  /** Whether it is all right that no test runs; otherwise that is a failure. */
  readonly mayRunNothing?: boolean;
}

/**
 * Runs jest once as a child process and counts what happened.
 *
 * A run that has written its report but does not end holds something open: after `graceMs` (20 s) it is stopped and
 * counted as failed, since waiting would hang a build and forcing jest to exit would hide the leak. An aborted
 * `signal` stops jest too, and counts as a failure.
 */
export async function runJest({
  root,
  args,
  env,
  graceMs = 20_000,
  output = "inherit",
  signal,
  mayRunNothing = false,
}: JestRun): Promise<TestCount> {
  const folder = mkdtempSync(join(tmpdir(), "clic-test-run-"));
  const reportFile = join(folder, "report.json");
  try {
    const jest = join(createRequire(import.meta.url).resolve("jest/package.json"), "../bin/jest.js");
    const child = spawn(process.execPath, [jest, "--json", `--outputFile=${reportFile}`, ...args], {
      cwd: root,
      env: {
        ...env,
        NODE_OPTIONS:
          `${env["NODE_OPTIONS"] ?? ""} --experimental-vm-modules --disable-warning=ExperimentalWarning`.trim(),
      },
      stdio: ["ignore", output, output],
    });
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", resolve);
    });
    const finished = new AbortController();
    const stop = async () => {
      child.kill("SIGTERM");
      await Promise.race([ended, sleep(5_000, undefined, { signal: finished.signal }).catch(() => undefined)]);
      child.kill("SIGKILL");
    };
    signal?.addEventListener("abort", () => void stop(), { once: true });
    const stopStuck = async () => {
      if (output === "inherit") process.stderr.write(stuck);
      await stop();
    };
    void afterGrace(reportFile, graceMs, finished.signal, stopStuck);
    const exitCode = await ended.finally(() => finished.abort());
    return countTests(readReport(reportFile), exitCode, mayRunNothing);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Calls `act` when the report has been there for `graceMs` and the run isn't finished. */
async function afterGrace(
  reportFile: string,
  graceMs: number,
  finished: AbortSignal,
  act: () => Promise<void>,
): Promise<void> {
  try {
    while (!existsSync(reportFile)) await sleep(200, undefined, { signal: finished });
    await sleep(graceMs, undefined, { signal: finished });
  } catch {
    return;
  }
  await act();
}

function readReport(file: string): JestReport | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as JestReport) : null;
}
