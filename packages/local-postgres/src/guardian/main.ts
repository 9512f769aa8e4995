/**
 * The parent of one PostgreSQL. It lives in a session of its own, so a terminal's Ctrl-C or hang-up reaches neither, and
 * it holds one end of an IPC channel: when the other end closes, however its holder ended, PostgreSQL is shut down.
 */
import { spawn } from "node:child_process";
import { closeSync, openSync, rmSync } from "node:fs";

import { identifyProcess } from "@clic/supervisor";

import { postgresEndingSteps, writeServerRecord } from "../server-record.ts";
import type { GuardianOrder, GuardianReport } from "./guardian.messages.ts";

const order = JSON.parse(process.argv[2] ?? "") as GuardianOrder;
for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => {});

const log = openSync(order.logFile, "a", 0o600);
const postgres = spawn(order.command, [...order.args], {
  cwd: "/",
  env: { LC_ALL: "C", TZ: "UTC" },
  stdio: ["ignore", log, log],
  ...(order.uid === null || order.gid === null ? {} : { uid: order.uid, gid: order.gid }),
});
closeSync(log);

let stopping = false;
function stop(): void {
  if (stopping) return;
  stopping = true;
  let delay = 0;
  for (const [signal, waitMs] of postgresEndingSteps) {
    setTimeout(() => postgres.kill(signal), delay).unref();
    delay += waitMs;
  }
}

function report(message: GuardianReport): void {
  if (process.connected) process.send?.(message, () => {});
}

function finish(code: number | null, signal: string | null): void {
  rmSync(order.recordFile, { force: true });
  report({ type: "exited", code, signal });
  for (const path of order.removeAfterwards) rmSync(path, { recursive: true, force: true });
  if (process.connected) process.disconnect();
  process.exitCode = 0;
}

postgres.on("exit", finish);
postgres.on("error", (error) => finish(null, error.message));
process.on("disconnect", stop);
process.on("message", stop);
process.on("SIGTERM", stop);

const guardian = identifyProcess(process.pid);
const child = postgres.pid === undefined ? null : identifyProcess(postgres.pid);
if (guardian !== null && child !== null) {
  writeServerRecord(order.recordFile, { starter: order.starter, guardian, postgres: child });
  report({ type: "started", pid: child.pid });
}
if (!process.connected) stop();
