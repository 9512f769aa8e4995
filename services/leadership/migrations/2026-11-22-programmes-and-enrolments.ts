import { outboxMigrationSql } from "@clic/bus";
import { viewerFunctionsSql } from "@clic/subgraph-kit";
import { Migration } from "@mikro-orm/migrations";

class ProgrammesAndEnrolments extends Migration {
  override up(): void {
    this.addSql(viewerFunctionsSql("leadership"));
    this.addSql(outboxMigrationSql({ schema: "leadership" }));
    this.addSql(`
create table leadership.programme (
  id uuid primary key,
  work_item_id uuid unique,
  title text not null check (length(title) between 1 and 200),
  reported_status text,
  reported_when text,
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER'))
);
create index programme_by_title on leadership.programme (title, id);

create table leadership.cohort (
  id uuid primary key,
  programme_id uuid not null references leadership.programme,
  name text not null check (length(name) between 1 and 200),
  places integer not null check (places between 1 and 500),
  taken integer not null default 0,
  starts_on date,
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER')),
  constraint cohort_places_hold check (taken between 0 and places)
);
create index cohort_by_start on leadership.cohort (starts_on, id);
create index cohort_by_programme on leadership.cohort (programme_id, starts_on, id);

create table leadership.enrolment (
  id uuid primary key,
  cohort_id uuid not null references leadership.cohort,
  person_id uuid not null,
  organisation_id uuid,
  status text not null check (status in ('APPLIED', 'OFFERED', 'ENROLLED', 'COMPLETED', 'WITHDRAWN', 'DEFERRED')),
  applied_at timestamptz(3) not null default now(),
  sessions_held integer not null default 0 check (sessions_held >= 0),
  sessions_attended integer not null default 0 check (sessions_attended between 0 and sessions_held),
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER'))
);
create unique index enrolment_live_once on leadership.enrolment (cohort_id, person_id)
  where status in ('APPLIED', 'OFFERED', 'ENROLLED', 'COMPLETED');
create index enrolment_by_cohort on leadership.enrolment (cohort_id, applied_at, id);
create index enrolment_by_time on leadership.enrolment (applied_at, id);
create index enrolment_by_person on leadership.enrolment (person_id, applied_at, id);
create index enrolment_by_organisation on leadership.enrolment (organisation_id, status);

-- Whoever changes an enrolment, the cohort counts it; cohort_places_hold then refuses the place that isn't there.
create function leadership.count_places() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  before integer := case when tg_op = 'INSERT' then 0 else (old.status in ('OFFERED', 'ENROLLED', 'COMPLETED'))::integer end;
  after integer := (new.status in ('OFFERED', 'ENROLLED', 'COMPLETED'))::integer;
begin
  if before <> after then
    update leadership.cohort set taken = taken + after - before where id = new.cohort_id;
  end if;
  return null;
end $$;
create trigger enrolment_counts after insert or update of status on leadership.enrolment
  for each row execute function leadership.count_places();

-- A row policy sees the row before or after a change, never both; so what people may do with their own stands here:
-- accept an offer, withdraw, defer, and nothing else.
create function leadership.hold_own_steps() returns trigger language plpgsql set search_path = '' as $$
begin
  if leadership.viewer_has('operations:write') then return new; end if;
  if (new.sessions_held, new.sessions_attended, new.source) is distinct from (old.sessions_held, old.sessions_attended, old.source)
    or not (old.status = 'OFFERED' and new.status = 'ENROLLED'
      or old.status in ('APPLIED', 'OFFERED', 'ENROLLED') and new.status = 'WITHDRAWN'
      or old.status in ('OFFERED', 'ENROLLED') and new.status = 'DEFERRED') then
    raise exception 'people take the steps of their own enrolment that are theirs' using errcode = 'check_violation', constraint = 'enrolment_own_steps';
  end if;
  return new;
end $$;
create trigger enrolment_own_steps before update on leadership.enrolment
  for each row execute function leadership.hold_own_steps();
-- Whose it is, and in which cohort, never changes, whoever writes.
revoke update, delete on leadership.enrolment from leadership_service;
grant update (status, sessions_held, sessions_attended, source) on leadership.enrolment to leadership_service;
`);
    const policies: Record<string, { read: string; insert: string; update: string }> = {
      programme: { read: "true", insert: has("operations:write"), update: has("operations:write") },
      cohort: { read: "true", insert: has("operations:write"), update: has("operations:write") },
      enrolment: {
        read: `person_id = (select leadership.viewer_person()) or ${has("operations:read")} or ${has("analysis:read")}
          or (${has("organisation:read")} and organisation_id = (select leadership.viewer_organisation()))`,
        insert: `${has("operations:write")} or (${has("record:self")} and person_id = (select leadership.viewer_person())
          and status = 'APPLIED' and sessions_held = 0 and organisation_id is not distinct from (select leadership.viewer_organisation()))`,
        update: `${has("operations:write")} or (${has("record:self")} and person_id = (select leadership.viewer_person()))`,
      },
    };
    for (const [table, policy] of Object.entries(policies)) {
      this.addSql(`
alter table leadership.${table} enable row level security;
alter table leadership.${table} force row level security;
create policy ${table}_read on leadership.${table} for select using (${policy.read});
create policy ${table}_insert on leadership.${table} for insert with check (${policy.insert});
create policy ${table}_update on leadership.${table} for update using (${policy.update});`);
    }
    this.addSql(`create policy cohort_count on leadership.cohort for update to leadership_owner using (true);`);
  }
}

function has(scope: string): string {
  return `(select leadership.viewer_has('${scope}'))`;
}

export const migration = { name: "2026-11-22-programmes-and-enrolments", class: ProgrammesAndEnrolments };
