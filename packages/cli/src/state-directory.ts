import { accessSync, chmodSync, constants, existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

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
}

/**
 * Makes the state directory, private to its user. As root, others may pass through it and see nothing, because
 * PostgreSQL runs as another user and its data lies below. Throws StartRefused when it cannot be written.
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
  };
  try {
    const made = !existsSync(path);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (made || statSync(path).uid === process.getuid?.()) chmodSync(path, process.getuid?.() === 0 ? 0o711 : 0o700);
    accessSync(path, constants.W_OK | constants.X_OK);
    for (const directory of [state.logs, state.compileCache]) mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StartRefused(
      `Cannot write to the data directory ${path} (${(error as NodeJS.ErrnoException).code ?? "unknown"}): make it writable, or set CLIC_STATE to a directory that is.`,
      { cause: error },
    );
  }
  return state;
}

/** Forgets passwords, keys and logs. The data of PostgreSQL is not among them. */
export function clearStateDirectory(state: StateDirectory): void {
  for (const path of [state.secretsFile, state.logs, state.compileCache])
    rmSync(path, { recursive: true, force: true });
  for (const path of [state.logs, state.compileCache]) mkdirSync(path, { recursive: true, mode: 0o700 });
}
