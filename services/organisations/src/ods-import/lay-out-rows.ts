import { type OdsBatch, type OdsContext, type OdsRow, readOdsFile, refusalReasons } from "@clic/ods";
import type { Client } from "pg";
import type { Run } from "./begin-run.ts";
import { leafLevel } from "./check-rows.ts";
import { inTransaction } from "./import-database.ts";

const linesAtOnce = 1000;

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

/** Column by column, which PostgreSQL reads faster than rows of JSON. */
const layOutSql = `
  insert into ods_row (run_id, level, line, ods_code, name, kind, status, ods_status, parent_code, parent_from, parent_to,
    valid_from, valid_to, address_lines, postcode, telephone)
  select $1, $2, r.line, r.ods_code, r.name, r.kind, r.status, r.ods_status, r.parent_code, r.parent_from, r.parent_to,
    r.valid_from, r.valid_to, string_to_array(r.address, chr(10)), r.postcode, r.telephone
  from unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::date[], $11::date[],
    $12::date[], $13::date[], $14::text[], $15::text[], $16::text[])
    r(line, ods_code, name, kind, status, ods_status, parent_code, parent_from, parent_to, valid_from, valid_to, address,
      postcode, telephone)`;

function columnsOf(rows: readonly OdsRow[]): unknown[][] {
  const column = (name: keyof OdsRow): unknown[] => rows.map((row) => row[name]);
  return [
    ...(["line", "odsCode", "name", "kind", "status", "odsStatus", "parentCode"] as const).map(column),
    ...(["parentFrom", "parentTo", "validFrom", "validTo"] as const).map(column),
    // No text of a row has a line break in it.
    rows.map(({ addressLines }) => addressLines?.join("\n") ?? null),
    ...(["postcode", "telephone"] as const).map(column),
  ];
}

function layOut(client: Client, run: string, { rows, refused, next }: OdsBatch): Promise<void> {
  return inTransaction(client, async () => {
    const told = refused.map((one) => ({ ...one, message: refusalReasons[one.reason] }));
    await client.query({ name: "lay-out", text: layOutSql, values: [run, leafLevel, ...columnsOf(rows)] });
    if (told.length > 0) await client.query(refuseSql, [run, JSON.stringify(told)]);
    await client.query(
      `update import_run set rows_read = rows_read + $2, refused = refused + $3, next_byte = $4, next_line = $5 where id = $1`,
      [run, rows.length + refused.length, refused.length, next.byte, next.line],
    );
  });
}
