import { outboxMigrationSql } from "@clic/bus";
import { viewerFunctionsSql } from "@clic/subgraph-kit";
import { Migration } from "@mikro-orm/migrations";

const tables = `
create table events.venue (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  address text check (length(address) between 1 and 500),
  temporary boolean,
  temporary_until date,
  status text check (status in ('ACTIVE', 'RETIRED')),
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER')),
  constraint venue_has_status check (source = 'FOUNDING' or status is not null)
);
create index venue_by_name on events.venue (name, id);

create table events.event (
  id uuid primary key,
  title text not null check (length(title) between 1 and 200),
  kind text check (kind in ('WORKSHOP', 'TRAINING', 'ENGAGEMENT', 'SESSION', 'CONFERENCE', 'MEETING')),
  mode text check (mode in ('IN_PERSON', 'ONLINE', 'HYBRID')),
  status text check (status in ('DRAFT', 'PUBLISHED', 'CLOSED', 'COMPLETED', 'CANCELLED')),
  reported_status text,
  reported_when text,
  reported_audience text[],
  starts_at timestamptz(3),
  ends_at timestamptz(3),
  venue_id uuid references events.venue,
  host_id uuid,
  work_item_id text check (work_item_id ~ '^(lin|rpw|imp|led)_'),
  capacity integer check (capacity between 1 and 100000),
  has_waiting_list boolean,
  -- Counted by count_booking() alone, from the bookings.
  confirmed integer not null default 0 check (confirmed >= 0),
  offered integer not null default 0 check (offered >= 0),
  waiting integer not null default 0 check (waiting >= 0),
  last_queue_number integer not null default 0,
  places_left integer generated always as (case when capacity is not null then greatest(capacity - confirmed - offered, 0) end) stored,
  sequence integer not null default 0,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER')),
  constraint event_ends_after_start check (ends_at > starts_at),
  constraint event_has_status_and_time check (source = 'FOUNDING' or (
    status is not null and (status in ('DRAFT', 'CANCELLED') or starts_at is not null)))
);
create index event_by_start on events.event (starts_at, id);
create index event_by_status on events.event (status, starts_at, id);
create index event_by_host on events.event (host_id, starts_at, id);
create index event_by_work_item on events.event (work_item_id, starts_at, id);
create index event_by_venue on events.event (venue_id, starts_at, id);
create index event_by_places_left on events.event (places_left, id);

create table events.booking (
  id uuid primary key,
  event_id uuid not null references events.event,
  person_id uuid not null,
  organisation_id uuid,
  status text not null check (status in ('CONFIRMED', 'WAITLISTED', 'OFFERED', 'ATTENDED', 'NO_SHOW', 'CANCELLED')),
  booked_at timestamptz(3) not null,
  cancelled_at timestamptz(3),
  queue_number integer check (queue_number > 0),
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER')),
  constraint booking_waits_in_order check (status <> 'WAITLISTED' or queue_number is not null),
  constraint booking_cancelled_at check ((status = 'CANCELLED') = (cancelled_at is not null))
);
create unique index booking_one_live on events.booking (event_id, person_id) where status <> 'CANCELLED';
create unique index booking_queue_number on events.booking (event_id, queue_number) where queue_number is not null;
create index booking_in_line on events.booking (event_id, queue_number) where status = 'WAITLISTED';
create index booking_by_event on events.booking (event_id, booked_at, id);
create index booking_by_person on events.booking (person_id, booked_at, id);
create index booking_by_organisation on events.booking (organisation_id, booked_at, id);
create index booking_by_time on events.booking (booked_at, id);
`;

/**
 * What must hold whoever writes. The owner runs it, since a member may change neither an event's counters nor
 * somebody else's booking; each function does one thing that breaks no rule, whoever calls it.
 */
