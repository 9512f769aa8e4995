import { organisationsChanged } from "@clic/bus";
import { encodeGlobalId, newUuid } from "@clic/global-id";
import { refusalReasons } from "@clic/ods";
import type { Client } from "pg";
import { inTransaction } from "./import-database.ts";

const rowsAtOnce = 10_000;
const organisationsAFact = 200;
/** What may come between the look at a row and its change: the same transaction may well succeed. */
const worthRepeating = new Set(["40001", "40P01", "23505"]);
const attempts = 4;

/**
 * Brings the rows into the directory, parents first: some rows, their facts, what was refused of them and the place to go on at are
 * one transaction. A row that says what is known changes nothing and tells nobody.
 */
export async function applyRows(
  client: Client,
  run: string,
  asAt: string,
  onProgress: (rows: number) => void,
): Promise<void> {
  let size = rowsAtOnce;
  for (let failures = 0; ;) {
    try {
      const applied = await inTransaction(client, () => applySome(client, run, asAt, size));
      if (applied === null) return;
      onProgress(applied);
      failures = 0;
      size = Math.min(size * 2, rowsAtOnce);
    } catch (error) {
      const { code, constraint } = error as { code?: string; constraint?: string };
      // Somebody has moved an organisation since the rows were looked at: the row that would now close a circle is refused alone.
      if (constraint === "organisation_no_cycle") {
        if (size === 1) await inTransaction(client, () => refuseNext(client, run));
        size = Math.ceil(size / 2);
      } else if (++failures === attempts || !worthRepeating.has(code ?? "")) throw error;
    }
  }
}

const nextRows = `select r.* from import_run i join ods_row r on r.run_id = i.id
  where i.id = $1 and (r.level, r.line) > (i.applied_level, i.applied_line)`;

const compared = [
  "name",
  "status",
  "ods_status",
  "parent_from",
  "parent_to",
  "valid_from",
  "valid_to",
  "address_lines",
  "postcode",
  "telephone",
];
const of = (alias: string): string => compared.map((column) => `${alias}.${column}`).join(", ");

/** Applies up to `size` rows of one level; resolves to how many, null when there are none left. */
async function applySome(client: Client, run: string, asAt: string, size: number): Promise<number | null> {
  await client.query("select set_config('app.as_at', $1, true), set_config('app.import_run', $2, true)", [asAt, run]);
  const { rows: levels } = await client.query<{ level: number | null; line: number }>(
    `select i.applied_level as at, i.applied_line as line, (select min(r.level) from ods_row r where r.run_id = i.id
        and (r.level > i.applied_level or (r.level = i.applied_level and r.line > i.applied_line))) as level
      from import_run i where i.id = $1 for update`,
    [run],
  );
  const level = levels[0]?.level ?? null;
  if (level === null) return null;
  await client.query("truncate ods_batch");
  await client.query(
    `with taken as (
        select r.*, row_number() over (order by r.line) as place from (
          select r.* from import_run i join ods_row r on r.run_id = i.id
            where i.id = $1 and r.level = $2 and r.line > case when i.applied_level = $2 then i.applied_line else 0 end
            order by r.line limit $3) r)
      insert into ods_batch select s.*, coalesce(o.id, n.id), p.id, coalesce(s.kind, o.kind), case
          when o.id is null then 'ADDED'
          when o.valid_to < s.valid_from then 'CODE_REUSED'
          when s.status = 'PROPOSED' and o.status <> 'PROPOSED' then 'STATUS_REFUSED'
          when (${of("o")}, o.kind, o.parent_id) is distinct from (${of("s")}, coalesce(s.kind, o.kind), p.id) then 'CHANGED'
          else 'UNCHANGED' end
        from taken s join unnest($4::uuid[]) with ordinality n(id, place) on n.place = s.place
        left join organisation o on o.ods_code = s.ods_code
        left join organisation p on p.ods_code = s.parent_code`,
    [run, level, size, Array.from({ length: size }, () => newUuid())],
  );
  await client.query(
    `insert into organisation (id, ods_code, kind, parent_id, source, ${compared.join(", ")})
      select b.organisation_id, b.ods_code, b.new_kind, b.parent_id, 'USER', ${of("b")} from ods_batch b where b.outcome = 'ADDED'`,
  );
  await client.query(
    `update organisation o set kind = b.new_kind, parent_id = b.parent_id, ${compared.map((column) => `${column} = b.${column}`).join(", ")}
      from ods_batch b where b.outcome = 'CHANGED' and o.id = b.organisation_id`,
  );
  await tell(client, run, size);
  const reasons = ["CODE_REUSED", "STATUS_REFUSED"] as const;
  await client.query(
    `insert into import_refusal (run_id, line, code, reason, message)
      select b.run_id, b.line, b.ods_code, b.outcome, m.message from ods_batch b
        join unnest($1::text[], $2::text[]) m(reason, message) on m.reason = b.outcome`,
    [reasons, reasons.map((reason) => refusalReasons[reason])],
  );
  const { rows: done } = await client.query<{ rows: number }>(
    `update import_run i set added = i.added + d.added, changed = i.changed + d.changed, unchanged = i.unchanged + d.unchanged,
        refused = i.refused + d.refused, applied_level = $2, applied_line = d.line
      from (select count(*)::integer as rows, max(line) as line, count(*) filter (where outcome = 'ADDED') as added,
          count(*) filter (where outcome = 'CHANGED') as changed, count(*) filter (where outcome = 'UNCHANGED') as unchanged,
          count(*) filter (where outcome not in ('ADDED', 'CHANGED', 'UNCHANGED')) as refused from ods_batch) d
      where i.id = $1 returning d.rows`,
    [run, level],
  );
  return done[0]?.rows ?? 0;
}

/** Facts of what was added and changed, many organisations to one, as `writeFact` writes them. */
async function tell(client: Client, run: string, size: number): Promise<void> {
  const ids = Array.from({ length: Math.ceil(size / organisationsAFact) }, () => newUuid());
  const id = (column: string): string => `'org_' || ${column}`;
  await client.query(
    `insert into outbox (id, type, version, aggregate_id, data, occurred_at)
      select n.id, $1, $2, $3, jsonb_build_object('importRunId', $3::text, 'organisations', f.organisations), now()
      from (
        select (b.place - 1) / ${organisationsAFact} + 1 as place, jsonb_agg(jsonb_build_object('organisationId', ${id("o.id")},
            'odsCode', o.ods_code, 'name', o.name, 'kind', o.kind, 'status', o.status, 'parentId', ${id("o.parent_id")},
            'validFrom', o.valid_from, 'validTo', o.valid_to, 'succeededById', ${id("o.succeeded_by_id")})) as organisations
          from (select organisation_id, row_number() over (order by line) as place from ods_batch where outcome in ('ADDED', 'CHANGED')) b
          join organisation o on o.id = b.organisation_id
          group by 1) f
      join unnest($4::uuid[]) with ordinality n(id, place) on n.place = f.place`,
    [organisationsChanged.type, organisationsChanged.version, encodeGlobalId("ImportRun", run), ids],
  );
}

async function refuseNext(client: Client, run: string): Promise<void> {
  await client.query(
    `with next as (${nextRows} order by r.level, r.line limit 1),
      told as (insert into import_refusal (run_id, line, code, reason, message) select run_id, line, ods_code, 'PARENT_CYCLE', $2 from next)
      update import_run i set refused = i.refused + 1, applied_level = next.level, applied_line = next.line from next where i.id = $1`,
    [run, refusalReasons.PARENT_CYCLE],
  );
}
