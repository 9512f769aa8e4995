import { existsSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { identifyProcess } from "@clic/supervisor";

import { findFreePort, isPortFree } from "./free-port.ts";
import { startGuardian } from "./guardian/start-guardian.ts";
import type { Guardian } from "./guardian/start-guardian.ts";
import { initialiseCluster, superuser } from "./initialise-cluster.ts";
import { LocalPostgresError } from "./local-postgres.errors.ts";
import { serverAccount } from "./server-account.ts";
import { findServerBinaries } from "./server-binaries.ts";
import { defaultStateRoots, openServerHome } from "./server-home.ts";
import { recordFile, recoverServer } from "./server-record.ts";

export interface StartPostgresOptions {
  /** Made when it is not there. Belongs to this one server. */
  readonly dataDirectory: string;
  /** Loopback port; a free one when absent. */
  readonly port?: number;
  /** Faster and not crash-safe (fsync off), and the data is deleted when the server ends: for tests. */
  readonly ephemeral?: boolean;
  /** What is being done, a few words at a time. */
  readonly onProgress?: (doing: string) => void;
  /** Where root's data goes when PostgreSQL's account cannot enter `dataDirectory`. */
  readonly stateRoots?: readonly string[];
}

export interface LocalPostgres {
  /** Admin URL: the superuser, database `postgres`, password included. */
  readonly adminUrl: string;
  readonly port: number;
  readonly pid: number;
  /** Where the data really is; see `openServerHome`. */
  readonly pgdata: string;
  readonly logFile: string;
  /** Settles when PostgreSQL has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Shuts down and waits: clients are cut off, what was committed is kept. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL 18 on this machine's loopback, with a password and without unix sockets, and waits until it takes
 * connections. It ends with the calling process, however that ends. Clears up after an earlier start that was killed.
 * Throws LocalPostgresError: PORT_TAKEN, ALREADY_RUNNING, DATA_DIRECTORY_UNUSABLE, BINARIES_UNUSABLE, NO_SERVER_ACCOUNT,
 * START_FAILED.
 */
export async function startPostgres(options: StartPostgresOptions): Promise<LocalPostgres> {
  const dataDirectory = resolve(options.dataDirectory);
  const progress = options.onProgress ?? (() => {});
  const ephemeral = options.ephemeral ?? false;
  const account = serverAccount();
  const home = openServerHome(dataDirectory, account, options.stateRoots ?? defaultStateRoots);
  const logFile = join(home.controlDirectory, "server.log");

  await recoverServer(home.controlDirectory, home.pgdata);
  if (options.port !== undefined && !(await isPortFree(options.port))) throw portTaken(options.port);
  const binaries = findServerBinaries(home.reachableDirectory, account);
  if (!existsSync(home.pgdata)) progress("making the data directory");
  const password = await initialiseCluster(home, account, binaries, ephemeral);

  progress("starting the server");
  rotate(logFile);
  const starter = identifyProcess(process.pid);
  if (starter === null) throw new LocalPostgresError("START_FAILED", "This process cannot tell its own start time.");

  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await findFreePort());
    const logStart = existsSync(logFile) ? statSync(logFile).size : 0;
    const guardian = await startGuardian({
      starter,
      command: binaries.postgres,
      args: serverArguments(home.pgdata, port, ephemeral),
      uid: account?.uid ?? null,
      gid: account?.gid ?? null,
      recordFile: recordFile(home.controlDirectory),
      logFile,
      removeAfterwards: ephemeral ? [...home.disposable, dataDirectory] : [],
    });
    if (await isAccepting(guardian, home.pgdata)) {
      const adminUrl = `postgresql://${superuser}:${password}@127.0.0.1:${port}/postgres`;
      return {
        adminUrl,
        port,
        pid: guardian.pid,
        pgdata: home.pgdata,
        logFile,
        ended: guardian.ended,
        stop: () => guardian.stop(),
      };
    }
    await guardian.stop();
    const printed = existsSync(logFile) ? readFileSync(logFile, "utf8").slice(logStart) : "";
    // The last backends of a killed server hold its shared memory for a moment; a free port can be gone again.
    const passing = /shared memory block/.test(printed) || (/Address already in use/.test(printed) && !options.port);
    if (passing && attempt < 20) {
      await sleep(250);
      continue;
    }
    if (/Address already in use/.test(printed)) throw portTaken(port);
    const reason = /(?:FATAL|PANIC): .*/.exec(printed)?.[0] ?? "it ended without a word";
    throw new LocalPostgresError("START_FAILED", `PostgreSQL did not start: ${reason} (see ${logFile}).`);
  }
}

/**
 * Deletes the data of a server that is not running, wherever it lies, and the files about it; nothing else in
 * `dataDirectory`. What an earlier start left running on it is ended first. Throws ALREADY_RUNNING.
 */
export async function removePostgres(
  dataDirectory: string,
  stateRoots: readonly string[] = defaultStateRoots,
): Promise<void> {
  const directory = resolve(dataDirectory);
  if (!existsSync(directory)) return;
  const home = openServerHome(directory, serverAccount(), stateRoots);
  await recoverServer(home.controlDirectory, home.pgdata);
  for (const path of home.disposable) rmSync(path, { recursive: true, force: true });
  for (const file of ["superuser-password", "cluster-id", "server.log", "server.previous.log"]) {
    rmSync(join(directory, file), { force: true });
  }
}

function portTaken(port: number): LocalPostgresError {
  return new LocalPostgresError("PORT_TAKEN", `Port ${port} on 127.0.0.1, meant for PostgreSQL, is taken.`);
}

function serverArguments(pgdata: string, port: number, ephemeral: boolean): string[] {
  const settings: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    port: String(port),
    max_connections: "200",
    timezone: "UTC",
    log_timezone: "UTC",
    ...(ephemeral
      ? { fsync: "off", synchronous_commit: "off", full_page_writes: "off", wal_level: "minimal", max_wal_senders: "0" }
      : {}),
  };
  return ["-D", pgdata, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}

/** PostgreSQL writes its state to the last line of its pid file, so no stranger on the port can be taken for it. */
async function isAccepting(guardian: Guardian, pgdata: string): Promise<boolean> {
  const file = join(pgdata, "postmaster.pid");
  while (!guardian.hasEnded()) {
    try {
      const lines = readFileSync(file, "utf8").split("\n");
      if (Number(lines[0]) === guardian.pid && lines[7]?.trim() === "ready") return true;
    } catch {
      // Not written yet.
    }
    await sleep(15);
  }
  return false;
}

function rotate(logFile: string): void {
  if (existsSync(logFile) && statSync(logFile).size > 5_000_000) {
    renameSync(logFile, join(dirname(logFile), "server.previous.log"));
  }
}
