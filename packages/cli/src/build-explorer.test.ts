import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { buildExplorer } from "./build-explorer.ts";

describe("building the explorer in the background", () => {
  let state: string;
  let reported: string[];
  const begin = (folder = join(state, "explorer", "abc")) =>
    buildExplorer({ folder, logs: state, report: (line) => reported.push(line) });
  beforeEach(() => {
    state = mkdtempSync(join(tmpdir(), "cli-explorer-"));
    reported = [];
  });
  afterEach(() => rmSync(state, { recursive: true, force: true }));

  it("makes a page whose files are all its own, deletes what was built of other sources, and does it once", async () => {
    const other = join(state, "explorer", "before");
    mkdirSync(other, { recursive: true });
    await begin().done;
    expect(reported).toEqual([]);
    const page = readFileSync(join(state, "explorer", "abc", "index.html"), "utf8");
    // Nothing inline that a policy would have to allow, nothing from elsewhere.
    expect(page).not.toMatch(/<script(?![^>]*src="\/explorer\/)|<style|https?:\/\//);
    expect(existsSync(other)).toBe(false);
    writeFileSync(join(state, "explorer", "abc", "index.html"), "kept");
    await begin().done;
    expect(readFileSync(join(state, "explorer", "abc", "index.html"), "utf8")).toBe("kept");
  });

  it("says in one line that it failed, and where the reasons are", async () => {
    writeFileSync(join(state, "file"), "");
    await begin(join(state, "file", "abc")).done;
    expect(reported).toEqual([`The explorer could not be built (code 1). Log: ${join(state, "explorer.log")}`]);
    expect(readFileSync(join(state, "explorer.log"), "utf8")).toContain("EEXIST");
  });

  it("stops at once, and leaves nothing that could be taken for a page", async () => {
    const build = begin();
    await build.stop();
    expect(reported).toEqual([]);
    expect(existsSync(join(state, "explorer", "abc"))).toBe(false);
  });
});
