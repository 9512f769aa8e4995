import { execFileSync } from "node:child_process";

import { LocalPostgresError } from "./local-postgres.errors.ts";

/** The user that PostgreSQL runs as when root starts it. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

/**
 * The account to run PostgreSQL under: null for an ordinary user (it runs as they do). PostgreSQL refuses root, so root
 * gets the system's `postgres` or else `nobody`; no user is created. initdb needs one that /etc/passwd knows.
 */
export function serverAccount(): ServerAccount | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ["postgres", "nobody"]) {
    const uid = idOf("-u", name);
    const gid = idOf("-g", name);
    if (uid !== null && gid !== null && uid !== 0) return { uid, gid, name };
  }
  throw new LocalPostgresError(
    "NO_SERVER_ACCOUNT",
    'PostgreSQL does not run as root and there is no user "postgres" or "nobody": start as another user, or set DATABASE_URL to a server of yours.',
  );
}

function idOf(flag: "-u" | "-g", name: string): number | null {
  try {
    const printed = execFileSync("id", [flag, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    const id = Number(printed.trim());
    return Number.isSafeInteger(id) ? id : null;
  } catch {
    return null;
  }
}
