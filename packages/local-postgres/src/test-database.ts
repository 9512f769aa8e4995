import { createHmac, randomBytes } from "node:crypto";

import { escapeIdentifier } from "pg";

import { underProvisioningLock, withConnection, withDatabase } from "./admin-connection.ts";
import { ensureDatabase, provisionSchemas } from "./provision-database.ts";
import { busRole, ownerRole, provisionRoles, rolesOf, serviceRole } from "./provision-roles.ts";
import { urlsFor } from "./provision.ts";
import type { ServiceUrls } from "./provision.ts";
import { services as allServices } from "./services.ts";

export interface TestDatabase {
  /** Admin URL of the database: a superuser, past every rule. For arranging and looking, not for what is tested. */
  readonly url: string;
  /** By service name. */
  readonly services: Readonly<Record<string, ServiceUrls>>;
  /** A bus database of its own. */
  readonly busDatabaseUrl: string;
  /** Cuts off whoever is still connected, and drops both databases. */
  drop(): Promise<void>;
}

/**
 * Makes a fresh database on the test server, provisioned as a real one: the schemas of `services` (all when absent) and a
 * bus. Needs TEST_POSTGRES_URL, which the jest global setup of this package sets. Roles and their passwords are shared by
 * all test databases of a server. Drop it when you are done.
 */
export async function createTestDatabase(
  options: { readonly services?: readonly string[]; readonly adminUrl?: string } = {},
): Promise<TestDatabase> {
  // oxlint-disable-next-line node/no-process-env -- how jest's global set-up reaches a test
  const adminUrl = options.adminUrl ?? process.env["TEST_POSTGRES_URL"];
  if (adminUrl === undefined) {
    throw new Error("TEST_POSTGRES_URL is not set: run jest with the globalSetup of @clic/local-postgres.");
  }
  const wanted = options.services?.map(serviceNamed) ?? allServices;
  const schemas = wanted.map((service) => service.schema);
  const database = `test_${randomBytes(6).toString("hex")}`;
  const busDatabase = `${database}_bus`;
  const made = [database, busDatabase];

  await withConnection(adminUrl, async (admin) => {
    const roles = schemas.flatMap((schema) => [ownerRole(schema), serviceRole(schema)]);
    await ensureDatabase(admin, adminUrl, database, { roles });
    await ensureDatabase(admin, adminUrl, busDatabase, { owner: busRole, roles: [busRole] });
  });
  await withConnection(withDatabase(adminUrl, database), (client) => provisionSchemas(client, schemas));

  const passwords = testPasswords(adminUrl);
  return {
    url: withDatabase(adminUrl, database),
    ...urlsFor({ adminUrl, database, busDatabase, services: wanted, passwords }),
    drop: () =>
      withConnection(adminUrl, async (admin) => {
        for (const name of made) await admin.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
      }),
  };
}

/** Makes the roles that every test database of this server uses. Once a run; the jest global setup does it. */
export async function prepareTestServer(adminUrl: string): Promise<void> {
  const schemas = allServices.map((service) => service.schema);
  await withConnection(adminUrl, (admin) =>
    underProvisioningLock(admin, () => provisionRoles(admin, schemas, testPasswords(adminUrl))),
  );
}

/** The same for every process that is given the same admin URL, and no secret of anybody who lacks it. */
function testPasswords(adminUrl: string): Record<string, string> {
  const key = new URL(adminUrl).password;
  const roles = rolesOf(allServices.map((service) => service.schema)).keys();
  return Object.fromEntries([...roles].map((role) => [role, createHmac("sha256", key).update(role).digest("hex")]));
}

function serviceNamed(name: string): (typeof allServices)[number] {
  const found = allServices.find((service) => service.name === name);
  if (found === undefined) throw new Error(`There is no service "${name}": see services.ts.`);
  return found;
}
