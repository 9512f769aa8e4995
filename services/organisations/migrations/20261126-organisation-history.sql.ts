/**
 * What the directory knew of each organisation, by the day from which it held. A version says: from `from_day` on it is so.
 * The one with the highest number among those that have begun holds, so a correction of the past overrides what was said
 * of all the days behind it, and what was said before stays to be read. `to_day` is the day from which another one holds.
 */
export const historySql = `
alter table organisations.organisation
  add column ods_status text check (ods_status in ('ACTIVE', 'CLOSED', 'DORMANT', 'PROPOSED')),
  add column parent_from date,
  add column parent_to date,
  add column succeeded_on date,
  add column address_lines text[],
  add column postcode text,
  add column telephone text,
  add constraint organisation_leaves_after_joining check (parent_to >= parent_from);

-- Nearly none has a successor.
drop index organisations.organisation_succeeded_by;
create index organisation_succeeded_by on organisations.organisation (succeeded_by_id) where succeeded_by_id is not null;

-- A uuid v7, as ids of the graph are; PostgreSQL has one of its own from 18 on.
create function organisations.new_uuid() returns uuid language sql volatile as $$
  select (lpad(to_hex(floor(extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || '7'
    || substr(gen_random_uuid()::text, 16))::uuid
$$;

-- No foreign keys: the triggers alone write here, from rows that are never deleted.
create table organisations.organisation_version (
  id uuid primary key default organisations.new_uuid(),
  organisation_id uuid not null,
  number int not null check (number >= 1),
  from_day date,
  to_day date,
  recorded_at timestamptz(3) not null default now(),
  import_run_id uuid,
  ods_code text,
  name text not null,
  name_folded text collate "C" not null,
  kind text,
  status text,
  ods_status text,
  parent_id uuid,
  valid_from date,
  valid_to date,
  succeeded_by_id uuid,
  base text,
  address_lines text[],
  postcode text,
  telephone text,
  constraint organisation_version_number unique (organisation_id, number)
);
create index organisation_version_ods_code on organisations.organisation_version (ods_code);
create index organisation_version_parent on organisations.organisation_version (parent_id);
create index organisation_version_name on organisations.organisation_version (name, id);
create index organisation_version_folded on organisations.organisation_version (name_folded, id);

alter table organisations.organisation_version enable row level security;
alter table organisations.organisation_version force row level security;
create policy anybody_reads on organisations.organisation_version for select using (true);
create policy triggers_add on organisations.organisation_version for insert to organisations_owner with check (true);
create policy triggers_end on organisations.organisation_version for update to organisations_owner using (true);
revoke insert, update, delete on organisations.organisation_version from organisations_service;

-- How FHIR compares texts: without case and without accents.
create function organisations.fold(name text) returns text language sql immutable parallel safe as $$
  select case when octet_length(name) = length(name) then lower(name)
    else lower(regexp_replace(normalize(name, NFD), U&'[\\0300-\\036f]', '', 'g')) end
$$;

create function organisations.history_day() returns date language sql stable as $$
  select coalesce(nullif(current_setting('app.as_at', true), '')::date, (now() at time zone 'Europe/London')::date)
$$;
`;

/** What a row says of a day: `n` is the row, `d.day` the day, '-infinity' for the beginning. */
const opening = `case
      when n.valid_to < d.day then 'INACTIVE'
      when n.status = 'INACTIVE' and n.valid_to is not null then 'ACTIVE'
      else n.status end`;
const parentThen = `case when d.day < n.parent_from or d.day > n.parent_to then null else n.parent_id end`;
const successorThen = `case when d.day < n.succeeded_on then null else n.succeeded_by_id end`;
const columns = `id, organisation_id, number, from_day, to_day, import_run_id, ods_code, name, name_folded, kind, status,
    ods_status, parent_id, valid_from, valid_to, succeeded_by_id, base, address_lines, postcode, telephone`;
const undated = ["name", "kind", "ods_status", "base", "address_lines", "postcode", "telephone"];
const listed = (alias: string): string => undated.map((column) => `${alias}.${column}`).join(", ");

/**
 * The first day of a row's history. What is only proposed is known of from today, whatever day it is meant to begin.
 */
const start = (row: string): string =>
  `case when ${row}.status = 'PROPOSED' then organisations.history_day() else coalesce(${row}.valid_from, '-infinity') end`;

const days = ["begins", "ends", "joins", "leaves", "gives_way"];

/**
 * The history of rows that had none: a version from each day on which something became otherwise. Days are counted and not
 * sorted, since a row has so few: sorting all rows of an import costs as much as the rest of it. Without `offset 0` they would
 * be computed anew wherever they stand.
 */
