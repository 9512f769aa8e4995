import { outboxMigrationSql } from "@clic/bus";
import { viewerFunctionsSql } from "@clic/subgraph-kit";
import { Migration } from "@mikro-orm/migrations";

const schema = "production_system";
const sourceColumn = "source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER'))";

class Rpiws extends Migration {
  override up(): void {
    this.addSql(viewerFunctionsSql(schema));
    this.addSql(outboxMigrationSql({ schema }));
    this.addSql(tables);
    this.addSql(frozenMetrics);
    this.addSql(functions);
    for (const table of ["rpiw", "rpiw_phase_change", "metric", "reading", "review"]) {
      this.addSql(`alter table ${schema}.${table} enable row level security;
        alter table ${schema}.${table} force row level security;`);
    }
    this.addSql(policies);
  }
}

// A row of source FOUNDING holds what the report says and no more; the rules bind from its first edit on.
const tables = `
create table ${schema}.rpiw (
  id uuid primary key,
  title text not null check (title <> ''),
  lead_organisation_id uuid,
  status text,
  known_at timestamptz(3),
  phase text check (phase in ('PROPOSED', 'CHARTERED', 'BASELINING', 'WORKSHOP', 'REPORTED_OUT', 'FOLLOW_UP', 'CLOSED', 'ABANDONED')),
  sponsor_id uuid,
  process_owner_id uuid,
  team_size integer check (team_size between 6 and 10),
  workshop_starts_on date,
  workshop_ends_on date,
  reported_out_on date,
  ${sourceColumn},
  created_at timestamptz(3) not null default now(),
  constraint rpiw_phase_known check (source = 'FOUNDING' or phase is not null),
  constraint rpiw_chartered check (source = 'FOUNDING' or phase in ('PROPOSED', 'ABANDONED')
    or (process_owner_id is not null and team_size is not null)),
  constraint rpiw_workshop_dated check (source = 'FOUNDING' or phase not in ('WORKSHOP', 'REPORTED_OUT', 'FOLLOW_UP', 'CLOSED')
    or workshop_starts_on is not null),
  constraint rpiw_report_out_dated check (source = 'FOUNDING' or phase not in ('REPORTED_OUT', 'FOLLOW_UP', 'CLOSED')
    or reported_out_on is not null),
  constraint rpiw_days_in_order check (workshop_ends_on >= workshop_starts_on and reported_out_on >= workshop_starts_on)
);
create index rpiw_by_title on ${schema}.rpiw (title, id);
create index rpiw_by_phase on ${schema}.rpiw (phase, title, id);
create index rpiw_by_status on ${schema}.rpiw (status, title, id);
create index rpiw_by_lead_organisation on ${schema}.rpiw (lead_organisation_id, title, id);
create index rpiw_by_process_owner on ${schema}.rpiw (process_owner_id);
create index rpiw_by_report_out on ${schema}.rpiw (reported_out_on, id);

create table ${schema}.rpiw_phase_change (
  id uuid primary key,
  rpiw_id uuid not null references ${schema}.rpiw,
  phase text not null,
  changed_at timestamptz(3) not null,
  changed_by_id uuid,
  reason text,
  ${sourceColumn}
);
create index rpiw_phase_change_by_rpiw on ${schema}.rpiw_phase_change (rpiw_id, changed_at, id);

create table ${schema}.metric (
  id uuid primary key,
  rpiw_id uuid not null references ${schema}.rpiw,
  name text not null check (length(name) between 1 and 200),
  unit text not null check (length(unit) between 1 and 50),
  direction text not null check (direction in ('LOWER_IS_BETTER', 'HIGHER_IS_BETTER')),
  baseline double precision check (baseline between -1e15 and 1e15),
  baseline_taken_on date,
  baseline_frozen_at timestamptz(3),
  target double precision check (target between -1e15 and 1e15),
  ${sourceColumn},
  created_at timestamptz(3) not null default now(),
  constraint metric_name_once unique (rpiw_id, name),
  constraint metric_baseline_dated check ((baseline is null) = (baseline_taken_on is null)),
  constraint metric_frozen_whole check (baseline_frozen_at is null or (baseline is not null and target is not null))
);

create index metric_by_name on ${schema}.metric (name, id);

create table ${schema}.reading (
  id uuid primary key,
  metric_id uuid not null references ${schema}.metric,
  taken_on date not null,
  value double precision not null check (value between -1e15 and 1e15),
  checkpoint text check (checkpoint in ('REPORT_OUT', 'DAY_30', 'DAY_60', 'DAY_90')),
  ${sourceColumn},
  created_at timestamptz(3) not null default now()
);
create index reading_by_day on ${schema}.reading (taken_on, id);
create index reading_by_metric on ${schema}.reading (metric_id, taken_on, id);
create unique index reading_once_a_checkpoint on ${schema}.reading (metric_id, checkpoint) where checkpoint is not null;

create table ${schema}.review (
  id uuid primary key,
  rpiw_id uuid not null references ${schema}.rpiw,
  checkpoint text not null check (checkpoint in ('DAY_30', 'DAY_60', 'DAY_90')),
  due_on date not null,
  held_on date,
  waived_on date,
  waived_by_id uuid,
  waiver_reason text check (length(waiver_reason) between 1 and 2000),
  ${sourceColumn},
  created_at timestamptz(3) not null default now(),
  constraint review_once_a_checkpoint unique (rpiw_id, checkpoint),
  constraint review_held_or_waived check (held_on is null or waived_on is null),
  constraint review_waiver_whole check ((waived_on is null) = (waiver_reason is null) and (waived_on is null) = (waived_by_id is null))
);
create index review_by_due_day on ${schema}.review (rpiw_id, due_on, id);
create index review_by_day on ${schema}.review (due_on, id);`;

