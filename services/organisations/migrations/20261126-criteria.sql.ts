/** Criteria sets with their criteria, the scores of an assessment by criterion, and its moderation. */
export const criteriaTablesSql = `
create table organisations.criteria_set (
  id uuid primary key,
  version int not null constraint criteria_set_version_unique unique check (version > 0),
  title text not null check (length(btrim(title)) between 1 and 200),
  moderation_above double precision not null check (moderation_above between 0 and 100),
  status text not null default 'DRAFT' check (status in ('DRAFT', 'LIVE', 'RETIRED')),
  copy_of_id uuid references organisations.criteria_set,
  live_at timestamptz(3),
  retired_at timestamptz(3),
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER')),
  constraint criteria_set_dated check ((status = 'DRAFT') = (live_at is null) and (status = 'RETIRED') = (retired_at is not null))
);
create unique index criteria_set_one_live on organisations.criteria_set (status) where status = 'LIVE';
create table organisations.criterion (
  id uuid primary key,
  criteria_set_id uuid not null references organisations.criteria_set,
  code text not null check (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(code) <= 50),
  title text not null check (length(btrim(title)) between 1 and 200),
  guidance text check (length(btrim(guidance)) between 1 and 2000),
  weight int not null check (weight between 1 and 100),
  scale_from int not null check (scale_from between 0 and 100),
  scale_to int not null check (scale_to between 0 and 100),
  place int not null check (place > 0),
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER')),
  constraint criterion_scale check (scale_from < scale_to),
  constraint criterion_code_unique unique (criteria_set_id, code),
  constraint criterion_of_set unique (criteria_set_id, id)
);
create index criterion_by_code on organisations.criterion (code, id);
create table organisations.score (
  id uuid primary key,
  assessment_id uuid not null,
  criteria_set_id uuid not null,
  criterion_id uuid not null,
  value double precision not null,
  rationale text not null check (length(btrim(rationale)) between 1 and 2000),
  scored_at timestamptz(3) not null,
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER')),
  constraint score_once unique (assessment_id, criterion_id)
);
create index score_criterion on organisations.score (criteria_set_id, criterion_id);
create index score_at on organisations.score (scored_at, id);
create table organisations.support_request_moderation (
  support_request_id uuid primary key references organisations.support_request,
  moderator_id uuid not null references organisations.person,
  score double precision not null check (score between 0 and 100),
  rationale text not null check (length(btrim(rationale)) between 1 and 2000),
  moderated_at timestamptz(3) not null,
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER'))
);
create index support_request_moderation_moderator on organisations.support_request_moderation (moderator_id);

alter table organisations.support_request
  add column criteria_set_id uuid references organisations.criteria_set,
  add column moderation_needed boolean not null default false,
  add column redirected_to_id uuid references organisations.organisation,
  add column redirected_to_body text check (length(btrim(redirected_to_body)) between 1 and 200),
  drop constraint support_request_score_check;
alter table organisations.support_request_assessment add column criteria_set_id uuid, add column total double precision;
`;

const firstSet = "'01939a00-0000-7000-8000-000000000001'";
const firstCriterion = "'01939a00-0000-7000-8000-000000000002'";

/**
 * One mark of 0 to 5 was an assessment once. It becomes a score by the one criterion of a set that has had its day. The
 * owner is bound by the row policies as everybody is, so they are lifted until the constraints have looked at all rows.
 */
export const onceOneMarkSql = `
alter table organisations.support_request no force row level security;
alter table organisations.support_request_assessment no force row level security;
insert into organisations.criteria_set (id, version, title, moderation_above, status, live_at, retired_at)
  select ${firstSet}, 1, 'One mark out of five', 100, 'RETIRED', min(assessed_at), now()
  from organisations.support_request_assessment having count(*) > 0;
insert into organisations.criterion (id, criteria_set_id, code, title, weight, scale_from, scale_to, place)
  select ${firstCriterion}, id, 'fit', 'Fits what the collaborative is for', 100, 0, 5, 1 from organisations.criteria_set;
insert into organisations.score (id, assessment_id, criteria_set_id, criterion_id, value, rationale, scored_at, source)
  select id, id, ${firstSet}, ${firstCriterion}, score, rationale, assessed_at, source from organisations.support_request_assessment;
update organisations.support_request_assessment set criteria_set_id = ${firstSet}, total = score * 20;
update organisations.support_request r set score = r.score * 20,
  criteria_set_id = (select a.criteria_set_id from organisations.support_request_assessment a where a.support_request_id = r.id limit 1);
`;

export const criteriaConstraintsSql = `
alter table organisations.support_request
  add constraint support_request_score_check check (score between 0 and 100),
  add constraint support_request_criteria unique (id, criteria_set_id),
  add constraint support_request_redirected_somewhere
    check (num_nonnulls(redirected_to_id, redirected_to_body) = case status when 'REDIRECTED' then 1 else 0 end),
  add constraint support_request_moderation_waits check (not moderation_needed or status = 'SCOPING');
create index support_request_criteria_set on organisations.support_request (criteria_set_id);
create index support_request_redirected_to on organisations.support_request (redirected_to_id);
create index support_request_moderation_needed on organisations.support_request (received_on) where moderation_needed;
-- Deferred: the first assessment is written before its request learns by which criteria it was made.
alter table organisations.support_request_assessment
  drop column score, drop column rationale,
  alter column criteria_set_id set not null, alter column total set not null,
  add constraint support_request_assessment_total check (total between 0 and 100),
  add constraint support_request_assessment_of_set unique (id, criteria_set_id),
  add constraint support_request_assessment_by_its_criteria foreign key (support_request_id, criteria_set_id)
    references organisations.support_request (id, criteria_set_id) deferrable initially deferred;
alter table organisations.score
  add constraint score_by_its_criteria foreign key (assessment_id, criteria_set_id)
    references organisations.support_request_assessment (id, criteria_set_id),
  add constraint score_of_its_set foreign key (criteria_set_id, criterion_id) references organisations.criterion (criteria_set_id, id);
alter table organisations.support_request force row level security;
alter table organisations.support_request_assessment force row level security;
`;
