/**
 * The bus's own tables. The lock lets services that start at the same moment take turns. `position` orders a replay;
 * nothing reads "after the last position", which would lose what commits late.
 */
export const factLogSql = `
select pg_advisory_xact_lock(hashtext('clic fact log'));
create schema if not exists fact;
create table if not exists fact.fact (
  position bigint generated always as identity primary key,
  id uuid not null unique,
  type text not null,
  version integer not null,
  aggregate_id text not null,
  data jsonb not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default now()
);
create index if not exists fact_type_position on fact.fact (type, position);
create index if not exists fact_recorded_at on fact.fact (recorded_at);
create table if not exists fact.consumer (
  name text primary key,
  types text[] not null,
  registered_at timestamptz not null default now()
);
`;
