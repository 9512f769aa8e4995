import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadChecks, runChecks } from "./run-checks.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "clic-checks-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = async (bodies: Readonly<Record<string, string>>) => {
  for (const [name, body] of Object.entries(bodies)) {
    writeFileSync(
      join(folder, `${name}.check.ts`),
      `export const check = { name: "${name}", cure: "cure ${name}", async findProblems() { ${body} } };`,
    );
  }
  let output = "";
  const count = await runChecks(await loadChecks(folder), folder, (text) => (output += text));
  return { count, lines: output.trim().split("\n") };
};

describe("a run of the checks", () => {
  it("names each check and ends with the count", async () => {
    const { count, lines } = await run({ b: "return [];", a: "return [];" });
    expect(count).toEqual({ passed: 2, failed: 0 });
    expect(lines).toEqual([
      expect.stringMatching(/^pass {2}a /),
      expect.stringMatching(/^pass {2}b /),
      "2 passed, 0 failed",
    ]);
  });

  it("prints the problems of a failed check, and the cure", async () => {
    const { count, lines } = await run({ a: "return ['x.ts: is wrong'];" });
    expect(count.failed).toBe(1);
    expect(lines.slice(1)).toEqual(["      x.ts: is wrong", "      cure: cure a", "0 passed, 1 failed"]);
  });

  it("counts a check that throws as failed, and runs the next", async () => {
    const { count, lines } = await run({ a: "throw new Error('broken');", b: "return [];" });
    expect(count).toEqual({ passed: 1, failed: 1 });
    expect(lines[1]).toContain("the check itself failed: Error: broken");
  });

  it("fails when there is nothing to check", async () => {
    expect((await run({})).count.failed).toBe(1);
  });
});
