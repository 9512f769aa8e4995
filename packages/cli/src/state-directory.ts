import { accessSync, chmodSync, constants, existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { StartRefused } from "./cli.errors.ts";

/** Where one checkout keeps what it must find again. */
export interface StateDirectory {
  readonly path: string;
  readonly postgres: string;
  readonly logs: string;
  readonly secretsFile: string;
  /** The development issuer's signing keys: tokens outlive a restart by it. */
  readonly issuerKeysFile: string;
  readonly lockFile: string;
  readonly childrenFile: string;
  /** Node's compile cache: a second start is quicker by it. */
  readonly compileCache: string;
  /** Builds of the explorer, by the fingerprint of their sources. */
  readonly explorer: string;
}

/**
 * Makes the state directory, private to its user. As root, others may pass through it and see nothing, because
 * PostgreSQL runs as another user and its data lies below. Throws StartRefused when it cannot be written, or holds what
 * is not ours: its mode is changed here, and --fresh deletes in it.
 */
export function openStateDirectory(path: string): StateDirectory {
  const state: StateDirectory = {
    path,
    postgres: join(path, "postgres"),
    logs: join(path, "logs"),
    secretsFile: join(path, "secrets.json"),
    issuerKeysFile: join(path, "issuer-keys.json"),
    lockFile: join(path, "lock"),
    childrenFile: join(path, "children.json"),
    compileCache: join(path, "cache"),
    explorer: join(path, "explorer"),
  };
  try {
    const made = !existsSync(path);
    makeDirectory(path);
    refuseForeign(state);
    if (made || statSync(path).uid === process.getuid?.()) chmodSync(path, process.getuid?.() === 0 ? 0o711 : 0o700);
    accessSync(path, constants.W_OK | constants.X_OK);
    for (const directory of [state.logs, state.compileCache]) mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    if (error instanceof StartRefused) throw error;
    throw new StartRefused(
      `Cannot write to the data directory ${path} (${(error as NodeJS.ErrnoException).code ?? "unknown"}): make it writable, or set CLIC_STATE to a directory that is.`,
      { cause: error },
    );
  }
  return state;
}

/** Node's own `recursive` never comes back where nothing can be made: take it once mkdirSync of /proc/a/b throws. */
function makeDirectory(path: string): void {
  if (existsSync(path)) return;
  makeDirectory(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

function refuseForeign({ path, ...files }: StateDirectory): void {
  const stem = (name: string): string => name.split(".")[0] ?? "";
  const ours = new Set(["", ...Object.values(files).map((file) => stem(basename(file)))]);
  const foreign = readdirSync(path).find((entry) => !ours.has(stem(entry)));
  if (foreign === undefined) return;
  throw new StartRefused(
    `${path} holds other things (${foreign}): set CLIC_STATE to a directory that is empty or not there yet.`,
  );
}

/** Forgets passwords, keys and logs. The data of PostgreSQL is not among them. */
export function clearStateDirectory(state: StateDirectory): void {
  for (const path of [state.secretsFile, state.logs]) rmSync(path, { recursive: true, force: true });
  mkdirSync(state.logs, { mode: 0o700 });
}
