-- $1 kind, $2 from, $3 to
select json_build_object('events', json_build_object('nodes', coalesce(json_agg(json_build_object(
  'id', e.id, 'title', e.title, 'startsAt', e.starts_at, 'placesLeft', e.places_left,
  'host', case when o.id is not null then json_build_object('name', o.name) end,
  'venue', case when v.id is not null then json_build_object('name', v.name) end) order by e.starts_at, e.id), '[]')))
from (
  select e.id, e.title, e.starts_at, e.places_left, e.host_id, e.venue_id from events.event e
  where e.kind = $1::text and e.status = 'PUBLISHED' and e.starts_at >= $2::timestamptz and e.starts_at < $3::timestamptz
  order by e.starts_at, e.id limit 50) e
left join organisations.organisation o on o.id = e.host_id
left join events.venue v on v.id = e.venue_id
