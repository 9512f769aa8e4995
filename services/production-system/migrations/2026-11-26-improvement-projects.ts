import { Migration } from "@mikro-orm/migrations";

/** What Production System keeps of each improvement project that Organisations has made: that it was taken up, and copies of what others own. */
class TakenUp extends Migration {
  override up(): void {
    this.addSql(`
create table production_system.improvement_project (
  id uuid primary key,
  support_request_id uuid,
  title text not null check (title <> ''),
  lead_organisation_id uuid,
  status text,
  known_at timestamptz(3),
  taken_up_at timestamptz(3) not null,
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER')),
  created_at timestamptz(3) not null default now()
);
alter table production_system.improvement_project enable row level security;
alter table production_system.improvement_project force row level security;
create policy anybody_reads on production_system.improvement_project for select using (true);
create policy system_adds on production_system.improvement_project for insert with check ((select production_system.viewer_is_system()));
create policy system_changes on production_system.improvement_project for update using ((select production_system.viewer_is_system()));
revoke update, delete on production_system.improvement_project from production_system_service;
grant update (title, lead_organisation_id, status, known_at) on production_system.improvement_project to production_system_service;`);
  }
}

export const migration = { name: "2026-11-26-improvement-projects", class: TakenUp };
