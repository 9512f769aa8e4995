import { outboxMigrationSql } from "@clic/bus";
import { viewerFunctionsSql } from "@clic/subgraph-kit";
import { Migration } from "@mikro-orm/migrations";

const schema = "education_learning";

class CoursesAndRollOuts extends Migration {
  override up(): void {
    this.addSql(viewerFunctionsSql(schema));
    this.addSql(outboxMigrationSql({ schema }));
    this.addSql(`
create table ${schema}.course (
  id uuid primary key,
  code text not null unique check (code ~ '^[a-z0-9][a-z0-9-]{1,62}$'),
  title text not null check (length(title) between 1 and 200),
  status text not null check (status in ('DRAFT', 'LIVE', 'RETIRED')),
  provider_id uuid,
  duration_minutes integer check (duration_minutes between 1 and 10080),
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER'))
);
create index course_by_title on ${schema}.course (title, id);
create index course_by_status on ${schema}.course (status, title, id);

create table ${schema}.course_workstream (
  course_id uuid not null references ${schema}.course,
  workstream_id uuid not null,
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER')),
  primary key (workstream_id, course_id)
);
create index course_workstream_by_course on ${schema}.course_workstream (course_id);

create table ${schema}.roll_out (
  id uuid primary key,
  work_item_id uuid not null unique,
  course_id uuid references ${schema}.course,
  title text not null check (length(title) between 1 and 200),
  target integer check (target > 0),
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER'))
);
create index roll_out_by_title on ${schema}.roll_out (title, id);
create index roll_out_by_course on ${schema}.roll_out (course_id);

create table ${schema}.roll_out_site (
  id uuid primary key,
  roll_out_id uuid not null references ${schema}.roll_out,
  organisation_id uuid not null,
  status text not null check (status in ('INVITED', 'ONBOARDING', 'LIVE', 'LAPSED')),
  licences integer not null default 0 check (licences >= 0),
  users integer not null default 0 check (users >= 0),
  went_live_on date,
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER')),
  constraint roll_out_site_once unique (roll_out_id, organisation_id),
  constraint roll_out_site_users_within_licences check (users <= licences),
  constraint roll_out_site_live_has_date check (status <> 'LIVE' or went_live_on is not null)
);
create index roll_out_site_by_organisation on ${schema}.roll_out_site (organisation_id, went_live_on, id);
create index roll_out_site_by_day on ${schema}.roll_out_site (went_live_on, id);

create table ${schema}.event_credit (
  event_id uuid primary key,
  cpd_minutes integer not null check (cpd_minutes between 1 and 10080),
  course_id uuid references ${schema}.course,
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER'))
);
create index event_credit_by_course on ${schema}.event_credit (course_id);
`);
    for (const table of ["course", "course_workstream", "roll_out", "roll_out_site", "event_credit"]) {
      const readable: Record<string, string> = {
        course: `status <> 'DRAFT' or (select ${schema}.viewer_has('operations:read'))`,
        // Licences and users are an organisation's own business: its leads, the office and analysts see them.
        roll_out_site: `(select ${schema}.viewer_has('operations:read')) or (select ${schema}.viewer_has('analysis:read'))
          or ((select ${schema}.viewer_has('organisation:read')) and organisation_id = (select ${schema}.viewer_organisation()))`,
      };
      this.addSql(`
alter table ${schema}.${table} enable row level security;
alter table ${schema}.${table} force row level security;
create policy ${table}_read on ${schema}.${table} for select using (${readable[table] ?? "true"});
create policy ${table}_insert on ${schema}.${table} for insert with check ((select ${schema}.viewer_has('operations:write')));
create policy ${table}_update on ${schema}.${table} for update using ((select ${schema}.viewer_has('operations:write')));`);
    }
    // How many sites are live is public, which they are is not: the count runs as the owner and says nothing else.
    this.addSql(`
create policy roll_out_site_count on ${schema}.roll_out_site for select to ${schema}_owner using (true);
create function ${schema}.live_sites(roll_outs uuid[]) returns table (roll_out_id uuid, live integer)
  language sql stable security definer set search_path = '' as $$
    select s.roll_out_id, count(*)::integer from ${schema}.roll_out_site s
    where s.roll_out_id = any(roll_outs) and s.status = 'LIVE' group by 1 $$;`);
    this.addSql(`grant execute on function ${schema}.live_sites(uuid[]) to ${schema}_service;`);
  }
}

export const migration = { name: "2026-11-22-courses-and-roll-outs", class: CoursesAndRollOuts };
