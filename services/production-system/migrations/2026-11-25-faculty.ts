import { Migration } from "@mikro-orm/migrations";

const schema = "production_system";
const sourceColumn = "source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER'))";
const has = (scope: string): string => `(select ${schema}.viewer_has('${scope}'))`;
const viewer = `(select ${schema}.viewer_person())`;
const leads = `(${has("organisation:read")} and organisation_id = (select ${schema}.viewer_organisation()))`;
const own = `(${has("record:self")} and person_id = ${viewer})`;

const tables = `
-- Where a membership stands is no column: it follows from these days and the day on which it is asked for.
create table ${schema}.faculty_membership (
  id uuid primary key,
  person_id uuid not null,
  organisation_id uuid,
  level text not null check (level in ('CHAMPION', 'FACULTY')),
  coach_id uuid,
  nominated_on date not null,
  sessions_needed integer not null check (sessions_needed between 1 and 100),
  -- From here to projects_reviewed counted by count_teaching() alone.
  trained_from date,
  sessions_taught integer not null default 0 check (sessions_taught >= 0),
  last_taught_on date,
  projects_reviewed integer not null default 0 check (projects_reviewed >= 0),
  accredited_on date,
  renewed_on date,
  accredited_until date,
  left_on date,
  ${sourceColumn},
  constraint faculty_coach_is_another check (coach_id <> person_id),
  constraint faculty_accredited_whole check ((accredited_on is null) = (accredited_until is null)
    and accredited_until > accredited_on and (renewed_on is null or renewed_on >= accredited_on)),
  constraint faculty_accredited_with_evidence check (accredited_on is null
    or (trained_from is not null and sessions_taught >= sessions_needed and projects_reviewed >= 1))
);
create unique index faculty_one_live on ${schema}.faculty_membership (person_id) where left_on is null;
create index faculty_by_person on ${schema}.faculty_membership (person_id, nominated_on, id);
create index faculty_by_organisation on ${schema}.faculty_membership (organisation_id, nominated_on, id);
create index faculty_by_coach on ${schema}.faculty_membership (coach_id);
create index faculty_by_nomination on ${schema}.faculty_membership (nominated_on, id);
create index faculty_by_accreditation on ${schema}.faculty_membership (accredited_until, id);

create table ${schema}.teaching_record (
  id uuid primary key,
  membership_id uuid not null references ${schema}.faculty_membership,
  kind text not null check (kind in ('INTRODUCTORY_WORKSHOP', 'SESSION', 'PROJECT_REVIEW')),
  took_place_on date not null,
  event_id uuid,
  rpiw_id uuid references ${schema}.rpiw,
  recorded_by_id uuid,
  ${sourceColumn},
  constraint teaching_of_its_kind check ((event_id is null or kind <> 'PROJECT_REVIEW') and (rpiw_id is null or kind = 'PROJECT_REVIEW'))
);
create unique index teaching_one_workshop on ${schema}.teaching_record (membership_id) where kind = 'INTRODUCTORY_WORKSHOP';
create unique index teaching_once_an_event on ${schema}.teaching_record (membership_id, event_id) where event_id is not null;
create unique index teaching_once_an_rpiw on ${schema}.teaching_record (membership_id, rpiw_id) where rpiw_id is not null;
create index teaching_by_day on ${schema}.teaching_record (membership_id, took_place_on, id);`;

