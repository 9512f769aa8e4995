import { Migration } from "@mikro-orm/migrations";

/** What Leadership keeps of each leadership initiative that Organisations has made: that it was taken up, and copies of what others own. */
class TakenUp extends Migration {
  override up(): void {
    this.addSql(`
create table leadership.leadership_initiative (
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
alter table leadership.leadership_initiative enable row level security;
alter table leadership.leadership_initiative force row level security;
create policy anybody_reads on leadership.leadership_initiative for select using (true);
create policy system_adds on leadership.leadership_initiative for insert with check ((select leadership.viewer_is_system()));
create policy system_changes on leadership.leadership_initiative for update using ((select leadership.viewer_is_system()));
revoke update, delete on leadership.leadership_initiative from leadership_service;
grant update (title, lead_organisation_id, status, known_at) on leadership.leadership_initiative to leadership_service;`);
  }
}

export const migration = { name: "2026-11-26-leadership-initiatives", class: TakenUp };
