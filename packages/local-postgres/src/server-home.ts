import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, lstatSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { LocalPostgresError } from "./local-postgres.errors.ts";
import { originFile, relocatedPgdata } from "./relocated-data.ts";
import type { ServerAccount } from "./server-account.ts";

/** Where one cluster's files are. */
export interface ServerHome {
  /** Record, log and password; belongs to whoever starts PostgreSQL. */
  readonly controlDirectory: string;
  /** PGDATA: 0700, owned by the account PostgreSQL runs as. */
  readonly pgdata: string;
  /** A directory that the account can enter, for a copy of the binaries where those installed cannot be run. */
  readonly reachableDirectory: string;
  /** What to delete to be rid of the data. */
  readonly disposable: readonly string[];
}

/** Where root's data goes when the account that PostgreSQL runs as cannot enter the checkout. */
export const defaultStateRoots: readonly string[] = ["/var/lib/clic", join(tmpdir(), "clic-root")];

/**
 * Makes and finds the directories of the cluster that `dataDirectory` names. PGDATA lies inside it, unless root starts
 * PostgreSQL and its account cannot enter `dataDirectory`: then PGDATA lies in the first usable of `stateRoots`, where
 * the next start finds it.
 */
export function openServerHome(
  dataDirectory: string,
  account: ServerAccount | null,
  stateRoots: readonly string[] = defaultStateRoots,
): ServerHome {
  makeDirectory(dataDirectory, account === null ? 0o700 : 0o711);
  if (account === null || canEnter(dataDirectory, account)) {
    const pgdata = join(dataDirectory, "pgdata");
    return { controlDirectory: dataDirectory, pgdata, reachableDirectory: dataDirectory, disposable: [pgdata] };
  }
  const stateRoot = stateRoots.find((candidate) => prepareStateRoot(candidate, account));
  if (stateRoot === undefined) {
    throw new LocalPostgresError(
      "DATA_DIRECTORY_UNUSABLE",
      `The user ${account.name}, which PostgreSQL runs as, can enter neither ${dataDirectory} nor ${stateRoots.join(" nor ")}: chmod o+x one of them and the folders above, or start as an ordinary user.`,
    );
  }
  const pgdata = relocatedPgdata(stateRoot, dataDirectory);
  return {
    controlDirectory: dataDirectory,
    pgdata,
    reachableDirectory: stateRoot,
    disposable: [pgdata, originFile(pgdata)],
  };
}

/** Makes PGDATA, empty and private, for the account to fill. */
export function makePgdata(pgdata: string, account: ServerAccount | null): void {
  makeDirectory(pgdata, 0o700);
  chmodSync(pgdata, 0o700);
  if (account !== null) chownSync(pgdata, account.uid, account.gid);
}

function makeDirectory(path: string, mode: number): void {
  try {
    mkdirSync(path, { recursive: true, mode });
  } catch (error) {
    throw new LocalPostgresError(
      "DATA_DIRECTORY_UNUSABLE",
      `Cannot make the data directory ${path} (${(error as NodeJS.ErrnoException).code ?? "unknown"}): make it writable, or set CLIC_STATE to a directory that is.`,
      { cause: error },
    );
  }
}

function canEnter(directory: string, account: ServerAccount): boolean {
  // Asked of the system rather than worked out from mode bits: access lists and mounts have a say too.
  const probe = spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", directory], {
    uid: account.uid,
    gid: account.gid,
    cwd: "/",
    stdio: "ignore",
  });
  return probe.status === 0;
}

function prepareStateRoot(path: string, account: ServerAccount): boolean {
  try {
    mkdirSync(path, { recursive: true, mode: 0o711 });
    const found = lstatSync(path);
    // A temporary directory is everybody's: what another user put there under this name is not to be trusted.
    if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) return false;
    return canEnter(path, account);
  } catch {
    return false;
  }
}
