import { escapeIdentifier, escapeLiteral } from "pg";
import type { Client } from "pg";

import { withConnection, withDatabase } from "./admin-connection.ts";
import { LocalPostgresError } from "./local-postgres.errors.ts";
import { ownerRole, ownershipMark, serviceRole } from "./provision-roles.ts";

/**
 * Makes a database unless it is there, and lets only these roles connect to it. Answers whether it was made now. Refuses
 * one that was not made here, unless it is empty (a start was cut short before it could mark it).
 */
export async function ensureDatabase(
  admin: Client,
  adminUrl: string,
  database: string,
  options: { readonly owner?: string; readonly roles: readonly string[] },
): Promise<boolean> {
  const standing = await databaseStanding(admin, database);
  const name = escapeIdentifier(database);
  if (standing === "foreign" && !(await isEmpty(withDatabase(adminUrl, database)))) throw notOurs(database);
  if (standing === "absent") {
    const owner = options.owner === undefined ? "" : ` OWNER ${escapeIdentifier(options.owner)}`;
    await admin.query(`CREATE DATABASE ${name}${owner}`);
  }
  const roles = options.roles.map((role) => escapeIdentifier(role)).join(", ");
  await admin.query(
    `REVOKE ALL ON DATABASE ${name} FROM PUBLIC; GRANT CONNECT ON DATABASE ${name} TO ${roles};
     COMMENT ON DATABASE ${name} IS ${escapeLiteral(ownershipMark)}`,
  );
  return standing === "absent";
}

/** Drops those of the databases that were made here, cutting off who is connected; answers which. Refuses others. */
export async function dropDatabases(adminUrl: string, databases: readonly string[]): Promise<readonly string[]> {
  return withConnection(adminUrl, async (admin) => {
    const dropped: string[] = [];
    for (const database of databases) {
      const standing = await databaseStanding(admin, database);
      if (standing === "foreign") throw notOurs(database);
      if (standing === "absent") continue;
      await admin.query(`DROP DATABASE ${escapeIdentifier(database)} WITH (FORCE)`);
      dropped.push(database);
    }
    return dropped;
  });
}

async function databaseStanding(admin: Client, database: string): Promise<"absent" | "ours" | "foreign"> {
  const found = await admin.query<{ ours: boolean }>(
    `SELECT shobj_description(oid, 'pg_database') IS NOT DISTINCT FROM $2 AS ours FROM pg_database WHERE datname = $1`,
    [database, ownershipMark],
  );
  if (found.rows[0] === undefined) return "absent";
  return found.rows[0].ours ? "ours" : "foreign";
}

async function isEmpty(url: string): Promise<boolean> {
  return withConnection(url, async (client) => {
    const found = await client.query(
      `SELECT FROM pg_namespace WHERE nspname <> 'public' AND nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
       UNION ALL SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace LIMIT 1`,
    );
    return found.rowCount === 0;
  });
}

function notOurs(database: string): LocalPostgresError {
  return new LocalPostgresError(
    "RIGHTS_MISSING",
    `The database ${database} on this server was not made by this project: rename or drop it, or use another server.`,
  );
}

/**
 * Makes each schema with its owner and the rights of its service role: the owner owns and migrates, the service reads and
 * writes rows of what the owner makes, and nobody else sees the schema. `client` is connected to the database itself.
 */
export async function provisionSchemas(client: Client, schemas: readonly string[]): Promise<void> {
  const statements = ["REVOKE ALL ON SCHEMA public FROM PUBLIC"];
  for (const schema of schemas) {
    const name = escapeIdentifier(schema);
    const owner = escapeIdentifier(ownerRole(schema));
    const service = escapeIdentifier(serviceRole(schema));
    const byDefault = `ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA ${name} GRANT`;
    statements.push(
      `CREATE SCHEMA IF NOT EXISTS ${name} AUTHORIZATION ${owner}`,
      `GRANT USAGE ON SCHEMA ${name} TO ${service}`,
      `${byDefault} SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${service}`,
      `${byDefault} USAGE, SELECT ON SEQUENCES TO ${service}`,
    );
  }
  await client.query(statements.join(";\n"));
}
