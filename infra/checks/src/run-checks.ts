import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Check } from "./check.ts";

/** All checks of a folder: what each `*.check.ts` in it exports as `check`, by name. Adding a check is adding a file. */
export async function loadChecks(directory: string): Promise<readonly Check[]> {
  const files = readdirSync(directory).filter((file) => file.endsWith(".check.ts"));
  const modules = await Promise.all(
    files.map((file) => import(pathToFileURL(join(directory, file)).href) as Promise<{ check: Check }>),
  );
  return modules.map(({ check }) => check).sort((left, right) => left.name.localeCompare(right.name));
}

/**
 * Runs checks one after the other and reports each as it ends: its name, its problems (the first 40), its cure. A check
 * that throws has failed. The last line is `N passed, N failed`.
 */
export async function runChecks(
  checks: readonly Check[],
  root: string,
  write: (text: string) => void,
): Promise<{ passed: number; failed: number }> {
  if (checks.length === 0) write("FAIL  there is no check to run\n");
  let failed = checks.length === 0 ? 1 : 0;
  for (const { name, cure, findProblems } of checks) {
    const start = performance.now();
    const problems = await findProblems(root).catch((error: unknown) => [
      `the check itself failed: ${(error as Error).stack ?? String(error)}`,
    ]);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    write(`${problems.length === 0 ? "pass" : "FAIL"}  ${name} (${seconds} s)\n`);
    if (problems.length === 0) continue;
    failed += 1;
    for (const problem of problems.slice(0, 40)) write(`      ${problem}\n`);
    if (problems.length > 40) write(`      and ${problems.length - 40} lines more\n`);
    write(`      cure: ${cure}\n`);
  }
  const passed = Math.max(checks.length - failed, 0);
  write(`${passed} passed, ${failed} failed\n`);
  return { passed, failed };
}
