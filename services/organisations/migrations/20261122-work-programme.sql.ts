/** Workstreams, priorities, work items and the history of their status. */
export const workProgrammeSql = `
create table organisations.workstream (
  id uuid primary key,
  code text not null constraint workstream_code_unique unique check (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name text not null check (length(btrim(name)) between 1 and 200),
  source text not null check (source in ('FOUNDING', 'DEMO', 'USER')),
  created_at timestamptz(3) not null default now()
);
create table organisations.priority (
  id uuid primary key,
  code text not null constraint priority_code_unique unique check (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  title text not null check (length(btrim(title)) between 1 and 200),
  source text not null check (source in ('FOUNDING', 'DEMO', 'USER')),
  created_at timestamptz(3) not null default now()
);

create table organisations.work_item (
  id text primary key,
  type text not null check (type in ('LearningInitiative', 'Rpiw', 'ImprovementProject', 'LeadershipInitiative')),
  title text not null check (length(btrim(title)) between 1 and 200),
  strategy text check (strategy in ('EDUCATION_LEARNING', 'PRODUCTION_SYSTEM', 'LEADERSHIP')),
  status text check (status in ('PROPOSED', 'SCOPING', 'ACTIVE', 'PAUSED', 'COMPLETED', 'DECLINED')),
  status_since timestamptz(3),
  delivery_at timestamptz(3),
  lead_organisation_id uuid references organisations.organisation,
  support_request_id uuid constraint work_item_one_a_request unique references organisations.support_request,
  reported_status text,
  reported_when text,
  source text not null check (source in ('FOUNDING', 'DEMO', 'USER')),
  created_at timestamptz(3) not null default now(),
  constraint work_item_id_tells_type check (left(id, 4) = case type
    when 'LearningInitiative' then 'lin_' when 'Rpiw' then 'rpw_' when 'ImprovementProject' then 'imp_' else 'led_' end),
  constraint work_item_has_status check (source = 'FOUNDING' or (status is not null and status_since is not null))
);
create index work_item_title on organisations.work_item (title, id);
create index work_item_status on organisations.work_item (status, title, id);
create index work_item_strategy on organisations.work_item (strategy, status);
create index work_item_lead on organisations.work_item (lead_organisation_id);

-- A work item and what belongs to it may be written in any order within a transaction.
create table organisations.work_item_priority (
  work_item_id text not null references organisations.work_item deferrable initially deferred,
  priority_id uuid not null references organisations.priority,
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER')),
  primary key (work_item_id, priority_id)
);
create index work_item_priority_priority on organisations.work_item_priority (priority_id, work_item_id);
create table organisations.work_item_workstream (
  work_item_id text not null references organisations.work_item deferrable initially deferred,
  workstream_id uuid not null references organisations.workstream,
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER')),
  primary key (work_item_id, workstream_id)
);
create index work_item_workstream_workstream on organisations.work_item_workstream (workstream_id, work_item_id);

create table organisations.work_item_status_change (
  id uuid primary key,
  work_item_id text not null references organisations.work_item deferrable initially deferred,
  from_status text,
  to_status text not null,
  changed_at timestamptz(3) not null,
  changed_by_id uuid references organisations.person,
  reason text check (length(btrim(reason)) between 1 and 2000),
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER'))
);
create index work_item_status_change_item on organisations.work_item_status_change (work_item_id, changed_at);
create index work_item_status_change_person on organisations.work_item_status_change (changed_by_id);

-- At the end of the transaction, so that a work item and its priorities may come in any order. The lock makes two
-- transactions that each take one of the last two priorities take turns.
create function organisations.work_item_active_needs_priority() returns trigger language plpgsql as $$
declare
  checked text;
begin
  if tg_table_name = 'work_item' then checked := new.id; else checked := old.work_item_id; end if;
  perform from organisations.work_item where id = checked for no key update;
  if exists (
    select from organisations.work_item w where w.id = checked and w.status = 'ACTIVE' and w.source <> 'FOUNDING'
      and not exists (select from organisations.work_item_priority p where p.work_item_id = w.id)
  ) then
    raise exception 'an active work item needs a priority' using errcode = 'check_violation', constraint = 'work_item_active_needs_priority';
  end if;
  return null;
end
$$;
create constraint trigger work_item_active_needs_priority after insert or update on organisations.work_item
  deferrable initially deferred for each row execute function organisations.work_item_active_needs_priority();
create constraint trigger work_item_keeps_priority after update or delete on organisations.work_item_priority
  deferrable initially deferred for each row execute function organisations.work_item_active_needs_priority();

alter table organisations.workstream enable row level security;
alter table organisations.workstream force row level security;
create policy anybody_reads on organisations.workstream for select using (true);
create policy office_adds on organisations.workstream for insert with check ((select organisations.viewer_has('operations:write')));
create policy office_changes on organisations.workstream for update using ((select organisations.viewer_has('operations:write')));

alter table organisations.priority enable row level security;
alter table organisations.priority force row level security;
create policy anybody_reads on organisations.priority for select using (true);
create policy office_adds on organisations.priority for insert with check ((select organisations.viewer_has('operations:write')));
create policy office_changes on organisations.priority for update using ((select organisations.viewer_has('operations:write')));
create policy office_removes on organisations.priority for delete using ((select organisations.viewer_has('operations:write')));

alter table organisations.work_item enable row level security;
alter table organisations.work_item force row level security;
create policy anybody_reads on organisations.work_item for select using (true);
create policy those_who_decide_add on organisations.work_item for insert with check (
  (select organisations.viewer_has('operations:write') or organisations.viewer_has('request:assess')));
create policy office_changes on organisations.work_item for update using ((select organisations.viewer_has('operations:write')));

alter table organisations.work_item_priority enable row level security;
alter table organisations.work_item_priority force row level security;
create policy anybody_reads on organisations.work_item_priority for select using (true);
create policy those_who_decide_add on organisations.work_item_priority for insert with check (
  (select organisations.viewer_has('operations:write') or organisations.viewer_has('request:assess')));
create policy office_removes on organisations.work_item_priority for delete using ((select organisations.viewer_has('operations:write')));

alter table organisations.work_item_workstream enable row level security;
alter table organisations.work_item_workstream force row level security;
create policy anybody_reads on organisations.work_item_workstream for select using (true);
create policy those_who_decide_add on organisations.work_item_workstream for insert with check (
  (select organisations.viewer_has('operations:write') or organisations.viewer_has('request:assess')));
create policy office_removes on organisations.work_item_workstream for delete using ((select organisations.viewer_has('operations:write')));

-- Append-only: no policy lets anybody change or delete.
alter table organisations.work_item_status_change enable row level security;
alter table organisations.work_item_status_change force row level security;
create policy anybody_reads on organisations.work_item_status_change for select using (true);
create policy those_who_decide_add on organisations.work_item_status_change for insert with check (
  (select organisations.viewer_has('operations:write') or organisations.viewer_has('request:assess')));
`;
