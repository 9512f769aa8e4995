import { escapeIdentifier } from "pg";
import type { Client } from "pg";

import { ownerRole, serviceRole } from "./provision-roles.ts";

/** Makes a database unless it is there, and lets only these roles connect to it. Answers whether it was made now. */
export async function ensureDatabase(
  admin: Client,
  database: string,
  options: { readonly owner?: string; readonly roles: readonly string[] },
): Promise<boolean> {
  const found = await admin.query("SELECT 1 FROM pg_database WHERE datname = $1", [database]);
  const name = escapeIdentifier(database);
  const made = found.rowCount === 0;
  if (made) {
    const owner = options.owner === undefined ? "" : ` OWNER ${escapeIdentifier(options.owner)}`;
    await admin.query(`CREATE DATABASE ${name}${owner}`);
  }
  const roles = options.roles.map((role) => escapeIdentifier(role)).join(", ");
  await admin.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC; GRANT CONNECT ON DATABASE ${name} TO ${roles}`);
  return made;
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