const functions = `
-- Whoever books, cancels or changes capacity holds the event first; so they come one after another, in order.
create function events.hold_event(event uuid) returns void
  language sql volatile security definer set search_path = '' as $$
    select from events.event e where e.id = hold_event.event for no key update $$;

-- The one place where places are counted, and where the last of them is refused to all but one.
create function events.count_booking() returns trigger
  language plpgsql security definer set search_path = '' as $$
declare
  was text := case when tg_op = 'UPDATE' then old.status end;
  seats integer := coalesce((new.status in ('CONFIRMED', 'ATTENDED', 'NO_SHOW'))::int, 0) - coalesce((was in ('CONFIRMED', 'ATTENDED', 'NO_SHOW'))::int, 0);
  offers integer := coalesce((new.status = 'OFFERED')::int, 0) - coalesce((was = 'OFFERED')::int, 0);
  queue integer := coalesce((new.status = 'WAITLISTED')::int, 0) - coalesce((was = 'WAITLISTED')::int, 0);
begin
  if seats = 0 and offers = 0 and queue = 0 then return null; end if;
  update events.event e
    set confirmed = e.confirmed + seats, offered = e.offered + offers, waiting = e.waiting + queue,
      last_queue_number = greatest(e.last_queue_number, new.queue_number)
    where e.id = new.event_id
      and (seats + offers <= 0 or e.capacity is null or e.confirmed + e.offered + seats + offers <= e.capacity);
  if not found then
    raise exception using errcode = 'check_violation', constraint = 'event_capacity', message = 'the event has no place left';
  end if;
  return null;
end $$;
create trigger count_booking after insert or update of status on events.booking
  for each row execute function events.count_booking();

-- Confirms from the head of the waiting list as long as there are places; answers whom, in their order.
create function events.confirm_waiting(event uuid) returns setof events.booking
  language plpgsql volatile security definer set search_path = '' as $$
declare
  free integer;
begin
  select case when e.capacity is null then e.waiting else least(e.capacity - e.confirmed - e.offered, e.waiting) end into free
    from events.event e where e.id = confirm_waiting.event for no key update;
  if coalesce(free, 0) <= 0 then return; end if;
  return query
    with next as (
      select b.id from events.booking b where b.event_id = confirm_waiting.event and b.status = 'WAITLISTED'
      order by b.queue_number limit free)
    update events.booking b set status = 'CONFIRMED' from next where b.id = next.id returning b.*;
end $$;

-- How many wait in front of each of these, and nothing else about them.
create function events.places_in_line(bookings uuid[]) returns table (booking_id uuid, place integer)
  language sql stable security definer set search_path = '' as $$
    select b.id, (select count(*)::integer from events.booking w
      where w.event_id = b.event_id and w.status = 'WAITLISTED' and w.queue_number <= b.queue_number)
    from events.booking b where b.id = any(bookings) and b.status = 'WAITLISTED' $$;

-- iCalendar (RFC 5545): who has the event in a calendar takes a change only under a higher number.
create function events.raise_sequence() returns trigger language plpgsql set search_path = '' as $$
begin
  new.sequence := old.sequence + 1;
  new.updated_at := now();
  return new;
end $$;
create trigger raise_sequence before update on events.event for each row
  when (old.status is distinct from 'DRAFT' and (old.title, old.starts_at, old.ends_at, old.venue_id, old.mode, old.status)
    is distinct from (new.title, new.starts_at, new.ends_at, new.venue_id, new.mode, new.status))
  execute function events.raise_sequence();

revoke all on function events.hold_event, events.confirm_waiting, events.places_in_line from public;
grant execute on function events.hold_event, events.confirm_waiting, events.places_in_line to events_service;
`;

const has = (scope: string): string => `(select events.viewer_has('${scope}'))`;
const hosts = `(${has("organisation:read")} and host_id = (select events.viewer_organisation()))`;
const hostsTheirEvent = `(${has("organisation:read")} and event_id in
    (select e.id from events.event e where e.host_id = (select events.viewer_organisation())))`;
const own = `(${has("booking:self")} and person_id = (select events.viewer_person()))`;

const policies = `
create policy venue_read on events.venue for select using (true);
create policy venue_insert on events.venue for insert with check (${has("operations:write")});
create policy venue_update on events.venue for update using (${has("operations:write")});

create policy event_read on events.event for select
  using (status is distinct from 'DRAFT' or ${has("operations:read")} or ${has("analysis:read")} or ${hosts});
create policy event_insert on events.event for insert with check (${has("operations:write")} or ${hosts});
create policy event_update on events.event for update using (${has("operations:write")} or ${hosts});

create policy booking_read on events.booking for select
  using (${own} or ${has("operations:read")} or ${has("analysis:read")} or ${hostsTheirEvent});
create policy booking_insert on events.booking for insert
  with check (${has("operations:write")} or (${own} and status in ('CONFIRMED', 'WAITLISTED')
    and organisation_id is not distinct from (select events.viewer_organisation())));
create policy booking_update on events.booking for update
  using (${own} or ${has("operations:write")} or ${hostsTheirEvent})
  with check (${has("operations:write")} or ${hostsTheirEvent} or (${own} and status = 'CANCELLED'));

-- For the functions above alone: nobody serves requests as the owner.
create policy event_counted_read on events.event for select to events_owner using (true);
create policy event_counted on events.event for update to events_owner using (true);
create policy booking_counted_read on events.booking for select to events_owner using (true);
create policy booking_counted on events.booking for update to events_owner using (true);
`;

// Nobody who serves requests writes a counter, moves a booking, or deletes: the functions above rest on that.
const grants = `
revoke insert, update, delete on events.venue, events.event, events.booking from events_service;
grant insert, update on events.venue to events_service;
grant insert (id, title, kind, mode, status, reported_status, reported_when, reported_audience, starts_at, ends_at, venue_id, host_id,
  work_item_id, capacity, has_waiting_list, source) on events.event to events_service;
grant update (title, kind, mode, status, starts_at, ends_at, venue_id, host_id, work_item_id, capacity, has_waiting_list, source)
  on events.event to events_service;
grant insert on events.booking to events_service;
grant update (status, cancelled_at) on events.booking to events_service;
`;

class VenuesEventsBookings extends Migration {
  override up(): void {
    this.addSql(viewerFunctionsSql("events"));
    this.addSql(outboxMigrationSql({ schema: "events" }));
    this.addSql(tables);
    for (const table of ["venue", "event", "booking"])
      this.addSql(
        `alter table events.${table} enable row level security; alter table events.${table} force row level security;`,
      );
    this.addSql(policies);
    this.addSql(functions);
    this.addSql(grants);
  }
}

export const migration = { name: "2026-11-22-venues-events-bookings", class: VenuesEventsBookings };
