import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";

import { LocalPostgresError } from "./local-postgres.errors.ts";
import type { ServerAccount } from "./server-account.ts";
import type { ServerBinaries } from "./server-binaries.ts";
import { makePgdata } from "./server-home.ts";
import type { ServerHome } from "./server-home.ts";

export const superuser = "postgres";

/**
 * Runs initdb unless the cluster is there already, and answers the superuser's password, kept 0600 in the control
 * directory. Sorting is by code point
 * (PostgreSQL's own C.UTF-8), so an order does not depend on the machine's locales.
 */
export async function initialiseCluster(
  home: ServerHome,
  account: ServerAccount | null,
  binaries: ServerBinaries,
  ephemeral: boolean,
): Promise<string> {
  const passwordFile = join(home.controlDirectory, "superuser-password");
  if (existsSync(home.pgdata)) {
    if (existsSync(passwordFile)) return readFileSync(passwordFile, "utf8").trim();
    throw new LocalPostgresError(
      "DATA_DIRECTORY_UNUSABLE",
      `${home.pgdata} holds data whose password, ${passwordFile}, is gone: bring it back, or move the data away to begin anew.`,
    );
  }
  removeUnfinished(home.pgdata);
  // Made under another name and moved when whole, so that PGDATA is there or not, never half.
  const unfinished = `${home.pgdata}.new-${randomBytes(6).toString("hex")}`;
  makePgdata(unfinished, account);
  const password = randomBytes(24).toString("base64url");
  const handedOver = join(home.reachableDirectory, `.password-${randomBytes(6).toString("hex")}`);
  try {
    writeFileSync(handedOver, `${password}\n`, { mode: 0o600, flag: "wx" });
    if (account !== null) chownSync(handedOver, account.uid, account.gid);
    await run(binaries.initdb, initdbArguments(unfinished, handedOver, ephemeral), account);
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    renameSync(unfinished, home.pgdata);
  } finally {
    rmSync(handedOver, { force: true });
    rmSync(unfinished, { recursive: true, force: true });
  }
  return password;
}

function removeUnfinished(pgdata: string): void {
  for (const entry of readdirSync(dirname(pgdata))) {
    if (!entry.startsWith(`${basename(pgdata)}.new-`)) continue;
    rmSync(join(dirname(pgdata), entry), { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

function initdbArguments(pgdata: string, passwordFile: string, ephemeral: boolean): string[] {
  return [
    `--pgdata=${pgdata}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
    ...(ephemeral ? ["--no-sync"] : []),
  ];
}

async function run(command: string, args: readonly string[], account: ServerAccount | null): Promise<void> {
  try {
    await promisify(execFile)(command, args, {
      cwd: "/",
      env: { LC_ALL: "C", TZ: "UTC" },
      ...(account === null ? {} : { uid: account.uid, gid: account.gid }),
    });
  } catch (error) {
    const reason = (error as { stderr?: string }).stderr?.trim().split("\n").slice(0, 3).join(" ") || String(error);
    throw new LocalPostgresError("START_FAILED", `PostgreSQL could not make its data directory: ${reason}`, {
      cause: error,
    });
  }
}
