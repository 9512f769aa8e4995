import { createHash, randomBytes } from "node:crypto";
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const idFile = "cluster-id";
const suffix = ".origin";

/**
 * Where, below `stateRoot`, the data of `dataDirectory` lies: a name made of the path and of an id kept in
 * `dataDirectory`. Deletes what a deleted directory left there: one at the same path, and any below the temporary
 * directory, where tests come and go. Elsewhere a directory that is not to be seen may only be a disk not mounted.
 */
export function relocatedPgdata(stateRoot: string, dataDirectory: string): string {
  const stem = createHash("sha256").update(dataDirectory).digest("hex").slice(0, 12);
  const name = `${stem}-${clusterId(dataDirectory) ?? newClusterId(dataDirectory)}`;
  for (const entry of readdirSync(stateRoot)) {
    if (entry.startsWith(`${stem}-`) && !entry.startsWith(name)) {
      rmSync(join(stateRoot, entry), { recursive: true, force: true });
    }
  }
  writeFileSync(join(stateRoot, `${name}${suffix}`), `${dataDirectory}\n`, { mode: 0o600 });
  for (const entry of readdirSync(stateRoot)) if (entry.endsWith(suffix)) sweep(stateRoot, entry);
  return join(stateRoot, name);
}

/** The file that says whose the data is; it goes when the data goes. */
export function originFile(pgdata: string): string {
  return `${pgdata}${suffix}`;
}

function sweep(stateRoot: string, entry: string): void {
  const pgdata = join(stateRoot, entry.slice(0, -suffix.length));
  let origin: string;
  try {
    origin = readFileSync(join(stateRoot, entry), "utf8").trim();
  } catch {
    return;
  }
  const isTemporary = origin.startsWith(join(tmpdir(), "/"));
  if (!isTemporary || existsSync(join(origin, idFile)) || existsSync(join(pgdata, "postmaster.pid"))) return;
  for (const path of [pgdata, originFile(pgdata)]) rmSync(path, { recursive: true, force: true });
}

function clusterId(dataDirectory: string): string | null {
  try {
    const id = readFileSync(join(dataDirectory, idFile), "utf8").trim();
    return /^[0-9a-f]{16}$/.test(id) ? id : null;
  } catch {
    return null;
  }
}

function newClusterId(dataDirectory: string): string {
  const id = randomBytes(8).toString("hex");
  writeFileSync(join(dataDirectory, idFile), `${id}\n`, { mode: 0o600 });
  return id;
}
