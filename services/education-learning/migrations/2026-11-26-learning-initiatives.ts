import { Migration } from "@mikro-orm/migrations";

/** What Education and Learning keeps of each learning initiative that Organisations has made: that it was taken up, and copies of what others own. */
class TakenUp extends Migration {
  override up(): void {
    this.addSql(`
create table education_learning.learning_initiative (
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
alter table education_learning.learning_initiative enable row level security;
alter table education_learning.learning_initiative force row level security;
create policy anybody_reads on education_learning.learning_initiative for select using (true);
create policy system_adds on education_learning.learning_initiative for insert with check ((select education_learning.viewer_is_system()));
create policy system_changes on education_learning.learning_initiative for update using ((select education_learning.viewer_is_system()));
revoke update, delete on education_learning.learning_initiative from education_learning_service;
grant update (title, lead_organisation_id, status, known_at) on education_learning.learning_initiative to education_learning_service;`);
  }
}

export const migration = { name: "2026-11-26-learning-initiatives", class: TakenUp };
