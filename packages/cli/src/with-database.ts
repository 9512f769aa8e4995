import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { LocalPostgresError, startPostgres, urlsFor } from "@clic/local-postgres";
import type { ServiceUrls } from "@clic/local-postgres";
import { takeProcessLock } from "@clic/supervisor";
import { Client } from "pg";

import { StartRefused } from "./cli.errors.ts";
import { portRefused } from "./database-server.ts";
import { openSecrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import type { Stack } from "./stack.ts";
import { openStateDirectory, type StateDirectory } from "./state-directory.ts";

/** Where something that needs the stack's database and not the stack finds it. */
export interface FoundDatabase {
  /** By service name. */
  readonly services: Readonly<Record<string, ServiceUrls>>;
}

/**
 * Runs `work` on the database that an earlier start made: on the server of DATABASE_URL, on the PostgreSQL of a start that
 * runs, or on one that is started for it and ended after. Throws StartRefused where there is no such database yet.
 */
export async function withDatabase<Result>(
  { settings, stack }: { readonly settings: Settings; readonly stack: Stack },
  work: (database: FoundDatabase) => Promise<Result>,
): Promise<Result> {
  if (!existsSync(join(settings.stateDirectory, "secrets.json"))) throw noDatabase("nothing was started from here");
  const state = openStateDirectory(settings.stateDirectory);
  const { passwords } = openSecrets(state.secretsFile, stack.services);
  const on = async (adminUrl: string): Promise<Result> => {
    const { services } = urlsFor({ ...stack, adminUrl, passwords });
    for (const { migrationDatabaseUrl } of Object.values(services)) await tryConnecting(migrationDatabaseUrl);
    return await work({ services });
  };
  if (settings.databaseUrl !== null) return await on(settings.databaseUrl);
  if (!existsSync(passwordFile(state))) throw noDatabase("PostgreSQL has not been started from here");

  const lock = takeProcessLock(state.lockFile);
  const port = settings.ports["postgres"];
  if (port === undefined) throw new Error("The settings name no port for PostgreSQL.");
  if (!lock.taken) {
    const password = readFileSync(passwordFile(state), "utf8").trim();
    return await on(`postgresql://postgres:${password}@127.0.0.1:${port.port}/postgres`);
  }
  try {
    const server = await startPostgres({ dataDirectory: state.postgres, port: port.port }).catch((error: unknown) => {
      throw error instanceof LocalPostgresError && error.code === "PORT_TAKEN"
        ? portRefused("PostgreSQL", port)
        : error;
    });
    try {
      return await on(server.adminUrl);
    } finally {
      await server.stop();
    }
  } finally {
    lock.release();
  }
}

function passwordFile(state: StateDirectory): string {
  return join(state.postgres, "superuser-password");
}

async function tryConnecting(connectionString: string): Promise<void> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (error) {
    throw noDatabase((error as Error).message);
  } finally {
    await client.end().catch(() => {});
  }
}

function noDatabase(reason: string): StartRefused {
  return new StartRefused(
    `The graph has no database here that can be reached (${reason}): run npm start once, and then this again, with the same settings.`,
  );
}
