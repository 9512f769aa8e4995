import { Client } from "pg";
import type { DatabaseError } from "pg";

import { LocalPostgresError } from "./local-postgres.errors.ts";

/** The same server and options, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.href;
}

/** The same server, database and options, another login. */
export function withLogin(url: string, role: string, password: string): string {
  const changed = new URL(url);
  changed.username = encodeURIComponent(role);
  changed.password = encodeURIComponent(password);
  return changed.href;
}

/**
 * Runs `work` on one connection and closes it. A failure to connect, and a right that the login lacks, become
 * LocalPostgresError (UNREACHABLE, RIGHTS_MISSING) with the server and the cure, never the password.
 */
export async function withConnection<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const target = describe(url);
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: "clic" });
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => {});
    const reason = (error as Error).message || ((error as NodeJS.ErrnoException).code ?? "no answer");
    throw new LocalPostgresError(
      "UNREACHABLE",
      `Cannot connect to PostgreSQL at ${target} (${reason}): start it, or correct DATABASE_URL.`,
      { cause: error },
    );
  }
  try {
    return await work(client);
  } catch (error) {
    // 42501: insufficient_privilege.
    if ((error as DatabaseError).code !== "42501") throw error;
    throw new LocalPostgresError(
      "RIGHTS_MISSING",
      `The login of DATABASE_URL lacks a right on ${target} (${(error as Error).message}): it must be a superuser, or have CREATEDB and CREATEROLE.`,
      { cause: error },
    );
  } finally {
    await client.end().catch(() => {});
  }
}

/** Roles and databases are the cluster's: whoever changes them holds this lock, so that any number may provision at once. */
export async function underProvisioningLock<T>(client: Client, work: () => Promise<T>): Promise<T> {
  const key = 4_215_604_001;
  await client.query("SELECT pg_advisory_lock($1)", [key]);
  try {
    return await work();
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [key]);
  }
}

function describe(url: string): string {
  try {
    const { username, host, pathname } = new URL(url);
    return `${decodeURIComponent(username)}@${host}${pathname}`;
  } catch {
    throw new LocalPostgresError(
      "UNREACHABLE",
      "DATABASE_URL is not a URL: write it as postgresql://user:password@host:5432/postgres.",
    );
  }
}
