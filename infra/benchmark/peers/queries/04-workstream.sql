-- $1 code
select json_build_object('workstream', (select json_build_object('name', w.name,
  'workItems', json_build_object('nodes', (select coalesce(json_agg(json_build_object(
      'type', i.type, 'title', i.title, 'status', i.status) order by i.title, i.id), '[]')
    from (select i.id, i.type, i.title, i.status from organisations.work_item_workstream t
      join organisations.work_item i on i.id = t.work_item_id
      where t.workstream_id = w.id order by i.title, i.id limit 50) i)),
  'courses', json_build_object('nodes', (select coalesce(json_agg(json_build_object('title', c.title) order by c.title, c.id), '[]')
    from (select c.id, c.title from education_learning.course_workstream t
      join education_learning.course c on c.id = t.course_id
      where t.workstream_id = w.id order by c.title, c.id limit 50) c)),
  'standards', json_build_object('nodes', (select coalesce(json_agg(json_build_object(
      'reference', s.reference, 'title', s.title,
      'adoptions', json_build_object('nodes', (select coalesce(json_agg(json_build_object(
          'organisation', (select json_build_object('name', o.name) from organisations.organisation o
            where o.id = a.organisation_id),
          'status', a.status) order by a.assessed_on desc nulls last, a.id desc), '[]')
        from (select a.id, a.organisation_id, a.status, a.assessed_on from education_learning.standard_adoption a
          where a.standard_id = s.id order by a.assessed_on desc nulls last, a.id desc limit 50) a)))
      order by s.reference, s.id), '[]')
    from (select s.id, s.reference, s.title from education_learning.standard_workstream t
      join education_learning.standard s on s.id = t.standard_id
      where t.workstream_id = w.id order by s.reference, s.id limit 50) s)),
  'workbookExamples', json_build_object('nodes', (select coalesce(json_agg(json_build_object('title', x.title,
      'organisation', (select json_build_object('name', o.name) from organisations.organisation o
        where o.id = x.organisation_id)) order by x.title, x.id), '[]')
    from (select x.id, x.title, x.organisation_id from production_system.published_example_workstream t
      join production_system.workbook_example x on x.id = t.example_id
      where t.workstream_id = w.id order by x.title, x.id limit 50) x)),
  'upcomingEvents', json_build_object('nodes', (select coalesce(json_agg(json_build_object(
      'title', e.title, 'startsAt', e.starts_at, 'placesLeft', e.places_left) order by e.starts_at, e.id), '[]')
    from (select e.id, e.title, e.starts_at, e.places_left from events.event_workstream t
      join events.event e on e.id = t.event_id
      where t.workstream_id = w.id and e.status = 'PUBLISHED' and e.starts_at > now()
      order by e.starts_at, e.id limit 10) e)))
  from organisations.workstream w where w.code = $1::text))
