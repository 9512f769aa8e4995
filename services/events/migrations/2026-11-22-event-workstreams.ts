import { Migration } from "@mikro-orm/migrations";

const office = "(select events.viewer_has('operations:write'))";

class EventWorkstreams extends Migration {
  override up(): void {
    this.addSql(`
create table events.event_workstream (
  event_id uuid not null references events.event,
  workstream_id uuid not null,
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER')),
  primary key (workstream_id, event_id)
);
create index event_workstream_by_event on events.event_workstream (event_id);
alter table events.event_workstream enable row level security;
alter table events.event_workstream force row level security;

-- As visible as the event; written by who runs it, with it, and not changed after.
create policy event_workstream_read on events.event_workstream for select
  using (exists (select from events.event e where e.id = event_id));
create policy event_workstream_insert on events.event_workstream for insert with check (${office}
  or ((select events.viewer_has('organisation:read'))
    and event_id in (select e.id from events.event e where e.host_id = (select events.viewer_organisation()))));
revoke update, delete on events.event_workstream from events_service;`);
  }
}

export const migration = { name: "2026-11-22-event-workstreams", class: EventWorkstreams };