const beginFrom = (table: string, run: string): string => `insert into organisations.organisation_version (${columns})
  select organisations.new_uuid(), n.id, 1 + ${days.map((day) => `coalesce((n.${day} < d.day)::int, 0)`).join(" + ")},
    nullif(d.day, '-infinity'), least(${days.map((day) => `case when n.${day} > d.day then n.${day} end`).join(", ")}),
    ${run}, n.ods_code, n.name, organisations.fold(n.name), n.kind, ${opening}, n.ods_status, ${parentThen},
    n.valid_from, n.valid_to, ${successorThen}, n.base, n.address_lines, n.postcode, n.telephone
  from (
    select b.*,
      case when b.valid_to + 1 > b.begins then b.valid_to + 1 end as ends,
      case when b.parent_id is not null and b.parent_from > b.begins and b.parent_from is distinct from b.valid_to + 1
        then b.parent_from end as joins,
      case when b.parent_id is not null and b.parent_to + 1 > b.begins and b.parent_to is distinct from b.valid_to
        then b.parent_to + 1 end as leaves,
      case when b.succeeded_on > b.begins and b.succeeded_on is distinct from b.valid_to + 1
        and (b.parent_id is null or (b.succeeded_on is distinct from b.parent_from and b.succeeded_on is distinct from b.parent_to + 1))
        then b.succeeded_on end as gives_way
    from (select c.*, ${start("c")} as begins from ${table} c offset 0) b offset 0) n
  cross join lateral (values ${days.map((day) => `(n.${day})`).join(", ")}) d(day)
  where d.day is not null`;

export const historyTriggersSql = `
create function organisations.begin_organisation_history() returns trigger
  language plpgsql security definer set search_path = '' as $$
declare
  run uuid := nullif(current_setting('app.import_run', true), '')::uuid;
begin
  ${beginFrom("added", "run")};
  return null;
end
$$;
create trigger begin_organisation_history after insert on organisations.organisation
  referencing new table as added for each statement execute function organisations.begin_organisation_history();

create function organisations.go_on_with_organisation_history() returns trigger
  language plpgsql security definer set search_path = '' as $$
declare
  run uuid := nullif(current_setting('app.import_run', true), '')::uuid;
  today date := organisations.history_day();
begin
  with moved as materialized (
    select n, o, m.*, ${start("n")} as begins,
      least(
        case when m.restated then today end,
        case when m.ends_moved then least(o.valid_to, n.valid_to) + 1 end,
        case when m.begin_moved then least(${start("o")}, ${start("n")}) end,
        case when m.status_moved then m.status_from end,
        case when m.parent_moved then least(coalesce(n.parent_from, today), o.parent_from, n.parent_to + 1, o.parent_to + 1) end,
        case when m.successor_moved then least(coalesce(n.succeeded_on, today), o.succeeded_on) end) as since
    from was o join changed n on n.id = o.id
    cross join lateral (select
      (${listed("n")}) is distinct from (${listed("o")}) as restated,
      n.valid_to is distinct from o.valid_to as ends_moved,
      o.status is distinct from 'PROPOSED' and n.status is distinct from 'PROPOSED' and n.valid_from is distinct from o.valid_from as begin_moved,
      n.status is distinct from o.status as status_moved,
      case when o.status = 'PROPOSED' and n.status = 'ACTIVE' and n.valid_from is not null then n.valid_from
        when n.status = 'INACTIVE' and n.valid_to is not null then n.valid_to + 1 else today end as status_from,
      (n.parent_id, n.parent_from, n.parent_to) is distinct from (o.parent_id, o.parent_from, o.parent_to) as parent_moved,
      (n.succeeded_by_id, n.succeeded_on) is distinct from (o.succeeded_by_id, o.succeeded_on) as successor_moved) m
  ), said as materialized (
    select (moved.n).id, (moved.n), (moved.o), moved.begins, moved.status_from, moved.status_moved, moved.parent_moved, moved.successor_moved, d.day,
      v.number as known, v.status as known_status, v.parent_id as known_parent, v.succeeded_by_id as known_successor,
      v.name as known_name, v.name_folded as known_folded, v.kind as known_kind, v.ods_status as known_ods_status, v.base as known_base,
      v.address_lines as known_address, v.postcode as known_postcode, v.telephone as known_telephone
    from moved
    cross join lateral (
      select greatest(moved.since, moved.begins) as day
      union select w.day from (values (today), ((moved.n).valid_to + 1), (moved.status_from),
        ((moved.n).parent_from), ((moved.n).parent_to + 1), ((moved.n).succeeded_on)) w(day)
        where w.day > moved.since and w.day >= moved.begins
      union select coalesce(e.from_day, '-infinity') from organisations.organisation_version e
        where e.organisation_id = (moved.n).id and coalesce(e.from_day, '-infinity') > moved.since
          and coalesce(e.from_day, '-infinity') >= moved.begins and (e.to_day is null or e.to_day > coalesce(e.from_day, '-infinity'))) d
    left join lateral (
      select * from organisations.organisation_version e where e.organisation_id = (moved.n).id
        and coalesce(e.from_day, '-infinity') <= d.day order by e.number desc limit 1) v on true
    where moved.since is not null
  ), overridden as (
    update organisations.organisation_version v set to_day = s.since
    from (select moved.since, (moved.n).id from moved where moved.since is not null) s
    where v.organisation_id = s.id and (v.to_day is null or v.to_day > s.since)
  )
  insert into organisations.organisation_version (${columns})
  select organisations.new_uuid(), d.id,
    (select max(e.number) from organisations.organisation_version e where e.organisation_id = d.id) + row_number() over days,
    nullif(d.day, '-infinity'), lead(d.day) over days, run, n.ods_code,
    case when is_new then n.name else d.known_name end,
    case when is_new then organisations.fold(n.name) else d.known_folded end,
    case when is_new then n.kind else d.known_kind end,
    case when n.valid_to < d.day then 'INACTIVE'
      when d.known is null then ${opening}
      when d.status_moved and d.day >= d.status_from then ${opening}
      when d.known_status = 'INACTIVE' and d.day > (d.o).valid_to and n.valid_to >= d.day then 'ACTIVE'
      else d.known_status end,
    case when is_new then n.ods_status else d.known_ods_status end,
    case when d.known is null then ${parentThen}
      when not d.parent_moved then d.known_parent
      when d.day >= coalesce(n.parent_from, today) then ${parentThen}
      when d.known_parent = n.parent_id and d.day >= (d.o).parent_from then null
      else d.known_parent end,
    n.valid_from, n.valid_to,
    case when d.successor_moved or d.known is null then ${successorThen} else d.known_successor end,
    case when is_new then n.base else d.known_base end,
    case when is_new then n.address_lines else d.known_address end,
    case when is_new then n.postcode else d.known_postcode end,
    case when is_new then n.telephone else d.known_telephone end
  from said d cross join lateral (select (d.n).*, d.known is null or d.day >= today as is_new) n
  window days as (partition by d.id order by d.day);
  return null;
end
$$;
create trigger go_on_with_organisation_history after update on organisations.organisation
  referencing old table as was new table as changed for each statement
  execute function organisations.go_on_with_organisation_history();
revoke all on function organisations.begin_organisation_history, organisations.go_on_with_organisation_history from public;
-- What was there before its history was kept.
${beginFrom("organisations.organisation", "null")};
`;

