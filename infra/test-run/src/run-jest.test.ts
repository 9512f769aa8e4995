import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runJest } from "./run-jest.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "clic-run-jest-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const run = (files: Record<string, string>, { graceMs = 20_000, config = {} } = {}) => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  const whole = JSON.stringify({ rootDir: root, transform: {}, testEnvironment: "node", watchman: false, ...config });
  // Jest marks its own processes; the jest inside this one must not take itself for a worker of the outer.
  const { JEST_WORKER_ID: _worker, ...env } = process.env;
  return runJest({ root, args: ["--config", whole, "--runInBand"], env, graceMs, output: "ignore" });
};

describe("a run of jest", () => {
  it("counts passed and failed tests over all files", async () => {
    const count = await run({
      "a.test.js": "test('holds', () => {}); test('fails', () => { throw new Error('no'); });",
      "b.test.js": "test('holds', () => {}); test.skip('waits', () => {});",
      "c.test.js": "throw new Error('cannot be loaded');",
    });
    expect(count).toEqual({ passed: 2, failed: 2, skipped: 1 });
  });

  it("fails when there is nothing to run", async () => {
    expect(await run({})).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it("fails when the tear-down of the run fails", async () => {
    const files = {
      "a.test.js": "test('holds', () => {});",
      "tear-down.js": "module.exports = async () => { throw new Error('left behind'); };",
    };
    expect((await run(files)).failed).toBe(0);
    expect((await run(files, { config: { globalTeardown: "<rootDir>/tear-down.js" } })).failed).toBe(1);
  });

  it("stops and fails a run that something keeps alive", async () => {
    const count = await run(
      { "a.test.js": "test('holds', () => { setInterval(() => {}, 1000); });" },
      { graceMs: 500 },
    );
    expect(count.failed).toBe(1);
  });
});
