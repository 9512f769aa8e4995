import { type Client, escapeIdentifier } from "pg";

/** From so many rows on it is quicker to make an index anew than to enter them one by one. */
const worthIt = 10_000;

interface Index {
  readonly name: string;
  readonly definition: string;
  /** The constraint behind which the index stands; null where it is an index only. */
  readonly constraint: string | null;
  readonly constraintDefinition: string | null;
}

/**
 * Runs `fill`, which adds so many rows to a table, without the table's indexes and the constraints that rest on them, and makes them
 * again, which checks every row: five times as fast where many come to few. Those that a foreign key refers to stay, and all of
 * a table with rows that wait for their check until the end, which PostgreSQL doesn't let anybody alter. Only
 * inside a transaction, so that nobody ever meets the table without them; until its end nobody else reads the table at all.
 */
export async function withoutIndexes(
  client: Client,
  table: string,
  rows: number,
  fill: () => Promise<unknown>,
): Promise<void> {
  const worth =
    rows >= worthIt && (await isEmptierThan(client, table, rows)) && !(await isCheckedAtCommit(client, table));
  const indexes = worth ? await indexesOf(client, table) : [];
  for (const { name, constraint } of indexes)
    await client.query(
      constraint === null
        ? `drop index ${name}`
        : `alter table ${table} drop constraint ${escapeIdentifier(constraint)}`,
    );
  await fill();
  for (const { definition, constraint, constraintDefinition } of indexes)
    await client.query(
      constraint === null
        ? definition
        : `alter table ${table} add constraint ${escapeIdentifier(constraint)} ${constraintDefinition}`,
    );
}

async function isEmptierThan(client: Client, table: string, rows: number): Promise<boolean> {
  const found = await client.query(`select from ${table} offset $1 limit 1`, [rows]);
  return found.rowCount === 0;
}

async function isCheckedAtCommit(client: Client, table: string): Promise<boolean> {
  const found = await client.query("select from pg_trigger where tgrelid = $1::regclass and tginitdeferred limit 1", [
    table,
  ]);
  return found.rowCount !== 0;
}

async function indexesOf(client: Client, table: string): Promise<readonly Index[]> {
  const found = await client.query<Index>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition,
        c.conname as constraint, pg_get_constraintdef(c.oid) as "constraintDefinition"
      from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x')
      where i.indrelid = $1::regclass
        and not exists (select from pg_constraint f where f.conindid = i.indexrelid and f.contype = 'f')
      order by c.contype, name`,
    [table],
  );
  return found.rows;
}
