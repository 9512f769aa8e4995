import { Migration } from "@mikro-orm/migrations";

/**
 * Counts of an organisation's people at events. A lead sees none of the bookings behind them at others' events, so the
 * owner counts, for the organisations whose counts the viewer may see and for no other.
 */
class Attendance extends Migration {
  override up(): void {
    this.addSql(`
create index booking_attendance on events.booking (organisation_id, event_id) include (person_id, status)
  where status in ('CONFIRMED', 'ATTENDED', 'NO_SHOW');

create function events.attendance_of(organisations uuid[], first_day date, last_day date)
  returns table (organisation_id uuid, booked integer, attended integer, no_show integer,
    people_booked integer, people_attended integer, people_no_show integer)
  language sql stable security definer set search_path = '' as $$
    select o.id, c.*
    from unnest(organisations) o(id)
    cross join lateral (
      select count(*)::integer,
        count(*) filter (where b.status = 'ATTENDED')::integer,
        count(*) filter (where b.status = 'NO_SHOW')::integer,
        count(distinct b.person_id)::integer,
        count(distinct b.person_id) filter (where b.status = 'ATTENDED')::integer,
        count(distinct b.person_id) filter (where b.status = 'NO_SHOW')::integer
      from events.booking b join events.event e on e.id = b.event_id
      where b.organisation_id = o.id and b.status in ('CONFIRMED', 'ATTENDED', 'NO_SHOW')
        and (first_day is null or e.starts_at >= first_day::timestamp at time zone 'Europe/London')
        and (last_day is null or e.starts_at < (last_day + 1)::timestamp at time zone 'Europe/London')) c
    where (select events.viewer_has('operations:read')) or (select events.viewer_has('analysis:read'))
      or ((select events.viewer_has('organisation:read')) and o.id = (select events.viewer_organisation())) $$;
revoke all on function events.attendance_of from public;
grant execute on function events.attendance_of to events_service;`);
  }
}

export const migration = { name: "2026-11-25-attendance", class: Attendance };
