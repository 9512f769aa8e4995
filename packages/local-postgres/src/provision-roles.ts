import { escapeIdentifier, escapeLiteral } from "pg";
import type { Client } from "pg";

import { LocalPostgresError } from "./local-postgres.errors.ts";

/** The comment by which roles and databases made here are told from others of the same name on somebody's server. */
export const ownershipMark = "Made by the collaborative graph.";

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
 * database's: two databases on one server share them. Refuses a role that exists and was not made here, or that could pass
 * row-level security.
 */
export async function provisionRoles(
  admin: Client,
  schemas: readonly string[],
  passwords: Readonly<Record<string, string>>,
): Promise<void> {
  const wanted = rolesOf(schemas);
  const found = await admin.query<{ rolname: string; ours: boolean; too_strong: boolean }>(
    `SELECT rolname, rolsuper OR rolbypassrls AS too_strong,
            shobj_description(oid, 'pg_authid') IS NOT DISTINCT FROM $2 AS ours
       FROM pg_roles WHERE rolname = ANY($1)`,
    [[...wanted.keys()], ownershipMark],
  );
  const refused = found.rows.find((row) => row.too_strong || !row.ours);
  if (refused !== undefined) {
    const why = refused.ours ? "is a superuser or bypasses row-level security" : "was not made by this project";
    throw new LocalPostgresError(
      "RIGHTS_MISSING",
      `The role ${refused.rolname} exists on this server and ${why}: rename or drop it, or use another server.`,
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
    if (existing.has(role)) continue;
    statements.push(`COMMENT ON ROLE ${name} IS ${escapeLiteral(ownershipMark)}`);
    // An admin that is no superuser may hand objects only to roles it is a member of.
    statements.push(`GRANT ${name} TO CURRENT_USER WITH INHERIT TRUE, SET TRUE`);
  }
  await admin.query(statements.join(";\n"));
}
