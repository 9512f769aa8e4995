import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Client, escapeIdentifier } from "pg";
import { from } from "pg-copy-streams";
import { metadataOf } from "../orm.ts";
import type { EntityDefinition } from "../row/row-source.ts";
import type { BulkProgress, BulkTable } from "./bulk-load.ts";
import { type CopyFormat, copyFormat } from "./copy-text.ts";
import { withoutIndexes } from "./without-indexes.ts";

const blockLength = 64 * 1024;

/** Rows that are in the database and not yet in their table. */
export interface StagedTable {
  readonly table: BulkTable;
  readonly rows: number;
  /** Quoted; empty where there are no rows. */
  readonly columns: string;
}

/** `schema.table`, quoted. */
export function nameOf(entity: EntityDefinition, prefix = ""): string {
  const { schema, tableName } = metadataOf(entity);
  return `${escapeIdentifier(schema as string)}.${escapeIdentifier(`${prefix}${tableName}`)}`;
}

/**
 * Sends a table's rows by COPY into an unlogged table beside it, which nobody else sees: as fast as PostgreSQL takes them,
 * while everybody goes on with the table itself. PostgreSQL has no COPY into a table whose row policies bind its owner.
 */
export async function stageTable(
  client: Client,
  table: BulkTable,
  onProgress: (progress: BulkProgress) => void,
): Promise<StagedTable> {
  const { tableName } = metadataOf(table.entity);
  const rows = table.rows()[Symbol.iterator]();
  let next: IteratorResult<object> = rows.next();
  if (next.done === true) return { table, rows: 0, columns: "" };
  const format: CopyFormat = copyFormat(table.entity, next.value);
  const columns = format.columns.map((column) => escapeIdentifier(column)).join(", ");
  const beside = nameOf(table.entity, "bulk_");
  await client.query(`create unlogged table ${beside} as select ${columns} from ${nameOf(table.entity)} where false`);
  let sent = 0;
  // The stream asks for a block when the last has gone out, so that memory holds a few of them and no more.
  const blocks = function* (): Generator<string> {
    while (next.done !== true) {
      let block = "";
      for (; next.done !== true && block.length < blockLength; next = rows.next(), sent++)
        block += format.line(next.value);
      yield block;
      onProgress({ table: tableName, rows: sent, about: table.about });
    }
  };
  await pipeline(
    Readable.from(blocks(), { objectMode: false }),
    client.query(from(`copy ${beside} (${columns}) from stdin`)),
  );
  return { table, rows: sent, columns };
}

/** Moves staged rows into their table by one statement, under its row policies, constraints and triggers. */
export async function placeTable(client: Client, { table, rows, columns }: StagedTable): Promise<void> {
  if (rows === 0) return;
  const target = nameOf(table.entity);
  const beside = nameOf(table.entity, "bulk_");
  const triggers = (table.withoutTriggers ?? []).map((trigger) => escapeIdentifier(trigger));
  for (const trigger of triggers) await client.query(`alter table ${target} disable trigger ${trigger}`);
  await withoutIndexes(client, target, rows, () =>
    client.query(`insert into ${target} (${columns}) select ${columns} from ${beside}`),
  );
  for (const trigger of triggers) await client.query(`alter table ${target} enable trigger ${trigger}`);
  await client.query(`drop table ${beside}`);
}
