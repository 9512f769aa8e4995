import { join } from "node:path";
import { services } from "@clic/local-postgres";
import type { Subgraph, UseCase } from "@clic/subgraph-kit";
import { startTestSubgraph } from "@clic/subgraph-testing";
import { describe, expect, it } from "@jest/globals";
import { Client } from "pg";

type Load = (useCase: UseCase) => Promise<void>;
interface Loads {
  readonly loadFounding: Load;
  readonly loadDemonstration?: Load;
  readonly demonstrationLoad?: (options: { issuer: string }) => Load;
}

const machinery = ["inbox", "outbox", "migration", "idempotency_key"];
/** What no load writes, and what the database writes of a row that says it. */
const derived = ["import_refusal", "import_run", "ods_anchor", "ods_row", "organisation_version"];

describe("every row that is loaded says where it comes from", () => {
  it.each(services)("in $name", async ({ name, schema }) => {
    const source = (file: string): string => join(import.meta.dirname, "../../../services", name, "src", file);
    const { subgraph } = (await import(source("schema.ts"))) as { subgraph: Subgraph };
    const loads = { ...(await import(source("founding.ts"))), ...(await import(source("demonstration.ts"))) } as Loads;
    const demonstration = loads.loadDemonstration ?? loads.demonstrationLoad?.({ issuer: "http://127.0.0.1:4010" });
    const service = await startTestSubgraph(subgraph, [loads.loadFounding, demonstration as Load]);
    const admin = new Client(service.database.url);
    await admin.connect();
    try {
      const { rows: tables } = await admin.query<{ table: string }>(
        `select table_name as "table" from information_schema.tables where table_schema = $1 and table_type = 'BASE TABLE' and table_name <> all($2)`,
        [schema, [...machinery, ...derived]],
      );
      expect(tables.length).toBeGreaterThan(0);
      for (const { table } of tables) {
        const { rows } = await admin.query<{ source: string; count: number }>(
          `select source, count(*)::int as count from ${schema}.${table} group by 1`,
        );
        expect([table, rows.filter((row) => row.source !== "FOUNDING" && row.source !== "DEMO")]).toEqual([table, []]);
      }
    } finally {
      await admin.end();
      await service.stop();
    }
  });
});
