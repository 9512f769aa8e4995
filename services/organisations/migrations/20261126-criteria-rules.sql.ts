/** What the database keeps of criteria, assessments and requests, whoever writes. */
export const criteriaRulesSql = `
create function organisations.refuse_request(name text, words text) returns void language plpgsql as $$
begin raise exception using errcode = 'check_violation', constraint = name, message = words; end $$;

-- Versions are numbered without a gap: who drafts takes turns.
create function organisations.number_criteria_set() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('organisations.criteria_set.version'));
  new.version := (select coalesce(max(s.version), 0) + 1 from organisations.criteria_set s);
  return new;
end $$;
create trigger number_criteria_set before insert on organisations.criteria_set
  for each row execute function organisations.number_criteria_set();

create function organisations.keep_criteria_set() returns trigger language plpgsql as $$
begin
  if old.status = 'DRAFT' and new.status in ('DRAFT', 'LIVE') then
    if new.status = 'LIVE' and (select coalesce(sum(c.weight), 0) from organisations.criterion c where c.criteria_set_id = new.id) <> 100 then
      perform organisations.refuse_request('criteria_weights_total_100', 'The weights of a live set total 100.');
    end if;
  elsif (old.status, new.status) not in (('LIVE', 'RETIRED'))
    or (new.title, new.moderation_above, new.live_at) is distinct from (old.title, old.moderation_above, old.live_at) then
    perform organisations.refuse_request('criteria_set_stays', 'A set that was live stays as it was.');
  end if;
  return new;
end $$;
create trigger keep_criteria_set before update on organisations.criteria_set
  for each row execute function organisations.keep_criteria_set();

-- Holds the set: it goes live with the criteria that were counted.
create function organisations.keep_criterion() returns trigger language plpgsql as $$
declare
  of_set uuid := case when tg_op = 'DELETE' then old.criteria_set_id else new.criteria_set_id end;
  status text;
begin
  select s.status into status from organisations.criteria_set s where s.id = of_set for share;
  if status is distinct from 'DRAFT' then
    perform organisations.refuse_request('criteria_set_stays', 'A set that was live stays as it was.');
  end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;
create trigger keep_criterion before insert or update or delete on organisations.criterion
  for each row execute function organisations.keep_criterion();

-- At the end of the transaction, when the scores are there as well: each criterion once, on its scale, weighed rightly.
create function organisations.assessment_is_whole() returns trigger language plpgsql as $$
declare
  criteria bigint;
  scores bigint;
  off_scale bigint;
  weighed double precision;
begin
  select count(*), count(s.id), count(*) filter (where s.value not between c.scale_from and c.scale_to),
      sum(c.weight * (s.value - c.scale_from) / (c.scale_to - c.scale_from))
    into criteria, scores, off_scale, weighed
    from organisations.criterion c left join organisations.score s on s.criterion_id = c.id and s.assessment_id = new.id
    where c.criteria_set_id = new.criteria_set_id;
  if criteria = 0 or scores <> criteria or off_scale > 0 or abs(weighed - new.total) > 0.01 then
    perform organisations.refuse_request('assessment_whole', 'An assessment scores each criterion once, on its scale.');
  end if;
  return null;
end $$;
create constraint trigger assessment_is_whole after insert on organisations.support_request_assessment
  deferrable initially deferred for each row execute function organisations.assessment_is_whole();

-- The same steps as supportRequestSteps: a test walks them all. Afterwards, so that the row policies speak first.
create function organisations.keep_support_request() returns trigger language plpgsql as $$
declare
  live boolean;
  assessments bigint;
  apart numeric;
  mean double precision;
  moderated double precision;
  most double precision;
begin
  if old.status <> new.status and (old.status, new.status) not in (
    ('RECEIVED', 'SCOPING'), ('SCOPING', 'ASSESSED'), ('ASSESSED', 'ACCEPTED'),
    ('RECEIVED', 'DECLINED'), ('SCOPING', 'DECLINED'), ('ASSESSED', 'DECLINED'),
    ('RECEIVED', 'REDIRECTED'), ('SCOPING', 'REDIRECTED'), ('ASSESSED', 'REDIRECTED'),
    ('RECEIVED', 'WITHDRAWN'), ('SCOPING', 'WITHDRAWN'), ('ASSESSED', 'WITHDRAWN')) then
    perform organisations.refuse_request('support_request_status', 'A request takes no such step.');
  end if;
  if new.criteria_set_id is distinct from old.criteria_set_id then
    select s.status = 'LIVE' into live from organisations.criteria_set s where s.id = new.criteria_set_id;
    if old.criteria_set_id is not null or live is distinct from true then
      perform organisations.refuse_request('support_request_keeps_criteria', 'A request is assessed by the criteria that were live at first.');
    end if;
  end if;
  if old.status <> 'ASSESSED' and new.status = 'ASSESSED' then
    select count(*), round((max(a.total) - min(a.total))::numeric, 2), avg(a.total) into assessments, apart, mean
      from organisations.support_request_assessment a where a.support_request_id = new.id;
    select m.score into moderated from organisations.support_request_moderation m where m.support_request_id = new.id;
    select s.moderation_above into most from organisations.criteria_set s where s.id = new.criteria_set_id;
    if assessments < 2 then
      perform organisations.refuse_request('support_request_assessed_by_two', 'It takes two assessors.');
    elsif moderated is null and apart > most then
      perform organisations.refuse_request('support_request_moderated', 'Two who differ so much are moderated first.');
    elsif abs(new.score - coalesce(moderated, mean)) > 0.01 then
      perform organisations.refuse_request('support_request_score_kept', 'The score is that of the assessments.');
    end if;
  elsif new.score is distinct from old.score then
    perform organisations.refuse_request('support_request_score_kept', 'The score comes with the assessment, and stays.');
  end if;
  return null;
end $$;
create trigger keep_support_request after update on organisations.support_request
  for each row execute function organisations.keep_support_request();
revoke all on function organisations.number_criteria_set, organisations.keep_criteria_set, organisations.keep_criterion,
  organisations.assessment_is_whole, organisations.keep_support_request from public;
grant execute on function organisations.refuse_request to organisations_service;
`;

