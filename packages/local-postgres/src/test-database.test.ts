import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Client } from "pg";

import { createTestDatabase } from "./test-database.ts";
import type { TestDatabase } from "./test-database.ts";

async function query(url: string | undefined, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url ?? "" });
  await client.connect();
  try {
    const result = await client.query<Record<string, unknown>>(text);
    return result.rows;
  } finally {
    await client.end();
  }
}

describe("a test database", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await query(
      database.services["events"]?.migrationDatabaseUrl,
      "CREATE TABLE venue (id int PRIMARY KEY, name text)",
    );
  });
  afterAll(() => database.drop());

  it("lets the owner make tables and the service read and write their rows, without naming the schema", async () => {
    const url = database.services["events"]?.databaseUrl;
    await query(url, "INSERT INTO venue VALUES (1, 'Hall')");
    await query(url, "UPDATE venue SET name = 'Big hall'");
    expect(await query(url, "SELECT name FROM venue")).toEqual([{ name: "Big hall" }]);
    await query(url, "DELETE FROM venue");
  });

  it("lets a service make, change or empty no table", async () => {
    const url = database.services["events"]?.databaseUrl;
    await expect(query(url, "CREATE TABLE mine (id int)")).rejects.toThrow(/permission denied|no schema/);
    await expect(query(url, "CREATE TABLE public.mine (id int)")).rejects.toThrow(/permission denied/);
    await expect(query(url, "ALTER TABLE venue ADD COLUMN x int")).rejects.toThrow(/must be owner/);
    await expect(query(url, "TRUNCATE venue")).rejects.toThrow(/permission denied/);
    await expect(query(url, "CREATE TEMPORARY TABLE mine (id int)")).rejects.toThrow(/permission denied/);
  });

  it("keeps every other service's roles out of the schema, owners included", async () => {
    const others = Object.entries(database.services).filter(([name]) => name !== "events");
    expect(others).toHaveLength(4);
    for (const [, urls] of others) {
      await expect(query(urls.databaseUrl, "SELECT * FROM events.venue")).rejects.toThrow(
        /permission denied for schema/,
      );
      await expect(query(urls.migrationDatabaseUrl, "SELECT * FROM events.venue")).rejects.toThrow(/permission denied/);
    }
  });

  it("lets no service role become another or pass row-level security", async () => {
    const url = database.services["events"]?.databaseUrl;
    await expect(query(url, "SET ROLE leadership_service")).rejects.toThrow(/permission denied/);
    await expect(query(url, "SET ROLE events_owner")).rejects.toThrow(/permission denied/);
    expect(
      await query(
        database.url,
        "SELECT rolname FROM pg_roles WHERE rolname ~ '_(owner|service)$|^bus$' AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)",
      ),
    ).toEqual([]);
  });

  it("has a bus database that its own role alone can enter", async () => {
    await query(database.busDatabaseUrl, "CREATE SCHEMA queue");
    const service = new URL(database.services["events"]?.databaseUrl ?? "");
    service.pathname = new URL(database.busDatabaseUrl).pathname;
    await expect(query(service.href, "SELECT 1")).rejects.toThrow(/permission denied for database/);
    const bus = new URL(database.busDatabaseUrl);
    bus.pathname = new URL(database.url).pathname;
    await expect(query(bus.href, "SELECT 1")).rejects.toThrow(/permission denied for database/);
  });

  it("is made several at a time, and is gone after drop, whoever is connected", async () => {
    const many = await Promise.all([1, 2, 3, 4].map(() => createTestDatabase({ services: ["events"] })));
    expect(Object.keys(many[0]?.services ?? {})).toEqual(["events"]);
    const held = new Client({ connectionString: many[0]?.services["events"]?.databaseUrl ?? "" });
    held.on("error", () => {});
    await held.connect();
    await Promise.all(many.map((each) => each.drop()));
    await expect(query(many[0]?.url, "SELECT 1")).rejects.toThrow(/does not exist/);
  });

  it("refuses a service that is not in the list", async () => {
    await expect(createTestDatabase({ services: ["cheese"] })).rejects.toThrow(/no service "cheese"/);
  });
});
