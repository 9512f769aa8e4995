import { refusalReasons, type RefusalReason } from "@clic/ods";
import type { Client } from "pg";
import { inTransaction } from "./import-database.ts";

/** More levels than any real directory has. A circle has no end of them. */
const deepest = 32;
/** Of rows that are nobody's parent, which are nearly all: behind the others, in any order. */
export const leafLevel = 1000;

/** `upper` are the rows that are somebody's parent, `down` those of them that are reached from above, with their levels. */
const levels = `with recursive upper as materialized (
    select r.line, r.ods_code as code, coalesce(a.anchor_code, r.parent_code) as above from ods_row r
      left join ods_anchor a on a.parent_code = r.parent_code
      where r.run_id = $1 and r.ods_code in (
        select parent_code from ods_row where run_id = $1 union select anchor_code from ods_anchor)),
  down(line, code, level) as (
    select u.line, u.code, 0 from upper u where not exists (select from upper a where a.code = u.above)
    union all
    select u.line, u.code, d.level + 1 from down d join upper u on u.above = d.code where d.level < ${deepest})`;

/**
 * Refuses what shows only when all rows are there: a code twice, a parent that is nowhere, a circle; and with a row whatever has
 * it as its parent and is not known yet. Gives every row that is a parent a level above that of its own, so that parents come
 * first. One transaction: after a stop it is done anew.
 */
export async function checkRows(client: Client, run: string): Promise<void> {
  await inTransaction(client, async () => {
    await client.query("analyze ods_row");
    await refuse(
      client,
      run,
      "DUPLICATE_CODE",
      `select line from (select line, row_number() over (partition by ods_code order by line) as place from ods_row where run_id = $1) r
        where place > 1`,
    );
    await findAnchors(client, run);
    await refuse(
      client,
      run,
      "PARENT_CYCLE",
      `${levels} select r.line from upper u join ods_row r on r.run_id = $1 and r.line = u.line
        where not exists (select from down d where d.line = u.line)`,
    );
    await client.query(
      `${levels} update ods_row r set level = d.level from down d where r.run_id = $1 and r.line = d.line`,
      [run],
    );
    await refuseUnknownParents(client, run);
    await client.query("update import_run set phase = 'APPLYING' where id = $1", [run]);
  });
}

/** Refuses the rows whose parent is neither laid out nor in the directory, and then those that had these as theirs. */
async function refuseUnknownParents(client: Client, run: string): Promise<void> {
  const isUnknown = `select r.line from ods_row r where r.run_id = $1 and r.parent_code is not null
    and not exists (select from ods_row p where p.run_id = $1 and p.ods_code = r.parent_code)
    and not exists (select from organisation o where o.ods_code = r.parent_code)`;
  while ((await refuse(client, run, "UNKNOWN_PARENT", isUnknown)) > 0);
}

/**
 * Where a row's parent is in the directory and not in the file, the first one above that parent that is in the file: a circle may
 * lead through what the file doesn't name.
 */
async function findAnchors(client: Client, run: string): Promise<void> {
  await client.query("truncate ods_anchor");
  await client.query(
    `with recursive above(parent_code, id, code) as (
        select distinct r.parent_code, o.id, o.ods_code from ods_row r join organisation o on o.ods_code = r.parent_code
          where r.run_id = $1 and not exists (select from ods_row p where p.run_id = $1 and p.ods_code = r.parent_code)
        union
        select a.parent_code, o.id, o.ods_code from above a join organisation c on c.id = a.id join organisation o on o.id = c.parent_id
          where a.code is null or not exists (select from ods_row p where p.run_id = $1 and p.ods_code = a.code))
      insert into ods_anchor select a.parent_code, p.ods_code from above a join ods_row p on p.run_id = $1 and p.ods_code = a.code`,
    [run],
  );
}

/** Refuses the lines that `lines` selects; resolves to how many these were. */
async function refuse(client: Client, run: string, reason: RefusalReason, lines: string): Promise<number> {
  const { rowCount } = await client.query(
    `with gone as (delete from ods_row where run_id = $1 and line in (${lines}) returning line, ods_code)
      insert into import_refusal (run_id, line, code, reason, message) select $1, line, ods_code, $2, $3 from gone`,
    [run, reason, refusalReasons[reason]],
  );
  await client.query("update import_run set refused = refused + $2 where id = $1", [run, rowCount]);
  return rowCount ?? 0;
}
