import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { defaultBackOff } from "./child.definition.ts";
import type { ChildDefinition, RecordedChild, SupervisorEvent } from "./child.definition.ts";
import { endLeftovers } from "./child-record.ts";
import { identifyProcess, isRunning } from "./process-identity.ts";
import { createSupervisor } from "./supervisor.ts";
import type { Supervisor } from "./supervisor.ts";

const child = fileURLToPath(new URL("../test/stand-in.child.ts", import.meta.url));

describe("a supervisor", () => {
  let directory: string;
  let recordFile: string;
  let events: SupervisorEvent[];
  let supervisor: Supervisor;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "supervisor-"));
    recordFile = join(directory, "children.json");
    events = [];
    supervisor = createSupervisor({
      recordFile,
      logDirectory: directory,
      onEvent: (event) => events.push(event),
      backOff: { firstMs: 40, mostMs: 160, resetAfterMs: 1_500, crashLoopAt: 4 },
      stopDeadlineMs: 800,
    });
  });
  afterEach(async () => {
    await supervisor.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const define = (name: string, behaviour: string, more: Partial<ChildDefinition> = {}): ChildDefinition => ({
    name,
    args: [child, behaviour],
    env: {},
    ...more,
  });
  const recorded = (): readonly RecordedChild[] => JSON.parse(readFileSync(recordFile, "utf8")) as RecordedChild[];
  const pidOf = (name: string): number => recorded().find((each) => each.name === name)?.pid ?? -1;
  const until = async (condition: () => boolean, ms = 10_000): Promise<void> => {
    const deadline = Date.now() + ms;
    while (!condition()) {
      if (Date.now() > deadline) throw new Error("The condition did not come true in time.");
      await sleep(10);
    }
  };

  it("waits until a child answers its readiness URL with 200, not merely with something", async () => {
    const port = await freePort();
    const began = Date.now();
    await supervisor.start(
      define("web", "ready-late", { args: [child, "ready-late", `${port}`], readyUrl: `http://127.0.0.1:${port}/` }),
    );
    expect(Date.now() - began).toBeGreaterThanOrEqual(300);
  });

  it("names a child that dies, with how and its last words, and starts it again", async () => {
    await supervisor.start(define("web", "obedient"));
    const first = pidOf("web");
    process.kill(first, "SIGKILL");
    await until(() => events.some((event) => event.type === "recovered"));
    expect(events[0]).toMatchObject({ type: "died", name: "web", how: "SIGKILL", restartInMs: 40 });
    expect(pidOf("web")).not.toBe(first);
    expect(isRunning(recorded()[0] as RecordedChild)).toBe(true);
  });

  it("doubles the delay up to its most, reports a crash loop once, and keeps trying in silence", async () => {
    const started = supervisor.start(define("broken", "crash", { readyUrl: "http://127.0.0.1:9/" }));
    await expect(started).rejects.toThrow(/broken does not stay up: Error: the cellar is flooded .*broken\.log/);
    const log = (): string => readFileSync(join(directory, "broken.log"), "utf8");
    await until(() => (log().match(/Error: the cellar is flooded/g) ?? []).length >= 6);
    expect(events.map((event) => (event.type === "died" ? event.restartInMs : event.type))).toEqual([
      40,
      80,
      160,
      160,
      "crash-loop",
    ]);
    expect(events[0]).toMatchObject({ how: "exit code 1", lastLine: "Error: the cellar is flooded" });
  });

  it("starts from the first delay again after a child has been up for long enough", async () => {
    await supervisor.start(define("web", "obedient"));
    for (const wait of [0, 0, 1_700]) {
      const before = events.length;
      await sleep(wait);
      process.kill(pidOf("web"), "SIGKILL");
      await until(() => events.length >= before + 2);
    }
    const delays = events.flatMap((event) => (event.type === "died" ? [event.restartInMs] : []));
    expect(delays).toEqual([40, 80, 40]);
  });

  it("backs off from 1 to 30 seconds unless told otherwise", () => {
    expect(defaultBackOff).toMatchObject({ firstMs: 1_000, mostMs: 30_000, resetAfterMs: 30_000 });
  });

  it("stops children in order, gracefully, and the deaf by force after the deadline", async () => {
    const order = join(directory, "order");
    for (const name of ["one", "two", "gateway"]) {
      await supervisor.start(define(name, "obedient", { args: [child, "obedient", order, name] }));
    }
    await supervisor.start(define("deaf", "deaf"));
    for (const name of ["one", "two", "gateway", "deaf"]) {
      await until(() => readFileSync(join(directory, `${name}.log`), "utf8").includes("up"));
    }
    const running = recorded();
    const began = Date.now();
    await supervisor.stop(["gateway"]);
    expect(Date.now() - began).toBeGreaterThanOrEqual(800);
    expect(running.filter(isRunning)).toEqual([]);
    expect(readFileSync(order, "utf8").split("\n")[0]).toBe("gateway");
    expect(readFileSync(order, "utf8").trim().split("\n").sort()).toEqual(["gateway", "one", "two"]);
    expect(events).toEqual([]);
  });

  it("does not start a child again while it is stopping", async () => {
    await supervisor.start(define("web", "obedient"));
    process.kill(pidOf("web"), "SIGKILL");
    await until(() => events.length > 0);
    await supervisor.stop();
    await sleep(150);
    expect(() => recorded()).toThrow(/ENOENT/);
  });

  it("gives each child a process group of its own, which a terminal's Ctrl-C does not reach", async () => {
    await supervisor.start(define("web", "obedient"));
    const pid = pidOf("web");
    expect(() => process.kill(-pid, 0)).not.toThrow();
  });

  it("refuses a second child of the same name", async () => {
    await supervisor.start(define("web", "obedient"));
    await expect(supervisor.start(define("web", "obedient"))).rejects.toThrow(/kept already/);
  });
});

describe("after a supervisor was killed with kill -9", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "supervisor-"));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it("its children end by themselves, and the next start ends those that do not listen", async () => {
    const host = fileURLToPath(new URL("../test/stand-in.supervisor.ts", import.meta.url));
    const killed = spawn(process.execPath, [host, directory, child], { stdio: ["ignore", "pipe", "inherit"], env: {} });
    await new Promise((resolve) => killed.stdout.once("data", resolve));
    const recordFile = join(directory, "children.json");
    const children = JSON.parse(readFileSync(recordFile, "utf8")) as RecordedChild[];
    expect(children.map((each) => each.name)).toEqual(["obedient", "deaf"]);
    killed.kill("SIGKILL");
    await sleep(1_500);
    expect(children.filter(isRunning).map((each) => each.name)).toEqual(["deaf"]);

    expect(await endLeftovers(recordFile)).toEqual(["deaf"]);
    expect(children.filter(isRunning)).toEqual([]);
    expect(await endLeftovers(recordFile)).toEqual([]);
  });

  it("the next start leaves alone a process that has got the pid of a recorded one since", async () => {
    const recordFile = join(directory, "children.json");
    const stranger = spawn(process.execPath, [child, "obedient"], { stdio: "ignore", env: {}, detached: true });
    await sleep(200);
    const identity = identifyProcess(stranger.pid ?? -1);
    expect(identity).not.toBeNull();
    writeFileSync(recordFile, JSON.stringify([{ name: "web", pid: stranger.pid, startedAt: "another boot:1" }]));
    expect(await endLeftovers(recordFile)).toEqual([]);
    expect(identity !== null && isRunning(identity)).toBe(true);
    stranger.kill("SIGKILL");
  });
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
