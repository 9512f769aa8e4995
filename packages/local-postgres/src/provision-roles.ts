import { escapeIdentifier, escapeLiteral } from "pg";
import type { Client } from "pg";

import { LocalPostgresError } from "./local-postgres.errors.ts";

/** The one role that owns the bus database. */
export const busRole = "bus";

/** Owns the schema and runs migrations. */
export function ownerRole(schema: string): string {
  return `${schema}_owner`;
}

/** What the running service logs in as; owns nothing. */
export function serviceRole(schema: string): string {
  return `${schema}_service`;
}

/** Every role that these schemas and the bus need, with the search path each begins with (null: the server's own). */
export function rolesOf(schemas: readonly string[]): ReadonlyMap<string, string | null> {
  const roles = new Map<string, string | null>([[busRole, null]]);
  for (const schema of schemas) roles.set(ownerRole(schema), schema).set(serviceRole(schema), schema);
  return roles;
}

/**
 * Makes the roles that are missing and gives each its password and search path. Roles are the cluster's, not a
 * database's: two databases on one server share them. Refuses a role that exists and could pass row-level security.
 */
export async function provisionRoles(
  admin: Client,
  schemas: readonly string[],
  passwords: Readonly<Record<string, string>>,
): Promise<void> {
  const wanted = rolesOf(schemas);
  const found = await admin.query<{ rolname: string; too_strong: boolean }>(
    "SELECT rolname, rolsuper OR rolbypassrls AS too_strong FROM pg_roles WHERE rolname = ANY($1)",
    [[...wanted.keys()]],
  );
  const tooStrong = found.rows.find((row) => row.too_strong);
  if (tooStrong !== undefined) {
    throw new LocalPostgresError(
      "RIGHTS_MISSING",
      `The role ${tooStrong.rolname} exists on this server and is a superuser or bypasses row-level security: rename or drop it.`,
    );
  }
  const existing = new Set(found.rows.map((row) => row.rolname));
  const statements: string[] = [];
  for (const [role, searchPath] of wanted) {
    const password = passwords[role];
    if (password === undefined) throw new Error(`No password was given for the role ${role}.`);
    const name = escapeIdentifier(role);
    statements.push(
      `${existing.has(role) ? "ALTER" : "CREATE"} ROLE ${name} LOGIN PASSWORD ${escapeLiteral(password)}`,
    );
    // A search path is a setting a role may change for itself; what a role may see is settled by rights alone.
    if (searchPath !== null) statements.push(`ALTER ROLE ${name} SET search_path = ${escapeIdentifier(searchPath)}`);
    // An admin that is no superuser may hand objects only to roles it is a member of.
    if (!existing.has(role)) statements.push(`GRANT ${name} TO CURRENT_USER WITH INHERIT TRUE, SET TRUE`);
  }
  await admin.query(statements.join(";\n"));
}
