import { describe, expect, it } from "@jest/globals";
import { closingLine, countTests, type JestReport } from "./test-count.ts";

const good: JestReport = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
};

describe("the closing line of a test run", () => {
  it("names what passed and what failed, and nothing else", () => {
    expect(closingLine(countTests(good, 0))).toBe("3 passed, 0 failed");
  });

  it("names skipped tests, those still to be written included", () => {
    expect(closingLine(countTests({ ...good, numPendingTests: 1, numTodoTests: 1 }, 0))).toBe(
      "3 passed, 0 failed, 2 skipped",
    );
  });

  it("counts a file that could not be loaded as a failure", () => {
    expect(countTests({ ...good, numFailedTests: 1, numRuntimeErrorTestSuites: 1 }, 1).failed).toBe(2);
  });

  it("is a failure when jest failed for a reason that is no test's", () => {
    expect(countTests(good, 1).failed).toBe(1);
    expect(countTests(good, null).failed).toBe(1);
  });

  it("is a failure when no test ran", () => {
    expect(countTests({ ...good, numPassedTests: 0 }, 0).failed).toBe(1);
    expect(countTests({ ...good, numPassedTests: 0, numPendingTests: 4 }, 0)).toEqual({
      passed: 0,
      failed: 1,
      skipped: 4,
    });
  });

  it("is none when no test ran that may not have to, but is when a file could not be loaded", () => {
    const nothing = { ...good, numPassedTests: 0, numPendingTests: 4 };
    expect(countTests(nothing, 0, true)).toEqual({ passed: 0, failed: 0, skipped: 4 });
    expect(countTests({ ...nothing, numRuntimeErrorTestSuites: 1 }, 1, true).failed).toBe(1);
  });

  it("is a failure when there is no report", () => {
    expect(countTests(null, 0).failed).toBe(1);
  });
});
