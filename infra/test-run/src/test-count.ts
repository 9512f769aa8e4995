/** What jest's JSON report says about a run; the fields of it that are read here. */
export interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  /** Test files that threw before their first test, so none of their tests is counted. */
  readonly numRuntimeErrorTestSuites: number;
}

export interface TestCount {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Turns a report and jest's exit code into counts that can be trusted: `failed` is zero only when the whole run was good.
 * A file that could not be loaded is one failure. So is a run that failed for another reason (a broken set-up or
 * tear-down, a report that was never written), and a run in which no test ran, unless it may.
 */
export function countTests(report: JestReport | null, exitCode: number | null, mayRunNothing = false): TestCount {
  if (report === null) return { passed: 0, failed: 1, skipped: 0 };
  const passed = report.numPassedTests;
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  const skipped = report.numPendingTests + report.numTodoTests;
  const wrong = exitCode !== 0 || (passed === 0 && !mayRunNothing);
  return { passed, failed: failed === 0 && wrong ? 1 : failed, skipped };
}

/** The closing line of a run, which other programs read: `N passed, N failed`, and `, N skipped` when any was. */
export function closingLine({ passed, failed, skipped }: TestCount): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
