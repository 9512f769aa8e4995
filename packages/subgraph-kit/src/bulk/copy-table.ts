import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Client, escapeIdentifier } from "pg";
import { from } from "pg-copy-streams";
import { metadataOf } from "../orm.ts";
import type { BulkProgress, BulkTable, LoadedTable } from "./bulk-load.ts";
import { copyFormat } from "./copy-text.ts";

/** Rows between two statements that move them into their table: what lies in between takes disk, and no memory. */
const portion = 100_000;
const blockLength = 64 * 1024;

/**
 * Fills a table inside the transaction of `client`, the schema's owner. PostgreSQL takes no COPY into a table whose row
 * policies bind its owner, and lifting them would lock everybody out; so rows go by COPY into an unlogged table beside it and
 * by one statement a portion from there into their own, under its policies, constraints and triggers.
 */
export async function copyTable(
  client: Client,
  table: BulkTable,
  onProgress: (progress: BulkProgress) => void,
): Promise<LoadedTable> {
  const began = performance.now();
  const { schema, tableName } = metadataOf(table.entity);
  const target = `${escapeIdentifier(schema as string)}.${escapeIdentifier(tableName)}`;
  const beside = `${escapeIdentifier(schema as string)}.${escapeIdentifier(`bulk_${tableName}`)}`;
  const rows = table.rows()[Symbol.iterator]();
  let next: IteratorResult<object> = rows.next();
  const more = (): boolean => next.done !== true;
  let loaded = 0;
  if (more()) {
    const format = copyFormat(table.entity, next.value as object);
    const columns = format.columns.map((column) => escapeIdentifier(column)).join(", ");
    await client.query(`create unlogged table ${beside} as select ${columns} from ${target} where false`);
    for (const trigger of table.withoutTriggers ?? [])
      await client.query(`alter table ${target} disable trigger ${escapeIdentifier(trigger)}`);
    while (more()) {
      const until = loaded + portion;
      const blocks = function* (): Generator<string> {
        for (let block = ""; ; block = "") {
          while (more() && loaded < until && block.length < blockLength) {
            block += format.line(next.value as object);
            next = rows.next();
            loaded++;
          }
          if (block === "") return;
          yield block;
          onProgress({ table: tableName, rows: loaded, about: table.about });
        }
      };
      await copyBlocks(client, `copy ${beside} (${columns}) from stdin`, blocks());
      await client.query(`insert into ${target} (${columns}) select ${columns} from ${beside}`);
      await client.query(`truncate ${beside}`);
    }
    for (const trigger of table.withoutTriggers ?? [])
      await client.query(`alter table ${target} enable trigger ${escapeIdentifier(trigger)}`);
    await client.query(`drop table ${beside}`);
  }
  onProgress({ table: tableName, rows: loaded, about: table.about });
  return { table: tableName, rows: loaded, seconds: (performance.now() - began) / 1000 };
}

/** The stream takes the next block when the last has gone out, so that memory holds a few of them. */
async function copyBlocks(client: Client, statement: string, blocks: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(blocks, { objectMode: false }), client.query(from(statement)));
}
