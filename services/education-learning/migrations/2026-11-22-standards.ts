import { Migration } from "@mikro-orm/migrations";

const schema = "education_learning";
const sourceColumn = "source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER'))";
const has = (scope: string): string => `(select ${schema}.viewer_has('${scope}'))`;
const leads = `(${has("organisation:read")} and organisation_id = (select ${schema}.viewer_organisation()))`;

const tables = `
create table ${schema}.standard (
  id uuid primary key,
  reference text not null check (reference ~ '^[A-Z0-9][A-Z0-9-]{1,30}$'),
  version text not null check (length(version) between 1 and 30),
  title text not null check (length(title) between 1 and 200),
  publisher text not null check (publisher in ('NICE')),
  ${sourceColumn},
  constraint standard_reference_once unique (reference)
);
create index standard_by_title on ${schema}.standard (title, id);

-- Every version that a standard has had, so that none comes twice. Only ever added to.
create table ${schema}.standard_version (
  id uuid primary key,
  standard_id uuid not null references ${schema}.standard,
  version text not null check (length(version) between 1 and 30),
  recorded_at timestamptz(3) not null,
  ${sourceColumn},
  constraint standard_version_once unique (standard_id, version)
);
create index standard_version_by_time on ${schema}.standard_version (standard_id, recorded_at, id);

create table ${schema}.standard_workstream (
  standard_id uuid not null references ${schema}.standard,
  workstream_id uuid not null,
  ${sourceColumn},
  primary key (workstream_id, standard_id)
);
create index standard_workstream_by_standard on ${schema}.standard_workstream (standard_id);

create table ${schema}.standard_adoption (
  id uuid primary key,
  standard_id uuid not null references ${schema}.standard,
  organisation_id uuid not null,
  status text not null check (status in ('NOT_ASSESSED', 'RELEVANT', 'NOT_RELEVANT', 'PARTIAL', 'MET', 'REASSESS')),
  assessed_version text,
  assessed_on date,
  reason text check (length(reason) between 1 and 2000),
  gap text check (length(gap) between 1 and 2000),
  actions text check (length(actions) between 1 and 2000),
  ${sourceColumn},
  constraint standard_adoption_once unique (standard_id, organisation_id),
  constraint standard_adoption_reasoned check (status <> 'NOT_RELEVANT' or reason is not null),
  constraint standard_adoption_assessed check (status = 'NOT_ASSESSED' or (assessed_version is not null and assessed_on is not null)),
  foreign key (standard_id, assessed_version) references ${schema}.standard_version (standard_id, version)
);
create index standard_adoption_by_status on ${schema}.standard_adoption (standard_id, status, id);
create index standard_adoption_by_day on ${schema}.standard_adoption (standard_id, assessed_on desc nulls last, id desc);
create index standard_adoption_by_time on ${schema}.standard_adoption (assessed_on desc nulls last, id desc);
create index standard_adoption_by_organisation on ${schema}.standard_adoption (organisation_id, status, id);`;

// Who assesses may not change the standard, and so may not lock it; the owner does, and says nothing but its version.
const functions = `
create function ${schema}.hold_standard(standard uuid) returns text
  language sql volatile security definer set search_path = '' as $$
    select s.version from ${schema}.standard s where s.id = hold_standard.standard for no key update $$;
revoke all on function ${schema}.hold_standard(uuid) from public;
grant execute on function ${schema}.hold_standard(uuid) to ${schema}_service;`;

const policies = `
create policy standard_read on ${schema}.standard for select using (true);
create policy standard_insert on ${schema}.standard for insert with check (${has("operations:write")});
create policy standard_update on ${schema}.standard for update using (${has("operations:write")});
create policy standard_held on ${schema}.standard for update to ${schema}_owner using (true) with check (false);

create policy standard_version_read on ${schema}.standard_version for select using (true);
create policy standard_version_insert on ${schema}.standard_version for insert with check (${has("operations:write")});

create policy standard_workstream_read on ${schema}.standard_workstream for select using (true);
create policy standard_workstream_insert on ${schema}.standard_workstream for insert with check (${has("operations:write")});

create policy standard_adoption_read on ${schema}.standard_adoption for select using (true);
create policy standard_adoption_insert on ${schema}.standard_adoption for insert
  with check (${has("operations:write")} or ${leads});
create policy standard_adoption_update on ${schema}.standard_adoption for update
  using (${has("operations:write")} or ${leads});`;

// Nobody who serves requests deletes any of it, renames a reference, or moves an adoption.
const grants = `
revoke update, delete on ${schema}.standard, ${schema}.standard_version, ${schema}.standard_workstream,
  ${schema}.standard_adoption from ${schema}_service;
grant update (version, title, source) on ${schema}.standard to ${schema}_service;
grant update (status, assessed_version, assessed_on, reason, gap, actions, source)
  on ${schema}.standard_adoption to ${schema}_service;`;

class Standards extends Migration {
  override up(): void {
    this.addSql(tables);
    for (const table of ["standard", "standard_version", "standard_workstream", "standard_adoption"])
      this.addSql(`alter table ${schema}.${table} enable row level security;
        alter table ${schema}.${table} force row level security;`);
    this.addSql(functions);
    this.addSql(policies);
    this.addSql(grants);
  }
}

export const migration = { name: "2026-11-22-standards", class: Standards };
