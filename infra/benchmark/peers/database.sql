-- What PostGraphile and the handler need of the benchmark's own database, run once by its administrator: one role that
-- reads all five schemas under row-level security, relations across schemas as smart tags, and what the services compute.
do $$ begin
  if not exists (select from pg_roles where rolname = 'peer') then create role peer login password 'peer'; end if;
end $$;
do $$
declare one text;
begin
  execute format('grant connect on database %I to peer', current_database());
  foreach one in array array['organisations', 'education_learning', 'production_system', 'leadership', 'events'] loop
    execute format('grant usage on schema %I to peer', one);
    execute format('grant select on all tables in schema %I to peer', one);
    execute format('grant execute on all functions in schema %I to peer', one);
  end loop;
end $$;

create or replace function organisations.workstream_work_items(w organisations.workstream)
  returns setof organisations.work_item language sql stable as $$
  select i from organisations.work_item_workstream t join organisations.work_item i on i.id = t.work_item_id
  where t.workstream_id = w.id order by i.title, i.id $$;
create or replace function organisations.workstream_courses(w organisations.workstream)
  returns setof education_learning.course language sql stable as $$
  select c from education_learning.course_workstream t join education_learning.course c on c.id = t.course_id
  where t.workstream_id = w.id order by c.title, c.id $$;
create or replace function organisations.workstream_standards(w organisations.workstream)
  returns setof education_learning.standard language sql stable as $$
  select s from education_learning.standard_workstream t join education_learning.standard s on s.id = t.standard_id
  where t.workstream_id = w.id order by s.reference, s.id $$;
create or replace function organisations.workstream_examples(w organisations.workstream)
  returns setof production_system.workbook_example language sql stable as $$
  select x from production_system.published_example_workstream t
  join production_system.workbook_example x on x.id = t.example_id
  where t.workstream_id = w.id order by x.title, x.id $$;
create or replace function organisations.workstream_upcoming_events(w organisations.workstream)
  returns setof events.event language sql stable as $$
  select e from events.event_workstream t join events.event e on e.id = t.event_id
  where t.workstream_id = w.id and e.status = 'PUBLISHED' and e.starts_at > now() order by e.starts_at, e.id $$;

create or replace function events.event_waiting_count(e events.event) returns integer language sql stable
  return case when events.viewer_has('booking:self') or events.viewer_has('operations:read') or events.viewer_has('analysis:read')
    or (events.viewer_has('organisation:read') and e.host_id = events.viewer_organisation()) then e.waiting end;
create or replace function events.event_calendar_path(e events.event) returns text language sql stable
  return case when e.status <> 'DRAFT' and e.starts_at is not null then '/calendar/evt_' || e.id || '.ics' end;
create or replace function education_learning.roll_out_adopted(r education_learning.roll_out) returns integer language sql stable
  return coalesce((select l.live from education_learning.live_sites(array[r.id]) l), 0);

comment on table events.event is
  E'@foreignKey (host_id) references organisations.organisation (id)|@fieldName host\n@foreignKey (work_item_id) references organisations.work_item (id)|@fieldName workItem|@foreignFieldName events';
comment on table events.booking is
  E'@foreignKey (person_id) references organisations.person (id)|@fieldName person|@foreignFieldName bookings';
comment on table education_learning.event_credit is
  E'@foreignKey (event_id) references events.event (id)|@fieldName event|@foreignSingleFieldName credit';
comment on table education_learning.standard_adoption is
  E'@foreignKey (organisation_id) references organisations.organisation (id)|@fieldName organisation';
comment on table production_system.workbook_example is
  E'@foreignKey (organisation_id) references organisations.organisation (id)|@fieldName organisation';
comment on column events.event.kind is E'@behavior +attribute:filterBy +filterBy';