// What an improvement is judged by stays as it was when the workshop began, whoever writes.
const frozenMetrics = `
create function ${schema}.keep_frozen_metric() returns trigger language plpgsql as $$
begin
  if (new.baseline, new.baseline_taken_on, new.target, new.unit, new.direction, new.baseline_frozen_at)
    is distinct from (old.baseline, old.baseline_taken_on, old.target, old.unit, old.direction, old.baseline_frozen_at) then
    raise exception 'The baseline of metric % was frozen when the workshop began.', old.id
      using errcode = 'check_violation', constraint = 'metric_baseline_frozen';
  end if;
  return new;
end
$$;
create trigger keep_frozen_metric before update on ${schema}.metric
  for each row when (old.baseline_frozen_at is not null) execute function ${schema}.keep_frozen_metric();`;

const functions = `
create function ${schema}.viewer_is_signed_in() returns boolean language sql stable parallel safe
  return coalesce(current_setting('app.kind', true) in ('person', 'client', 'system'), false);
create function ${schema}.viewer_delivers(rpiw uuid) returns boolean language sql stable parallel safe
  return ${schema}.viewer_has('operations:write')
    or exists (select from ${schema}.rpiw r where r.id = rpiw and r.process_owner_id = ${schema}.viewer_person());
create function ${schema}.viewer_sponsors(rpiw uuid) returns boolean language sql stable parallel safe
  return exists (select from ${schema}.rpiw r where r.id = rpiw and r.sponsor_id = ${schema}.viewer_person());

-- A process owner delivers; who sponsors, and what Organisations tells of the RPIW, is not theirs to change.
create function ${schema}.keep_sponsor() returns trigger language plpgsql set search_path = '' as $$
begin
  if not ${schema}.viewer_has('operations:write') then
    raise exception 'The sponsor of RPIW % and what Organisations tells of it are not its process owner''s to change.', old.id
      using errcode = 'check_violation', constraint = 'rpiw_owner_only_delivers';
  end if;
  return new;
end
$$;
create trigger keep_sponsor before update on ${schema}.rpiw
  for each row when ((new.id, new.title, new.lead_organisation_id, new.status, new.known_at, new.sponsor_id, new.process_owner_id)
    is distinct from (old.id, old.title, old.lead_organisation_id, old.status, old.known_at, old.sponsor_id, old.process_owner_id))
  execute function ${schema}.keep_sponsor();
grant execute on all functions in schema ${schema} to ${schema}_service;`;

// Nothing here is ever deleted, and the history of phases is only added to: those statements have no policy.
const policies = `
create policy rpiw_read on ${schema}.rpiw for select using (true);
create policy rpiw_insert on ${schema}.rpiw for insert with check ((select ${schema}.viewer_is_system()));
create policy rpiw_update on ${schema}.rpiw for update using (
  (select ${schema}.viewer_has('operations:write')) or process_owner_id = (select ${schema}.viewer_person()));

create policy rpiw_phase_change_read on ${schema}.rpiw_phase_change for select using ((select ${schema}.viewer_is_signed_in()));
create policy rpiw_phase_change_insert on ${schema}.rpiw_phase_change for insert with check (${schema}.viewer_delivers(rpiw_id));
revoke update, delete on ${schema}.rpiw_phase_change from ${schema}_service;

create policy metric_read on ${schema}.metric for select using ((select ${schema}.viewer_is_signed_in()));
create policy metric_insert on ${schema}.metric for insert with check (${schema}.viewer_delivers(rpiw_id));
create policy metric_update on ${schema}.metric for update using (${schema}.viewer_delivers(rpiw_id));

create policy reading_read on ${schema}.reading for select using ((select ${schema}.viewer_is_signed_in()));
create policy reading_insert on ${schema}.reading for insert with check (
  exists (select from ${schema}.metric m where m.id = metric_id and ${schema}.viewer_delivers(m.rpiw_id)));

create policy review_read on ${schema}.review for select using ((select ${schema}.viewer_is_signed_in()));
create policy review_insert on ${schema}.review for insert with check (${schema}.viewer_delivers(rpiw_id));
-- Who delivers says that a review was held; the sponsor or the office signs its waiver, by their own name.
create policy review_update on ${schema}.review for update using (
  ${schema}.viewer_delivers(rpiw_id) or ${schema}.viewer_sponsors(rpiw_id))
with check (
  (waived_by_id is null and ${schema}.viewer_delivers(rpiw_id))
  or (held_on is null and waived_by_id = (select ${schema}.viewer_person())
    and ((select ${schema}.viewer_has('operations:write')) or ${schema}.viewer_sponsors(rpiw_id))));
revoke update on ${schema}.review from ${schema}_service;
grant update (held_on, waived_on, waived_by_id, waiver_reason) on ${schema}.review to ${schema}_service;`;

export const migration = { name: "2026-11-22-rpiws", class: Rpiws };
