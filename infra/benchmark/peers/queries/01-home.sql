-- $1 strategy, or null
with items as (
  select w.id, substr(w.id, 5)::uuid as uuid, w.type, w.title, w.strategy, w.lead_organisation_id
  from organisations.work_item w
  where w.status = 'ACTIVE' and ($1::text is null or w.strategy = $1::text)
  order by w.title, w.id limit 20)
select json_build_object('workItems', json_build_object(
  'totalCount', (select count(*) from organisations.work_item w
    where w.status = 'ACTIVE' and ($1::text is null or w.strategy = $1::text)),
  'nodes', (select coalesce(json_agg(json_build_object(
    'type', i.type, 'id', i.id, 'title', i.title, 'strategy', i.strategy,
    'priorities', (select coalesce(json_agg(json_build_object('code', p.code, 'title', p.title)), '[]')
      from organisations.work_item_priority t join organisations.priority p on p.id = t.priority_id where t.work_item_id = i.id),
    'leadOrganisation', (select json_build_object('name', o.name) from organisations.organisation o
      where o.id = i.lead_organisation_id),
    'events', json_build_object('nodes', (select coalesce(json_agg(json_build_object(
        'title', e.title, 'startsAt', e.starts_at, 'placesLeft', e.places_left) order by e.starts_at, e.id), '[]')
      from (select e.id, e.title, e.starts_at, e.places_left from events.event e
        where e.work_item_id = i.id and e.status = 'PUBLISHED' order by e.starts_at, e.id limit 5) e)),
    'phase', case when i.type = 'Rpiw' then (select r.phase from production_system.rpiw r where r.id = i.uuid) end,
    'rollOut', case when i.type = 'LearningInitiative' then (select json_build_object('target', r.target,
        'adopted', coalesce((select l.live from education_learning.live_sites(array[r.id]) l), 0))
      from education_learning.roll_out r where r.work_item_id = i.uuid) end,
    'programme', case when i.type = 'LeadershipInitiative' then (select json_build_object('title', p.title)
      from leadership.programme p where p.work_item_id = i.uuid) end
    ) order by i.title, i.id), '[]') from items i)))
