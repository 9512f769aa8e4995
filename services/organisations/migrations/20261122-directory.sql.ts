/** Organisations, people, memberships, secondments, accounts. */
export const directorySql = `
create table organisations.organisation (
  id uuid primary key,
  ods_code text constraint organisation_ods_code_unique unique,
  name text not null check (length(btrim(name)) between 1 and 200),
  kind text check (kind in ('COLLABORATIVE', 'ALLIANCE', 'CCG', 'TRUST', 'COUNCIL', 'PROVIDER', 'PRACTICE', 'UNIT', 'PUBLISHER', 'SUPPLIER')),
  status text check (status in ('PROPOSED', 'ACTIVE', 'INACTIVE')),
  reported_status text,
  parent_id uuid references organisations.organisation check (parent_id <> id),
  succeeded_by_id uuid references organisations.organisation check (succeeded_by_id <> id),
  valid_from date,
  valid_to date check (valid_to >= valid_from),
  base text,
  source text not null check (source in ('FOUNDING', 'DEMO', 'USER')),
  created_at timestamptz(3) not null default now(),
  constraint organisation_ods_code_form check (
    case when source = 'DEMO' then ods_code like 'DEMO-%' else ods_code ~ '^[A-Z0-9]{3,10}$' end),
  constraint organisation_has_status check (source = 'FOUNDING' or status is not null)
);
create index organisation_parent on organisations.organisation (parent_id);
create index organisation_succeeded_by on organisations.organisation (succeeded_by_id);
create index organisation_name on organisations.organisation (name, id);
create index organisation_status on organisations.organisation (status, name, id);

-- A code that was ever given stays with its organisation: were it changed, another could take it.
create function organisations.organisation_keeps_ods_code() returns trigger language plpgsql as $$
begin
  if old.ods_code is not null and new.ods_code is distinct from old.ods_code then
    raise exception 'an ODS code is never changed or reused' using errcode = 'check_violation', constraint = 'organisation_keeps_ods_code';
  end if;
  return new;
end
$$;
create trigger organisation_keeps_ods_code before update on organisations.organisation
  for each row execute function organisations.organisation_keeps_ods_code();

-- Two moves that are harmless alone can close a cycle together, so moves take turns. The walk after the lock sees what
-- the transaction before has committed.
create function organisations.organisation_has_no_cycle() returns trigger language plpgsql as $$
begin
  if new.parent_id is null then return new; end if;
  perform pg_advisory_xact_lock(hashtext('organisations.organisation.parent_id'));
  if exists (
    with recursive above(id) as (
      select new.parent_id
      union
      select o.parent_id from organisations.organisation o join above a on o.id = a.id where o.parent_id is not null)
    select from above where id = new.id
  ) then
    raise exception 'an organisation can not be above itself' using errcode = 'check_violation', constraint = 'organisation_no_cycle';
  end if;
  return new;
end
$$;
create trigger organisation_has_no_cycle before insert or update of parent_id on organisations.organisation
  for each row execute function organisations.organisation_has_no_cycle();

create table organisations.person (
  id uuid primary key,
  display_name text check (length(btrim(display_name)) between 1 and 200),
  reported_role text,
  source text not null check (source in ('FOUNDING', 'DEMO', 'USER')),
  created_at timestamptz(3) not null default now()
);
create index person_display_name on organisations.person (display_name, id);

-- Equality of uuids in a GiST index without an extension, which a schema's owner may not install: ranges have it built in.
create type organisations.uuid_range as range (subtype = uuid);

create table organisations.membership (
  id uuid primary key,
  organisation_id uuid not null references organisations.organisation,
  person_id uuid not null references organisations.person,
  roles text[] not null default '{}',
  status text check (status in ('INVITED', 'ACTIVE', 'LEFT')),
  is_primary boolean not null default false,
  starts_on date,
  ends_on date,
  reported_start text,
  source text not null check (source in ('FOUNDING', 'DEMO', 'USER')),
  created_at timestamptz(3) not null default now(),
  check (ends_on >= starts_on),
  constraint membership_has_status check (source = 'FOUNDING' or status is not null),
  constraint membership_periods_apart exclude using gist (
    organisations.uuid_range(organisation_id, organisation_id, '[]') with =,
    organisations.uuid_range(person_id, person_id, '[]') with =,
    daterange(starts_on, ends_on, '[]') with &&)
);
create index membership_organisation on organisations.membership (organisation_id, starts_on);
create index membership_start on organisations.membership (starts_on, id);
create index membership_person on organisations.membership (person_id);
create unique index membership_one_primary on organisations.membership (person_id)
  where is_primary and status is distinct from 'LEFT';

create table organisations.secondment (
  id uuid primary key,
  person_id uuid not null references organisations.person,
  home_id uuid not null references organisations.organisation,
  host_id uuid not null references organisations.organisation,
  starts_on date,
  ends_on date,
  reported_start text,
  source text not null check (source in ('FOUNDING', 'DEMO', 'USER')),
  created_at timestamptz(3) not null default now(),
  constraint secondment_goes_elsewhere check (home_id <> host_id),
  constraint secondment_ends_after_start check (ends_on > starts_on),
  constraint secondment_has_start check (source = 'FOUNDING' or starts_on is not null)
);
create index secondment_end on organisations.secondment (ends_on, id);
create index secondment_person on organisations.secondment (person_id);
create index secondment_home on organisations.secondment (home_id);
create index secondment_host on organisations.secondment (host_id);

create table organisations.account (
  id uuid primary key,
  issuer text not null,
  subject text not null,
  kind text not null check (kind in ('PERSON', 'CLIENT')),
  person_id uuid references organisations.person,
  client_id text,
  source text not null check (source in ('FOUNDING', 'DEMO', 'USER')),
  created_at timestamptz(3) not null default now(),
  constraint account_issuer_subject_unique unique (issuer, subject),
  constraint account_is_somebodys check (
    (kind = 'PERSON' and person_id is not null and client_id is null) or (kind = 'CLIENT' and client_id is not null and person_id is null))
);
create index account_person on organisations.account (person_id);

alter table organisations.organisation enable row level security;
alter table organisations.organisation force row level security;
create policy anybody_reads on organisations.organisation for select using (true);
create policy office_adds on organisations.organisation for insert with check ((select organisations.viewer_has('operations:write')));
create policy office_changes on organisations.organisation for update using ((select organisations.viewer_has('operations:write')));

alter table organisations.membership enable row level security;
alter table organisations.membership force row level security;
create policy those_concerned_read on organisations.membership for select using (
  person_id = (select organisations.viewer_person())
  or (select organisations.viewer_has('personal:read') or organisations.viewer_has('operations:read')
    or organisations.viewer_has('analysis:read') or organisations.viewer_has('account:resolve'))
  or ((select organisations.viewer_has('organisation:read')) and organisation_id = (select organisations.viewer_organisation())));
create policy office_adds on organisations.membership for insert with check ((select organisations.viewer_has('operations:write')));
create policy office_changes on organisations.membership for update using ((select organisations.viewer_has('operations:write')));

alter table organisations.person enable row level security;
alter table organisations.person force row level security;
create policy those_concerned_read on organisations.person for select using (
  id = (select organisations.viewer_person())
  or (select organisations.viewer_has('personal:read') or organisations.viewer_has('operations:read') or organisations.viewer_has('analysis:read'))
  or ((select organisations.viewer_has('organisation:read')) and exists (
    select from organisations.membership m where m.person_id = person.id
      and m.organisation_id = (select organisations.viewer_organisation()) and m.status is distinct from 'LEFT')));
create policy office_adds on organisations.person for insert with check ((select organisations.viewer_has('operations:write')));
create policy office_changes on organisations.person for update using ((select organisations.viewer_has('operations:write')));

alter table organisations.secondment enable row level security;
alter table organisations.secondment force row level security;
create policy those_concerned_read on organisations.secondment for select using (
  person_id = (select organisations.viewer_person())
  or (select organisations.viewer_has('personal:read') or organisations.viewer_has('operations:read') or organisations.viewer_has('analysis:read'))
  or ((select organisations.viewer_has('organisation:read'))
    and (select organisations.viewer_organisation()) in (home_id, host_id)));
create policy office_adds on organisations.secondment for insert with check ((select organisations.viewer_has('operations:write')));
create policy office_changes on organisations.secondment for update using ((select organisations.viewer_has('operations:write')));

alter table organisations.account enable row level security;
alter table organisations.account force row level security;
create policy gateway_reads on organisations.account for select using ((select organisations.viewer_has('account:resolve')));
create policy system_adds on organisations.account for insert with check ((select organisations.viewer_is_system()));
create policy system_changes on organisations.account for update using ((select organisations.viewer_is_system()));
create policy system_removes on organisations.account for delete using ((select organisations.viewer_is_system()));
`;
