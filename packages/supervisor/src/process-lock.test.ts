import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { identifyProcess, isRunning } from "./process-identity.ts";
import { takeProcessLock } from "./process-lock.ts";

describe("a process lock", () => {
  let directory: string;
  let file: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "lock-"));
    file = join(directory, "lock");
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it("is held by one process, which it names, until released", () => {
    const first = takeProcessLock(file);
    const second = takeProcessLock(file);
    expect(first.taken).toBe(true);
    expect(second).toMatchObject({ taken: false, holder: { pid: process.pid } });
    if (first.taken) first.release();
    expect(takeProcessLock(file).taken).toBe(true);
  });

  it.each([
    ["has ended", '{"pid":4194300,"startedAt":"x:1"}'],
    ["had this pid before another got it", `{"pid":${process.ppid},"startedAt":"x:1"}`],
    ["was cut off while writing it", '{"pid":'],
  ])("of a process that %s is free", (_case, content) => {
    writeFileSync(file, content);
    expect(takeProcessLock(file).taken).toBe(true);
    expect(readdirSync(directory)).toEqual(["lock"]);
  });
});

describe("a process identity", () => {
  it("tells a process from an earlier one with its pid", () => {
    const me = identifyProcess(process.pid);
    expect(me).not.toBeNull();
    expect(me !== null && isRunning(me)).toBe(true);
    expect(isRunning({ pid: process.pid, startedAt: "another boot:1" })).toBe(false);
  });

  it.each([0, -1, 1.5, Number.NaN, 4_194_303])("is null for %p, which no process has", (pid) => {
    expect(identifyProcess(pid)).toBeNull();
  });
});