const has = (scope: string): string => `(select organisations.viewer_has('${scope}'))`;
const readers = ["request:assess", "operations:read", "analysis:read"].map(has).join(" or ");
const viewer = "(select organisations.viewer_person())";
const system = "(select organisations.viewer_is_system())";

/** Who reads and writes them. Of what was assessed nobody changes or removes anything: no policy and no grant lets them. */
export const criteriaRightsSql = `
-- Acts for it, is a member of it, or is seconded from or to it today.
create function organisations.viewer_belongs_to(organisation uuid) returns boolean language sql stable parallel safe return
  organisation = organisations.viewer_organisation()
  or exists (select from organisations.membership m where m.organisation_id = organisation
    and m.person_id = organisations.viewer_person() and m.status = 'ACTIVE')
  or exists (select from organisations.secondment s where s.person_id = organisations.viewer_person()
    and organisation in (s.home_id, s.host_id)
    and (s.starts_on is null or s.starts_on <= current_date) and (s.ends_on is null or s.ends_on >= current_date));
grant execute on function organisations.viewer_belongs_to to organisations_service;
${["criteria_set", "criterion", "score", "support_request_moderation"]
  .map(
    (table) => `
alter table organisations.${table} enable row level security;
alter table organisations.${table} force row level security;
revoke insert, update, delete on organisations.${table} from organisations_service;`,
  )
  .join("")}
create policy signed_in_read on organisations.criteria_set for select using (
  (status <> 'DRAFT' and (select organisations.viewer_person() is not null)) or (status <> 'DRAFT' and ${has("analysis:read")})
  or ${has("operations:read")} or ${has("request:assess")});
create policy office_adds on organisations.criteria_set for insert with check (${has("operations:write")} and status = 'DRAFT');
create policy office_changes on organisations.criteria_set for update using (${has("operations:write")});
grant insert (id, title, moderation_above, copy_of_id, source), update (title, moderation_above, status, live_at, retired_at)
  on organisations.criteria_set to organisations_service;

create policy as_their_set_read on organisations.criterion for select using (
  exists (select from organisations.criteria_set s where s.id = criteria_set_id));
create policy office_adds on organisations.criterion for insert with check (${has("operations:write")});
create policy office_changes on organisations.criterion for update using (${has("operations:write")});
create policy office_removes on organisations.criterion for delete using (${has("operations:write")});
grant insert, delete, update (title, guidance, weight, scale_from, scale_to, place) on organisations.criterion to organisations_service;

drop policy assessors_read on organisations.support_request_assessment;
drop policy assessors_add_their_own on organisations.support_request_assessment;
create policy assessors_read on organisations.support_request_assessment for select using (${readers});
create policy assessors_add_their_own on organisations.support_request_assessment for insert with check (
  ${system} or (${has("request:assess")} and assessor_id = ${viewer} and exists (
    select from organisations.support_request r where r.id = support_request_id
      and r.requested_by_person_id is distinct from ${viewer} and not organisations.viewer_belongs_to(r.requested_by_id))));

create policy assessors_read on organisations.score for select using (${readers});
create policy assessors_add_their_own on organisations.score for insert with check (
  ${system} or (${has("request:assess")} and exists (
    select from organisations.support_request_assessment a where a.id = assessment_id and a.assessor_id = ${viewer})));
grant insert on organisations.score to organisations_service;

create policy assessors_read on organisations.support_request_moderation for select using (${readers});
create policy third_persons_moderate on organisations.support_request_moderation for insert with check (
  ${system} or (${has("request:assess")} and moderator_id = ${viewer} and exists (
    select from organisations.support_request r where r.id = support_request_id and r.moderation_needed
      and r.requested_by_person_id is distinct from ${viewer} and not organisations.viewer_belongs_to(r.requested_by_id))
    and not exists (select from organisations.support_request_assessment a
      where a.support_request_id = support_request_moderation.support_request_id and a.assessor_id = ${viewer})));
grant insert on organisations.support_request_moderation to organisations_service;

grant update (criteria_set_id, moderation_needed, redirected_to_id, redirected_to_body) on organisations.support_request to organisations_service;
`;
