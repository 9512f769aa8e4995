import { createTestDatabase, type TestDatabase } from "@clic/local-postgres";
import { Client } from "pg";

/** A test database, and its administrator, who sees every row. */
export interface DemoDatabase {
  readonly database: TestDatabase;
  query<Row extends object = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Tables of all services with rows of their own, as `schema.table`. */
  tables(): Promise<string[]>;
  drop(): Promise<void>;
}

export async function openDemoDatabase(): Promise<DemoDatabase> {
  const database = await createTestDatabase();
  const admin = new Client(database.url);
  await admin.connect();
  const query = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
    (await admin.query<Row & Record<string, unknown>>(text, values)).rows;
  return {
    database,
    query,
    tables: async () =>
      (
        await query<{ name: string }>(
          `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema|public)'
              and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'source') order by 1`,
        )
      ).map(({ name }) => name),
    drop: async () => {
      await admin.end();
      await database.drop();
    },
  };
}
