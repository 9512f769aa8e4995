-- $1 the event's uuid
select json_build_object(
  'event', (select json_build_object(
    'title', e.title, 'status', e.status, 'startsAt', e.starts_at, 'placesLeft', e.places_left,
    'waitingCount', case when events.viewer_has('booking:self') or events.viewer_has('operations:read')
      or events.viewer_has('analysis:read')
      or (events.viewer_has('organisation:read') and e.host_id = events.viewer_organisation()) then e.waiting end,
    'venue', (select json_build_object('name', v.name) from events.venue v where v.id = e.venue_id),
    'cpdMinutes', c.cpd_minutes,
    'course', (select json_build_object('title', s.title) from education_learning.course s where s.id = c.course_id),
    'host', (select json_build_object('name', o.name) from organisations.organisation o where o.id = e.host_id),
    'calendarUrl', case when e.status <> 'DRAFT' and e.starts_at is not null then '/calendar/evt_' || e.id || '.ics' end,
    'workItem', (select json_build_object('type', w.type, 'title', w.title,
        'priorities', (select coalesce(json_agg(json_build_object('title', p.title)), '[]')
          from organisations.work_item_priority t join organisations.priority p on p.id = t.priority_id
          where t.work_item_id = w.id),
        'phase', case when w.type = 'Rpiw' then (select r.phase from production_system.rpiw r
          where r.id = substr(w.id, 5)::uuid) end)
      from organisations.work_item w where w.id = e.work_item_id))
    from events.event e left join education_learning.event_credit c on c.event_id = e.id where e.id = $1::uuid),
  'me', (select json_build_object('bookings', json_build_object('nodes', (select coalesce(json_agg(json_build_object(
        'status', b.status,
        'event', (select json_build_object('id', e.id) from events.event e where e.id = b.event_id))
        order by b.booked_at, b.id), '[]')
      from (select b.id, b.status, b.event_id, b.booked_at from events.booking b where b.person_id = p.id
        order by b.booked_at, b.id limit 20) b)))
    from organisations.person p where p.id = (select organisations.viewer_person())))
