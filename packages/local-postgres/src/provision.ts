import type { Client } from "pg";

import { underProvisioningLock, withConnection, withDatabase, withLogin } from "./admin-connection.ts";
import { LocalPostgresError } from "./local-postgres.errors.ts";
import { ensureDatabase, provisionSchemas } from "./provision-database.ts";
import { busRole, ownerRole, provisionRoles, serviceRole } from "./provision-roles.ts";

/** As `server_version_num`. */
const oldestServer = 160_000;

export interface ProvisionOptions {
  /** A superuser, or a login with CREATEDB and CREATEROLE. */
  readonly adminUrl: string;
  readonly database: string;
  readonly busDatabase: string;
  readonly services: readonly { readonly name: string; readonly schema: string }[];
  /** By role: `<schema>_owner` and `<schema>_service` for each service, and `bus`. */
  readonly passwords: Readonly<Record<string, string>>;
}

export interface ServiceUrls {
  readonly databaseUrl: string;
  readonly migrationDatabaseUrl: string;
}

export interface Provisioned {
  /** By service name. */
  readonly services: Readonly<Record<string, ServiceUrls>>;
  readonly busDatabaseUrl: string;
  /** The databases that this call made; those it found are not among them. */
  readonly made: readonly string[];
}

/**
 * Makes roles, databases, schemas and rights, or brings them to what they should be; safe to repeat and to run from
 * several processes at once. Sets the passwords of the roles, which are the whole server's: another set of passwords on
 * the same server locks the earlier one out.
 */
export async function provision(options: ProvisionOptions): Promise<Provisioned> {
  const { adminUrl, database, busDatabase, passwords } = options;
  const schemas = options.services.map((service) => service.schema);
  const made = await withConnection(adminUrl, (admin) =>
    underProvisioningLock(admin, async () => {
      await refuseOldServer(admin);
      await provisionRoles(admin, schemas, passwords);
      const roles = schemas.flatMap((schema) => [ownerRole(schema), serviceRole(schema)]);
      const here: string[] = [];
      if (await ensureDatabase(admin, adminUrl, database, { roles })) here.push(database);
      if (await ensureDatabase(admin, adminUrl, busDatabase, { owner: busRole, roles: [busRole] }))
        here.push(busDatabase);
      await withConnection(withDatabase(adminUrl, database), (client) => provisionSchemas(client, schemas));
      return here;
    }),
  );
  return { ...urlsFor(options), made };
}

async function refuseOldServer(admin: Client): Promise<void> {
  const found = await admin.query<{ version: number }>("SELECT current_setting('server_version_num')::int AS version");
  const version = found.rows[0]?.version ?? 0;
  if (version >= oldestServer) return;
  throw new LocalPostgresError(
    "SERVER_TOO_OLD",
    `The server of DATABASE_URL is PostgreSQL ${Math.floor(version / 10_000)}: use version ${oldestServer / 10_000} or newer.`,
  );
}

/** The URLs that `provision` answers, without asking the server. */
export function urlsFor(options: ProvisionOptions): Omit<Provisioned, "made"> {
  const { adminUrl, database, busDatabase, passwords } = options;
  const login = (databaseName: string, role: string): string =>
    withLogin(withDatabase(adminUrl, databaseName), role, passwords[role] ?? "");
  return {
    services: Object.fromEntries(
      options.services.map(({ name, schema }) => [
        name,
        {
          databaseUrl: login(database, serviceRole(schema)),
          migrationDatabaseUrl: login(database, ownerRole(schema)),
        },
      ]),
    ),
    busDatabaseUrl: login(busDatabase, busRole),
  };
}
