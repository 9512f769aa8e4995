import { numberedUuids } from "@clic/global-id";
import { systemViewer } from "@clic/identity";
import { Client } from "pg";
import { discover, metadataOf, type Orm } from "../orm.ts";
import { setViewerSql, viewerSettings } from "../viewer-settings.ts";
import type { BulkLoad, BulkOutcome, BulkProgress, LoadedTable } from "./bulk-load.ts";
import { nameOf, placeTable, stageTable, type StagedTable } from "./copy-table.ts";

/** Some of the numbered data is there, and not this: another size of it, under the same ids. */
export class OtherDataThere extends Error {}

interface Options {
  readonly orm: Orm;
  /** As the schema's owner, whose tables must be migrated. */
  readonly ownerUrl: string;
  readonly load: BulkLoad;
  readonly onProgress?: (progress: BulkProgress) => void;
}

/**
 * Loads a service's share of a large data set in one transaction, as the owner of its schema and on behalf of the system:
 * all of it is there afterwards, or nothing, however this process ends. Does nothing where the data is there already; of two at
 * once the later one waits and then finds it. Throws OtherDataThere where another size of it is. Statistics and the map of
 * visible pages are up to date when it resolves.
 *
 * The rows are sent first, beside their tables, and then put in; from a table's turn to the end nobody else reads a table that gets many.
 */
export async function loadInBulk({ orm, ownerUrl, load, onProgress = () => {} }: Options): Promise<BulkOutcome> {
  discover(orm);
  const began = performance.now();
  const client = new Client({ connectionString: ownerUrl, options: "-c TimeZone=UTC -c DateStyle=ISO" });
  // What breaks a connection rejects the statement under way; without a listener it would end the process as well.
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("begin");
    await client.query(setViewerSql, viewerSettings(systemViewer("bulk load")));
    await client.query("select pg_advisory_xact_lock(hashtext($1))", [`bulk load ${orm.schema}`]);
    if (await isThere(client, load)) return { loaded: false };
    await client.query("set local maintenance_work_mem = '256MB'");
    const staged: (StagedTable & { readonly seconds: number })[] = [];
    for (const table of load.tables) staged.push(await timed(() => stageTable(client, table, onProgress)));
    const tables: LoadedTable[] = [];
    for (const each of staged) {
      const { seconds } = await timed(async () => ({ placed: await placeTable(client, each) }));
      const { tableName } = metadataOf(each.table.entity);
      tables.push({ table: tableName, rows: each.rows, seconds: each.seconds + seconds });
      onProgress({ table: tableName, rows: each.rows, about: each.rows, placed: true });
    }
    for (const sql of load.afterwards ?? []) await client.query(sql);
    await client.query("commit");
    for (const { entity } of load.tables) await client.query(`vacuum (analyze) ${nameOf(entity)}`);
    return { loaded: true, tables, seconds: (performance.now() - began) / 1000 };
  } finally {
    await client.end();
  }
}

async function isThere(client: Client, { tables: [first] }: BulkLoad): Promise<boolean> {
  if (first === undefined) return false;
  const found = await client.query<{ rows: number }>(
    `select count(*)::integer as rows from ${nameOf(first.entity)} where id between $1 and $2`,
    [numberedUuids.first, numberedUuids.last],
  );
  const rows = found.rows[0]?.rows ?? 0;
  if (rows === 0 || rows === first.about) return rows > 0;
  throw new OtherDataThere(
    `${nameOf(first.entity)} holds ${rows} rows of another size of the data, not ${first.about}.`,
  );
}

async function timed<Result extends object>(
  work: () => Promise<Result>,
): Promise<Result & { readonly seconds: number }> {
  const began = performance.now();
  const result = await work();
  return { ...result, seconds: (performance.now() - began) / 1000 };
}
