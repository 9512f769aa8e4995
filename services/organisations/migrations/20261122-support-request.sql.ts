/** Requests for support and their assessments. */
export const supportRequestSql = `
create table organisations.support_request (
  id uuid primary key,
  requested_by_id uuid not null references organisations.organisation,
  requested_by_person_id uuid references organisations.person,
  title text not null check (length(btrim(title)) between 1 and 200),
  need text not null check (length(btrim(need)) between 1 and 5000),
  sponsor_id uuid references organisations.person,
  received_on date not null,
  strategy text check (strategy in ('EDUCATION_LEARNING', 'PRODUCTION_SYSTEM', 'LEADERSHIP')),
  status text not null check (status in ('RECEIVED', 'SCOPING', 'ASSESSED', 'ACCEPTED', 'DECLINED', 'REDIRECTED', 'WITHDRAWN')),
  score double precision check (score between 0 and 5),
  decision_reason text check (length(btrim(decision_reason)) between 1 and 2000),
  decided_at timestamptz(3),
  source text not null check (source in ('FOUNDING', 'DEMO', 'USER')),
  created_at timestamptz(3) not null default now(),
  constraint support_request_assessed_has_score check (status <> 'ASSESSED' or score is not null),
  constraint support_request_accepted_has_sponsor_and_score check (status <> 'ACCEPTED' or (sponsor_id is not null and score is not null)),
  constraint support_request_declined_has_reason check (status not in ('DECLINED', 'REDIRECTED') or decision_reason is not null)
);
create index support_request_organisation on organisations.support_request (requested_by_id, received_on);
create index support_request_person on organisations.support_request (requested_by_person_id);
create index support_request_sponsor on organisations.support_request (sponsor_id);
create index support_request_received on organisations.support_request (received_on, id);
create index support_request_status on organisations.support_request (status, received_on, id)
  include (requested_by_id, requested_by_person_id);

create table organisations.support_request_assessment (
  id uuid primary key,
  support_request_id uuid not null references organisations.support_request,
  assessor_id uuid not null references organisations.person,
  score double precision not null check (score between 0 and 5),
  rationale text not null check (length(btrim(rationale)) between 1 and 2000),
  assessed_at timestamptz(3) not null,
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER')),
  constraint support_request_assessed_once unique (support_request_id, assessor_id)
);
create index support_request_assessment_assessor on organisations.support_request_assessment (assessor_id);

alter table organisations.support_request enable row level security;
alter table organisations.support_request force row level security;
create policy those_concerned_read on organisations.support_request for select using (
  (select organisations.viewer_has('operations:read') or organisations.viewer_has('request:assess')
    or organisations.viewer_has('request:sponsor') or organisations.viewer_has('analysis:read'))
  or requested_by_person_id = (select organisations.viewer_person())
  or ((select organisations.viewer_has('organisation:read')) and requested_by_id = (select organisations.viewer_organisation())));
create policy submitters_add on organisations.support_request for insert with check (
  (select organisations.viewer_is_system())
  or ((select organisations.viewer_has('request:submit'))
    and requested_by_person_id = (select organisations.viewer_person()) and requested_by_id = (select organisations.viewer_organisation())
    and status = 'RECEIVED' and score is null and sponsor_id is null));
-- Who may touch a request, and what it may then be: whoever asked takes it back and no more, a sponsor signs for themselves.
create policy those_who_decide_change on organisations.support_request for update using (
  (select organisations.viewer_has('operations:write') or organisations.viewer_has('request:assess') or organisations.viewer_has('request:sponsor'))
  or ((select organisations.viewer_has('request:submit')) and requested_by_person_id = (select organisations.viewer_person()))
  or ((select organisations.viewer_has('request:submit') and organisations.viewer_has('organisation:read'))
    and requested_by_id = (select organisations.viewer_organisation())))
with check (
  (select organisations.viewer_has('operations:write') or organisations.viewer_has('request:assess'))
  or ((select organisations.viewer_has('request:sponsor')) and sponsor_id = (select organisations.viewer_person())
    and status in ('RECEIVED', 'SCOPING', 'ASSESSED'))
  or ((select organisations.viewer_has('request:submit')) and status = 'WITHDRAWN'
    and (requested_by_person_id = (select organisations.viewer_person())
      or ((select organisations.viewer_has('organisation:read')) and requested_by_id = (select organisations.viewer_organisation())))));
-- Who asked for what never changes, whoever writes.
revoke update, delete on organisations.support_request from organisations_service;
grant update (sponsor_id, strategy, status, score, decision_reason, decided_at) on organisations.support_request to organisations_service;

alter table organisations.support_request_assessment enable row level security;
alter table organisations.support_request_assessment force row level security;
create policy assessors_read on organisations.support_request_assessment for select using (
  (select organisations.viewer_has('request:assess') or organisations.viewer_has('operations:read')));
create policy assessors_add_their_own on organisations.support_request_assessment for insert with check (
  (select organisations.viewer_is_system())
  or ((select organisations.viewer_has('request:assess')) and assessor_id = (select organisations.viewer_person())
    and not exists (
      select from organisations.support_request r
      where r.id = support_request_id and (r.requested_by_id = (select organisations.viewer_organisation())
        or exists (select from organisations.membership m where m.organisation_id = r.requested_by_id
          and m.person_id = (select organisations.viewer_person()) and m.status = 'ACTIVE')))));
`;
