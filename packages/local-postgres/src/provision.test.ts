import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import { withConnection, withDatabase, withLogin } from "./admin-connection.ts";
import { findFreePort } from "./free-port.ts";
import { dropDatabases } from "./provision-database.ts";
import { provision } from "./provision.ts";
import type { ProvisionOptions } from "./provision.ts";
import { startPostgres } from "./start-postgres.ts";
import type { LocalPostgres } from "./start-postgres.ts";

describe("provisioning", () => {
  // A server of its own: roles and passwords are a whole server's, and other tests use theirs at the same time.
  let server: LocalPostgres;
  const services = [
    { name: "events", schema: "events" },
    { name: "leadership", schema: "leadership" },
  ];
  const roles = ["events_owner", "events_service", "leadership_owner", "leadership_service", "bus"];
  const passwordsFrom = (stem: string): Record<string, string> =>
    Object.fromEntries(roles.map((role) => [role, `${stem} 'of' "${role}" %&/@`]));
  const options = (more: Partial<ProvisionOptions> = {}): ProvisionOptions => ({
    adminUrl: server.adminUrl,
    database: "graph",
    busDatabase: "graph_bus",
    services,
    passwords: passwordsFrom("secret"),
    ...more,
  });
  const run = (url: string | undefined, text: string): Promise<unknown> =>
    withConnection(url ?? "", async (client) => (await client.query(text)).rows);

  beforeAll(async () => {
    server = await startPostgres({ dataDirectory: mkdtempSync(join(tmpdir(), "provision-")), ephemeral: true });
  });
  afterAll(() => server.stop());

  it("can run several times at once and again later, and keeps what is there", async () => {
    const results = await Promise.all([1, 2, 3].map(() => provision(options())));
    expect(results.flatMap((result) => result.made).sort()).toEqual(["graph", "graph_bus"]);
    const urls = results[0]?.services["events"];
    await run(urls?.migrationDatabaseUrl, "CREATE TABLE venue AS SELECT 'Hall' AS name");
    const again = await provision(options());
    expect(again.made).toEqual([]);
    expect(await run(again.services["events"]?.databaseUrl, "SELECT name FROM venue")).toEqual([{ name: "Hall" }]);
    await run(again.busDatabaseUrl, "CREATE SCHEMA queue");
  });

  it("gives roles the passwords it is told, so an earlier set no longer works", async () => {
    const before = await provision(options());
    const after = await provision(options({ passwords: passwordsFrom("new") }));
    await run(after.services["events"]?.databaseUrl, "SELECT 1");
    await expect(run(before.services["events"]?.databaseUrl, "SELECT 1")).rejects.toMatchObject({
      code: "UNREACHABLE",
    });
  });

  it("keeps the public out of both databases", async () => {
    await run(server.adminUrl, "CREATE ROLE passer_by LOGIN PASSWORD 'x'");
    for (const database of ["graph", "graph_bus"]) {
      const url = withLogin(withDatabase(server.adminUrl, database), "passer_by", "x");
      await expect(run(url, "SELECT 1")).rejects.toThrow(/permission denied for database/);
    }
  });

  it("drops what it made, and no database that it did not make", async () => {
    await run(server.adminUrl, "CREATE DATABASE theirs");
    await run(withDatabase(server.adminUrl, "theirs"), "CREATE TABLE precious (id int)");
    expect(await dropDatabases(server.adminUrl, ["graph", "graph_bus", "absent"])).toEqual(["graph", "graph_bus"]);
    await expect(dropDatabases(server.adminUrl, ["theirs"])).rejects.toMatchObject({ code: "RIGHTS_MISSING" });
    await expect(provision(options({ database: "theirs" }))).rejects.toMatchObject({
      code: "RIGHTS_MISSING",
      message: expect.stringMatching(/theirs on this server was not made by this project/),
    });
  });

  it("needs no superuser, only CREATEDB and CREATEROLE", async () => {
    const other = await startPostgres({ dataDirectory: mkdtempSync(join(tmpdir(), "provision-")), ephemeral: true });
    try {
      await run(other.adminUrl, "CREATE ROLE admin LOGIN PASSWORD 'x' CREATEDB CREATEROLE");
      const adminUrl = withLogin(other.adminUrl, "admin", "x");
      await provision(options({ adminUrl }));
      const again = await provision(options({ adminUrl }));
      await run(again.services["events"]?.migrationDatabaseUrl, "CREATE TABLE venue (id int)");
      await run(again.services["events"]?.databaseUrl, "INSERT INTO venue VALUES (1)");
      await expect(run(again.services["leadership"]?.databaseUrl, "SELECT * FROM events.venue")).rejects.toThrow(
        /denied/,
      );
      expect(await dropDatabases(adminUrl, ["graph", "graph_bus"])).toHaveLength(2);
    } finally {
      await other.stop();
    }
  });

  it("refuses a login without the rights, and says which it needs", async () => {
    await run(server.adminUrl, "CREATE ROLE nobody_much LOGIN PASSWORD 'x'");
    const adminUrl = withLogin(server.adminUrl, "nobody_much", "x");
    await expect(provision(options({ adminUrl, database: "fresh" }))).rejects.toMatchObject({
      code: "RIGHTS_MISSING",
      message: expect.stringMatching(/^The login of DATABASE_URL lacks a right [^\n]*CREATEDB and CREATEROLE\.$/),
    });
  });

  it("refuses a role of the same name that it did not make, or that passes row-level security", async () => {
    await run(server.adminUrl, "ALTER ROLE events_service BYPASSRLS");
    await expect(provision(options())).rejects.toThrow(/events_service .* bypasses row-level security/);
    await run(server.adminUrl, "ALTER ROLE events_service NOBYPASSRLS; COMMENT ON ROLE events_service IS NULL");
    await expect(provision(options())).rejects.toThrow(/events_service .* was not made by this project/);
  });

  it("says in one line, without the password, that a server is not there or the URL is none", async () => {
    const adminUrl = `postgresql://me:hunter2@127.0.0.1:${await findFreePort()}/postgres`;
    const failure = await provision(options({ adminUrl })).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: "UNREACHABLE",
      message: expect.stringMatching(/^Cannot connect .*DATABASE_URL\.$/),
    });
    expect(String(failure)).not.toContain("hunter2");
    await expect(provision(options({ adminUrl: "my database" }))).rejects.toMatchObject({ code: "UNREACHABLE" });
  });
});
