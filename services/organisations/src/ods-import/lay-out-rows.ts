import { type OdsBatch, type OdsContext, readOdsFile, refusalReasons } from "@clic/ods";
import type { Client } from "pg";
import type { Run } from "./begin-run.ts";
import { leafLevel } from "./check-rows.ts";
import { inTransaction } from "./import-database.ts";

const linesAtOnce = 5000;

/** Refuses rows that stand in the JSON $2, each once. */
const refuseSql = `insert into import_refusal (run_id, line, code, reason, message)
  select $1, r.line, r.code, r.reason, r.message
  from json_to_recordset($2::json) r(line int, code text, reason text, message text)`;

/**
 * Reads the file from where the run is, and lays its rows out beside the directory: a batch, what was refused of it and the place
 * to go on at are one transaction. While PostgreSQL takes a batch the next one is read.
 */
export async function layOutRows(
  client: Client,
  run: Run,
  file: OdsContext & { readonly path: string },
  onProgress: (rows: number, byte: number) => void,
): Promise<void> {
  let rows = run.rowsRead;
  let writing: Promise<void> = Promise.resolve();
  const from = { byte: run.nextByte, line: run.nextLine };
  for await (const batch of readOdsFile(file.path, { ...file, from, most: linesAtOnce })) {
    await writing;
    rows += batch.rows.length + batch.refused.length;
    const count = rows;
    writing = layOut(client, run.id, batch).then(() => onProgress(count, batch.next.byte));
    // Looked at with the next batch; until then its failure must not count as unhandled.
    writing.catch(() => {});
  }
  await writing;
  await inTransaction(client, () => client.query("update import_run set phase = 'CHECKING' where id = $1", [run.id]));
}

function layOut(client: Client, run: string, { rows, refused, next }: OdsBatch): Promise<void> {
  return inTransaction(client, async () => {
    const told = refused.map((one) => ({ ...one, message: refusalReasons[one.reason] }));
    await client.query(
      `insert into ods_row (run_id, line, level, ods_code, name, kind, status, ods_status, parent_code, parent_from, parent_to,
          valid_from, valid_to, address_lines, postcode, telephone)
        select $1, r.line, $3, r."odsCode", r.name, r.kind, r.status, r."odsStatus",
          r."parentCode", r."parentFrom", r."parentTo", r."validFrom", r."validTo", r."addressLines", r.postcode, r.telephone
        from json_to_recordset($2::json) r(line int, "odsCode" text, name text, kind text, status text, "odsStatus" text,
          "parentCode" text, "parentFrom" date, "parentTo" date, "validFrom" date, "validTo" date, "addressLines" text[],
          postcode text, telephone text)`,
      [run, JSON.stringify(rows), leafLevel],
    );
    if (told.length > 0) await client.query(refuseSql, [run, JSON.stringify(told)]);
    await client.query(
      `update import_run set rows_read = rows_read + $2, refused = refused + $3, next_byte = $4, next_line = $5 where id = $1`,
      [run, rows.length + refused.length, refused.length, next.byte, next.line],
    );
  });
}
