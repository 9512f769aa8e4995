import { Migration } from "@mikro-orm/migrations";

const schema = "education_learning";
const has = (scope: string): string => `(select ${schema}.viewer_has('${scope}'))`;
const leads = `(${has("organisation:read")} and organisation_id = (select ${schema}.viewer_organisation()))`;

const tables = `
alter table ${schema}.course add version integer not null default 1 check (version between 1 and 10000);

create table ${schema}.completion (
  id uuid primary key,
  person_id uuid not null,
  course_id uuid not null references ${schema}.course,
  course_version integer not null check (course_version between 1 and 10000),
  organisation_id uuid,
  completed_on date not null,
  expires_on date,
  revoked_on date,
  revocation_reason text check (length(revocation_reason) between 1 and 2000),
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER')),
  constraint completion_once_a_day unique (person_id, course_id, completed_on),
  constraint completion_expires_later check (expires_on > completed_on),
  constraint completion_revoked_with_reason check (
    (revoked_on is null) = (revocation_reason is null) and revoked_on >= completed_on)
);
create index completion_by_day on ${schema}.completion (completed_on, id);
create index completion_by_person on ${schema}.completion (person_id, completed_on, id);
create index completion_by_course on ${schema}.completion (course_id, completed_on, id);
create index completion_by_organisation on ${schema}.completion (organisation_id, completed_on, id);
create index completion_by_expiry on ${schema}.completion (expires_on, id);
alter table ${schema}.completion enable row level security;
alter table ${schema}.completion force row level security;`;

const policies = `
create policy completion_read on ${schema}.completion for select using (
  (${has("record:self")} and person_id = (select ${schema}.viewer_person()))
  or ${has("operations:read")} or ${has("analysis:read")} or ${leads});
create policy completion_insert on ${schema}.completion for insert
  with check (${has("operations:write")} or (${leads} and revoked_on is null));
create policy completion_revoke on ${schema}.completion for update using (${has("operations:write")} or ${leads});`;

// A completion stays what it was, whoever writes: all that can come to it is that its certificate is revoked.
const grants = `
revoke update, delete on ${schema}.completion from ${schema}_service;
grant update (revoked_on, revocation_reason) on ${schema}.completion to ${schema}_service;`;

class Completions extends Migration {
  override up(): void {
    for (const sql of [tables, policies, grants]) this.addSql(sql);
  }
}

export const migration = { name: "2026-11-25-completions", class: Completions };