const functions = `
-- Whoever records teaching, the membership counts it, unless its person has left. Runs as the owner, since a coach may not
-- change a membership.
create function ${schema}.count_teaching() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update ${schema}.faculty_membership m set
    trained_from = case when new.kind = 'INTRODUCTORY_WORKSHOP' then new.took_place_on else m.trained_from end,
    sessions_taught = m.sessions_taught + (new.kind = 'SESSION')::integer,
    last_taught_on = case when new.kind = 'SESSION' then greatest(m.last_taught_on, new.took_place_on) else m.last_taught_on end,
    projects_reviewed = m.projects_reviewed + (new.kind = 'PROJECT_REVIEW')::integer
  where m.id = new.membership_id and m.left_on is null;
  if not found then
    raise exception using errcode = 'check_violation', constraint = 'faculty_left', message = 'The person has left the faculty.';
  end if;
  return null;
end $$;
create trigger count_teaching after insert on ${schema}.teaching_record for each row execute function ${schema}.count_teaching();
revoke all on function ${schema}.count_teaching from public;

-- A row policy sees the row before or after a change, never both; so what a change may be stands here: who left stays away,
-- people do no more to their own than leave, nobody accredits or renews themselves, and renewal needs teaching since.
create function ${schema}.hold_faculty() returns trigger language plpgsql set search_path = '' as $$
declare
  broken text;
begin
  if old.left_on is not null then broken := 'faculty_left';
  elsif (new.accredited_on, new.renewed_on, new.accredited_until) is distinct from (old.accredited_on, old.renewed_on, old.accredited_until)
    and new.person_id = ${schema}.viewer_person() then broken := 'faculty_not_by_oneself';
  elsif old.accredited_until is distinct from new.accredited_until and old.accredited_until is not null
    and not coalesce(new.renewed_on >= old.accredited_until - 60 and new.accredited_until <= greatest(old.accredited_until, new.renewed_on) + 366
      and old.last_taught_on > coalesce(old.renewed_on, old.accredited_on), false) then broken := 'faculty_renewed_with_evidence';
  elsif new.person_id = ${schema}.viewer_person() and not ${schema}.viewer_has('operations:write')
    and (to_jsonb(new) - 'left_on') is distinct from (to_jsonb(old) - 'left_on') then broken := 'faculty_own_steps';
  end if;
  if broken is not null then
    raise exception using errcode = 'check_violation', constraint = broken, message = 'A membership of the faculty does not change like this.';
  end if;
  return new;
end $$;
create trigger hold_faculty before update on ${schema}.faculty_membership for each row execute function ${schema}.hold_faculty();`;

const policies = `
create policy faculty_membership_read on ${schema}.faculty_membership for select using (${own} or coach_id = ${viewer}
  or ${has("operations:read")} or ${has("analysis:read")} or ${leads});
create policy faculty_membership_insert on ${schema}.faculty_membership for insert with check (${has("operations:write")} or ${leads});
create policy faculty_membership_update on ${schema}.faculty_membership for update using (${has("operations:write")} or ${own});

-- As visible as the membership; of somebody else, by the office or their coach, in their own name.
create policy teaching_record_read on ${schema}.teaching_record for select
  using (membership_id in (select m.id from ${schema}.faculty_membership m));
create policy teaching_record_insert on ${schema}.teaching_record for insert with check (
  recorded_by_id is not distinct from ${viewer}
  and membership_id in (select m.id from ${schema}.faculty_membership m
    where m.person_id is distinct from ${viewer} and (${has("operations:write")} or m.coach_id = ${viewer})));

-- For the counting above alone: nobody serves requests as the owner.
create policy faculty_membership_guarded on ${schema}.faculty_membership for select to ${schema}_owner using (true);
create policy faculty_membership_counted on ${schema}.faculty_membership for update to ${schema}_owner using (true);`;

// Nobody who serves requests writes a count, moves a membership to somebody else, changes what was taught, or deletes.
const grants = `
revoke insert, update, delete on ${schema}.faculty_membership, ${schema}.teaching_record from ${schema}_service;
grant insert (id, person_id, organisation_id, level, coach_id, nominated_on, sessions_needed, source)
  on ${schema}.faculty_membership to ${schema}_service;
grant update (coach_id, accredited_on, renewed_on, accredited_until, left_on) on ${schema}.faculty_membership to ${schema}_service;
grant insert on ${schema}.teaching_record to ${schema}_service;`;

class Faculty extends Migration {
  override up(): void {
    this.addSql(tables);
    for (const table of ["faculty_membership", "teaching_record"])
      this.addSql(`alter table ${schema}.${table} enable row level security;
        alter table ${schema}.${table} force row level security;`);
    this.addSql(functions);
    this.addSql(policies);
    this.addSql(grants);
  }
}

export const migration = { name: "2026-11-25-faculty", class: Faculty };