/**
 * Two moves that are harmless alone can close a circle together, so moves take turns; the look behind the lock sees what
 * the transaction before has committed. A statement is looked at as a whole: a row at a time would cost a large one dear. Of
 * new rows only those count that something is below already, which is by a row of the same statement.
 */
const noCircle = (column: string, name: string, words: string): string =>
  [
    {
      when: "insert",
      tables: "new table as changed",
      moved: `from changed c where c.${column} is not null and exists (select from organisations.organisation k where k.${column} = c.id)`,
    },
    {
      when: "update",
      tables: "old table as was new table as changed",
      moved: `from changed c join was w on w.id = c.id where c.${column} is not null and c.${column} is distinct from w.${column}`,
    },
  ]
    .map(
      ({ when, tables, moved }) => `
create function organisations.${name}_on_${when}() returns trigger language plpgsql as $$
begin
  if not exists (select ${moved}) then return null; end if;
  perform pg_advisory_xact_lock(hashtext('organisations.organisation.${column}'));
  if exists (
    with recursive above(began, id) as (
      select c.id, c.${column} ${moved}
      union
      select a.began, o.${column} from above a join organisations.organisation o on o.id = a.id where o.${column} is not null)
    select from above where id = began
  ) then
    raise exception '${words}' using errcode = 'check_violation', constraint = '${name}';
  end if;
  return null;
end
$$;
create trigger ${name}_on_${when} after ${when} on organisations.organisation
  referencing ${tables} for each statement execute function organisations.${name}_on_${when}();
`,
    )
    .join("");

export const circlesSql = `
drop trigger organisation_has_no_cycle on organisations.organisation;
drop function organisations.organisation_has_no_cycle();
${noCircle("parent_id", "organisation_no_cycle", "an organisation can not be above itself")}
${noCircle("succeeded_by_id", "organisation_no_succession_cycle", "an organisation can not succeed itself")}
`;
