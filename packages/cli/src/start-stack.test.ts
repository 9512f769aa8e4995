import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { findFreePort, removePostgres } from "@clic/local-postgres";
import { isRunning } from "@clic/supervisor";
import type { ProcessIdentity } from "@clic/supervisor";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { Client } from "pg";

import { recordedProcesses, runStandIn, stillRunning } from "../test/stand-in.run.ts";
import type { StandInRun } from "../test/stand-in.run.ts";

const ready = "Stop with Ctrl-C";

describe("clic start", () => {
  let root: string;
  let ports: Record<"GATEWAY_PORT" | "EVENTS_PORT" | "POSTGRES_PORT", string>;
  const runs: StandInRun[] = [];
  const start = (environment: Record<string, string> = {}, ...args: string[]): StandInRun => {
    const run = runStandIn(root, { ...ports, ...environment }, ...args);
    runs.push(run);
    return run;
  };
  const startReady = async (environment: Record<string, string> = {}, ...args: string[]): Promise<StandInRun> => {
    const run = start(environment, ...args);
    await run.printed(ready);
    return run;
  };
  const query = async (text: string): Promise<unknown[]> => {
    const password = readFileSync(join(root, ".clic", "postgres", "superuser-password"), "utf8").trim();
    const client = new Client(`postgresql://postgres:${password}@127.0.0.1:${ports.POSTGRES_PORT}/graph`);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  };
  const answers = async (port: string, path = "/health/ready"): Promise<number> =>
    fetch(`http://127.0.0.1:${port}${path}`).then(
      (response) => response.status,
      () => 0,
    );

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "cli-"));
    chmodSync(root, 0o711);
    const [gateway, events, postgres] = await Promise.all([findFreePort(), findFreePort(), findFreePort()]);
    ports = { GATEWAY_PORT: `${gateway}`, EVENTS_PORT: `${events}`, POSTGRES_PORT: `${postgres}` };
  });
  afterEach(async () => {
    for (const run of runs.splice(0)) {
      run.kill("SIGTERM");
      await run.ended;
    }
  });
  afterAll(async () => {
    await removePostgres(join(root, ".clic", "postgres"));
    rmSync(root, { recursive: true, force: true });
  });

  it("shows progress and ends with the URLs, a query, how to sign in and how to stop", async () => {
    const run = await startReady();
    expect(run.stdout()).toMatch(
      /PostgreSQL[^]*Databases, schemas and roles[^]*events[^]*gateway[^]*ready after \d+\.\d s/,
    );
    expect(run.stdout()).toContain(`http://127.0.0.1:${ports.GATEWAY_PORT}/graphql`);
    for (const words of ["curl -s", "workItems", "npx clic token --as member|secondee|lead|office|analyst|partner"]) {
      expect(run.stdout()).toContain(words);
    }
    expect(run.stdout()).not.toContain("\u001b[");
    expect(await answers(ports.GATEWAY_PORT)).toBe(200);
    expect(statSync(join(root, ".clic", "secrets.json")).mode & 0o777).toBe(0o600);
    expect(statSync(join(root, ".clic")).mode & 0o066).toBe(0);
    run.kill("SIGINT");
    expect(await run.ended).toEqual({ code: 0, signal: null });
  });

  it.each(["SIGTERM", "SIGHUP"] as const)("ends everything in order on %s, as on Ctrl-C", async (signal) => {
    const run = await startReady();
    await query("CREATE TABLE IF NOT EXISTS public.kept AS SELECT 42 AS answer");
    const processes = recordedProcesses(root);
    expect(processes.filter(isRunning)).toHaveLength(4);
    run.kill(signal);
    expect(await run.ended).toEqual({ code: 0, signal: null });
    expect(await stillRunning(processes, 0)).toEqual([]);
    expect(run.stderr()).toBe("");
  });

  it("takes a Ctrl-C that npm passes on as well for one, and ends in order", async () => {
    const run = await startReady();
    run.kill("SIGINT");
    await run.printed("Stopping");
    run.kill("SIGINT");
    expect(await run.ended).toEqual({ code: 0, signal: null });
    expect(readFileSync(join(root, ".clic", "logs", "events.log"), "utf8")).toMatch(/ended in order\n$/);
  });

  it("ends what is deaf at the second Ctrl-C", async () => {
    const run = await startReady({ TEST_EVENTS: "deaf" });
    const began = performance.now();
    run.kill("SIGINT");
    await sleep(600);
    run.kill("SIGINT");
    expect(await run.ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - began).toBeLessThan(8_000);
  });

  it("leaves nothing running after kill -9, and the next start has the data", async () => {
    const run = await startReady();
    expect(await query("SELECT answer FROM public.kept")).toEqual([{ answer: 42 }]);
    const processes = recordedProcesses(root);
    run.kill("SIGKILL");
    expect(await run.ended).toEqual({ code: null, signal: "SIGKILL" });
    expect(await stillRunning(processes, 8_000)).toEqual([]);
    await startReady();
    expect(await query("SELECT answer FROM public.kept")).toEqual([{ answer: 42 }]);
  });

  it("can be started again at once after kill -9, while the rest is still ending", async () => {
    const run = await startReady();
    const processes = recordedProcesses(root);
    run.kill("SIGKILL");
    await run.ended;
    const next = await startReady();
    expect(await stillRunning(processes, 0)).toEqual([]);
    expect(next.stderr()).toBe("");
  });

  it("ends everything when it is stopped, or killed, before it is ready", async () => {
    for (const [signal, waitMs] of [
      ["SIGINT", 400],
      ["SIGKILL", 400],
      ["SIGTERM", 1_000],
    ] as const) {
      const run = start({ TEST_EVENTS: "broken" });
      await sleep(waitMs);
      run.kill(signal);
      await run.ended;
    }
    const run = await startReady();
    expect(run.stderr()).toBe("");
  });

  it("ends when npm, which started it, is killed with kill -9", async () => {
    // A stand-in for npm: it starts a shell that starts the command, and waits.
    const script = `require("node:child_process").spawn("/bin/sh", ["-c", process.argv[1] + "; true"], { stdio: "inherit" });`;
    const standIn = join(import.meta.dirname, "..", "test", "stand-in.main.ts");
    const npm = spawn(process.execPath, ["-e", script, `'${process.execPath}' '${standIn}'`], {
      env: { ...ports, TEST_ROOT: root, PATH: "/usr/bin:/bin", npm_lifecycle_event: "start" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise<void>((resolve) => {
      npm.stdout.on("data", (data) => String(data).includes(ready) && resolve());
    });
    const processes = recordedProcesses(root);
    npm.kill("SIGKILL");
    expect(await stillRunning(processes, 8_000)).toEqual([]);
  });

  it("says in one line that the graph is already running, and leaves it running", async () => {
    const first = await startReady();
    const second = start();
    expect(await second.ended).toMatchObject({ code: 1 });
    expect(second.stderr()).toMatch(new RegExp(`^clic: Already running: process ${first.pid} [^\\n]+\\n$`));
    expect(second.stdout()).toBe("");
    expect(await answers(ports.GATEWAY_PORT)).toBe(200);
  });

  it("names a service that dies, starts it again, and lets the gateway go on meanwhile", async () => {
    const run = await startReady();
    await answers(ports.EVENTS_PORT, "/die");
    await run.printed("events died (exit code 3). It is started again in 1 s.");
    expect(await answers(ports.GATEWAY_PORT)).toBe(200);
    expect(await answers(ports.EVENTS_PORT)).toBe(0);
    await run.printed("events is ready again.");
    expect(await answers(ports.EVENTS_PORT)).toBe(200);
  });

  it("starts PostgreSQL again when it is killed, on the same port and data", async () => {
    const run = await startReady();
    const record = JSON.parse(readFileSync(join(root, ".clic", "postgres", "server.json"), "utf8")) as Record<
      "postgres",
      ProcessIdentity
    >;
    process.kill(record.postgres.pid, "SIGKILL");
    await run.printed("PostgreSQL ended by itself. It is started again in 1 s.");
    await run.printed("PostgreSQL runs again.");
    expect(await query("SELECT answer FROM public.kept")).toEqual([{ answer: 42 }]);
  });

  it("gives up in one line, with what the service said, when a service never gets ready", async () => {
    const run = start({ TEST_EVENTS: "broken" });
    expect(await run.ended).toMatchObject({ code: 1 });
    expect(run.stderr()).toMatch(
      /clic: events does not stay up: Error: the schema is not what I expected \(log: .*events\.log\)\n$/,
    );
  });

  it.each(["GATEWAY_PORT", "EVENTS_PORT", "POSTGRES_PORT"] as const)(
    "names a taken port and %s, which moves it",
    async (setting) => {
      const other = createServer().listen(Number(ports[setting]), "127.0.0.1");
      const run = start();
      expect(await run.ended).toMatchObject({ code: 1 });
      await new Promise((resolve) => other.close(resolve));
      expect(run.stderr()).toMatch(
        new RegExp(`clic: Port ${ports[setting]}, meant for [^\\n]* is taken: [^\\n]*set ${setting} [^\\n]*\\n$`),
      );
    },
  );

  it("refuses a state directory that it cannot write to, and says how to choose another", async () => {
    writeFileSync(join(root, "a-file"), "");
    const run = start({ CLIC_STATE: join(root, "a-file", "state") });
    expect(await run.ended).toMatchObject({ code: 1 });
    expect(run.stderr()).toMatch(
      /^clic: Cannot write to the data directory [^\n]+ or set CLIC_STATE to a directory that is\.\n$/,
    );
  });

  it("refuses one where nothing can be made, even by root, instead of trying forever", async () => {
    const run = start({ CLIC_STATE: process.platform === "linux" ? "/proc/clic" : "/dev/null/clic" });
    expect(await run.ended).toMatchObject({ code: 1 });
    expect(run.stderr()).toMatch(/^clic: Cannot write to the data directory [^\n]+\n$/);
  });

  it("refuses a directory with other things in it, and leaves it as it is", async () => {
    const home = join(root, "home");
    mkdirSync(join(home, "logs"), { recursive: true });
    writeFileSync(join(home, "letter.txt"), "");
    chmodSync(home, 0o755);
    const run = start({ CLIC_STATE: home }, "--fresh");
    expect(await run.ended).toMatchObject({ code: 1 });
    expect(run.stderr()).toMatch(/^clic: \S+home holds other things \(letter\.txt\): set CLIC_STATE to [^\n]+\n$/);
    expect([statSync(home).mode & 0o777, readdirSync(home)]).toEqual([0o755, ["letter.txt", "logs"]]);
  });

  it("begins anew with --fresh", async () => {
    const before = readFileSync(join(root, ".clic", "secrets.json"), "utf8");
    const run = await startReady({}, "--fresh");
    expect(run.stdout()).toContain("Deleted the data in");
    await expect(query("SELECT answer FROM public.kept")).rejects.toThrow(/does not exist/);
    expect(readFileSync(join(root, ".clic", "secrets.json"), "utf8")).not.toBe(before);
  });
});
