import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

import { endProcess, identifyProcess } from "@clic/supervisor";

import { LocalPostgresError } from "../local-postgres.errors.ts";
import { postgresEndingSteps } from "../server-record.ts";
import type { GuardianOrder, GuardianReport } from "./guardian.messages.ts";

export interface Guardian {
  /** PostgreSQL's pid. */
  readonly pid: number;
  readonly ended: Promise<void>;
  hasEnded(): boolean;
  stop(): Promise<void>;
}

/** Starts a guardian and through it PostgreSQL; answers once PostgreSQL has a pid, ready or not. */
export async function startGuardian(order: GuardianOrder): Promise<Guardian> {
  const child = spawn(process.execPath, [fileURLToPath(new URL("./main.ts", import.meta.url)), JSON.stringify(order)], {
    cwd: "/",
    // A session of its own: what a terminal sends to the starter's process group must not reach PostgreSQL.
    detached: true,
    env: {},
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  let over = false;
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => {
      over = true;
      resolve();
    });
    child.once("error", () => {
      over = true;
      resolve();
    });
  });
  const first = await new Promise<GuardianReport | null>((resolve) => {
    child.once("message", (message) => resolve(message as GuardianReport));
    void ended.then(() => resolve(null));
  });
  if (first === null || first.type !== "started") {
    await ended;
    throw new LocalPostgresError("START_FAILED", `PostgreSQL could not be run (see ${order.logFile}).`);
  }
  const postgres = identifyProcess(first.pid);
  child.on("message", (message) => {
    if ((message as GuardianReport).type === "exited") over = true;
  });
  // Should the guardian itself be killed, PostgreSQL has no parent to end it: the starter does.
  const cleaned = ended.then(async () => {
    if (postgres !== null) await endProcess(postgres, postgresEndingSteps);
  });
  // The starter may end without stopping: that is what the guardian is for.
  child.unref();
  child.channel?.unref();

  return {
    pid: first.pid,
    ended: cleaned,
    hasEnded: () => over,
    stop: async () => {
      if (child.connected) child.send({ type: "stop" }, () => {});
      child.ref();
      await cleaned;
    },
  };
}
