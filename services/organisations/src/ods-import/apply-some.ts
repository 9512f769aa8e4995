import { organisationsChanged } from "@clic/bus";
import { encodeGlobalId, newUuid } from "@clic/global-id";
import { refusalReasons } from "@clic/ods";
import type { Client } from "pg";
import type { Lane } from "./apply-lane.rules.ts";

const organisationsAFact = 200;
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
const globalId = (column: string): string => `'org_' || ${column}`;

/** One statement, so that no row is written down twice on its way. */
const applySql = ({ next }: Lane): string => `
with taken as (
  select r.*, row_number() over (order by r.line) as place from (
    select r.* from import_run i join ods_row r on r.run_id = i.id where i.id = $1 and ${next} order by r.line limit $2) r),
batch as materialized (
  select s.*, coalesce(o.id, n.id) as organisation_id, p.id as parent_id, coalesce(s.kind, o.kind) as new_kind, o.succeeded_by_id,
    case
      when o.id is null then 'ADDED'
      when o.valid_to < s.valid_from then 'CODE_REUSED'
      when s.status = 'PROPOSED' and o.status <> 'PROPOSED' then 'STATUS_REFUSED'
      when (${of("o")}, o.kind, o.parent_id) is distinct from (${of("s")}, coalesce(s.kind, o.kind), p.id) then 'CHANGED'
      else 'UNCHANGED' end as outcome
  from taken s join unnest($3::uuid[]) with ordinality n(id, place) on n.place = s.place
  left join organisation o on o.ods_code = s.ods_code
  left join organisation p on p.ods_code = s.parent_code),
added as (
  insert into organisation (id, ods_code, kind, parent_id, source, ${compared.join(", ")})
  select b.organisation_id, b.ods_code, b.new_kind, b.parent_id, 'USER', ${of("b")} from batch b where b.outcome = 'ADDED'),
changed as (
  update organisation o set kind = b.new_kind, parent_id = b.parent_id, ${compared.map((column) => `${column} = b.${column}`).join(", ")}
  from batch b where b.outcome = 'CHANGED' and o.id = b.organisation_id),
told as (
  insert into outbox (id, type, version, aggregate_id, data, occurred_at)
  select n.id, $4, $5, $6, jsonb_build_object('importRunId', $6::text, 'organisations', f.organisations), now()
  from (
    select (b.number - 1) / ${organisationsAFact} + 1 as place, json_agg(json_build_object(
        'organisationId', ${globalId("b.organisation_id")}, 'odsCode', b.ods_code, 'name', b.name, 'kind', b.new_kind,
        'status', b.status, 'parentId', ${globalId("b.parent_id")}, 'validFrom', b.valid_from, 'validTo', b.valid_to,
        'succeededById', ${globalId("b.succeeded_by_id")})) as organisations
    from (select b.*, row_number() over (order by b.line) as number from batch b where b.outcome in ('ADDED', 'CHANGED')) b
    group by 1) f
  join unnest($7::uuid[]) with ordinality n(id, place) on n.place = f.place),
refused as (
  insert into import_refusal (run_id, line, code, reason, message)
  select b.run_id, b.line, b.ods_code, b.outcome, m.message
  from batch b join unnest($8::text[], $9::text[]) m(reason, message) on m.reason = b.outcome)
select count(*)::integer as rows, max(line) as line, max(level) as level,
  (count(*) filter (where outcome = 'ADDED'))::integer as added,
  (count(*) filter (where outcome = 'CHANGED'))::integer as changed,
  (count(*) filter (where outcome = 'UNCHANGED'))::integer as unchanged
from batch`;

interface Some {
  readonly run: string;
  readonly asAt: string;
  readonly lane: Lane;
  readonly size: number;
}

interface Outcome {
  rows: number;
  line: number;
  level: number;
  added: number;
  changed: number;
  unchanged: number;
}

/** Applies up to `size` rows of a lane; resolves to how many. Within a transaction. */
export async function applySome(client: Client, { run, asAt, lane, size }: Some): Promise<number> {
  await client.query("select set_config('app.as_at', $1, true), set_config('app.import_run', $2, true)", [asAt, run]);
  const ids = Array.from({ length: size }, () => newUuid());
  const factIds = Array.from({ length: Math.ceil(size / organisationsAFact) }, () => newUuid());
  const reasons = ["CODE_REUSED", "STATUS_REFUSED"] as const;
  const { rows: outcomes } = await client.query<Outcome>(applySql(lane), [
    run,
    size,
    ids,
    organisationsChanged.type,
    organisationsChanged.version,
    encodeGlobalId("ImportRun", run),
    factIds,
    reasons,
    reasons.map((reason) => refusalReasons[reason]),
  ]);
  const { rows = 0, line, level, added = 0, changed = 0, unchanged = 0 } = outcomes[0] ?? {};
  if (rows === 0) return 0;
  // Last, since the other lane waits for this row from here to the commit.
  await client.query(
    `update import_run set added = added + $2, changed = changed + $3, unchanged = unchanged + $4, refused = refused + $5, ${lane.goOn}
      from (values ($6::int, $7::int)) d(line, level) where id = $1`,
    [run, added, changed, unchanged, rows - added - changed - unchanged, line, level],
  );
  return rows;
}

/** Refuses the next row of a lane, since it would close a circle. Within a transaction. */
export async function refuseNext(client: Client, run: string, { left, goOn }: Lane): Promise<void> {
  await client.query(
    `with d as (
        select r.run_id, r.line, r.level, r.ods_code from import_run i join ods_row r on r.run_id = i.id
        where i.id = $1 and ${left} order by r.level, r.line limit 1),
      told as (
        insert into import_refusal (run_id, line, code, reason, message)
        select run_id, line, ods_code, 'PARENT_CYCLE', $2 from d)
      update import_run set refused = refused + 1, ${goOn} from d where id = $1`,
    [run, refusalReasons.PARENT_CYCLE],
  );
}
