/** The channel on which a service's database tells the relay that there is something in the outbox. */
export const outboxChannel = (schema: string): string => `${schema}_outbox`;

/**
 * The SQL, safe to run again, that makes a service's outbox and inbox; run by the schema's owner in a migration.
 * `role` is who writes, relays and consumes: `<schema>_service` unless given. Throws a TypeError on other than plain names.
 *
 * Row-level security is forced here as everywhere, for two reasons. Facts copy what row rules hide from most viewers,
 * so reading them takes a transaction of the system (`app.kind` = `system`), which no request ever is; anybody's
 * transaction may add one. And a check that every table forces it needs no list of exceptions.
 */
export function outboxMigrationSql({ schema, role = `${schema}_service` }: { schema: string; role?: string }): string {
  for (const name of [schema, role]) {
    if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new TypeError(`Not a plain name: "${name}".`);
  }
  const isSystem = "current_setting('app.kind', true) = 'system'";
  return `
create table if not exists ${schema}.outbox (
  id uuid primary key,
  type text not null,
  version integer not null check (version >= 1),
  aggregate_id text not null,
  data jsonb not null,
  occurred_at timestamptz not null,
  published_at timestamptz
);
create index if not exists outbox_unpublished on ${schema}.outbox (id) where published_at is null;
create index if not exists outbox_published on ${schema}.outbox (published_at) where published_at is not null;
create table if not exists ${schema}.inbox (
  consumer text not null,
  fact_id uuid not null,
  handled_at timestamptz not null default now(),
  primary key (consumer, fact_id)
);
create or replace function ${schema}.announce_outbox() returns trigger language plpgsql as $$
begin
  perform pg_notify('${outboxChannel(schema)}', '');
  return null;
end
$$;
create or replace trigger announce_outbox after insert on ${schema}.outbox
  for each statement execute function ${schema}.announce_outbox();
alter table ${schema}.outbox enable row level security;
alter table ${schema}.outbox force row level security;
alter table ${schema}.inbox enable row level security;
alter table ${schema}.inbox force row level security;
drop policy if exists anybody_adds on ${schema}.outbox;
create policy anybody_adds on ${schema}.outbox for insert with check (published_at is null);
drop policy if exists system_relays on ${schema}.outbox;
create policy system_relays on ${schema}.outbox using (${isSystem});
drop policy if exists system_remembers on ${schema}.inbox;
create policy system_remembers on ${schema}.inbox using (${isSystem});
revoke all on ${schema}.outbox, ${schema}.inbox from ${role};
grant select, insert, delete on ${schema}.outbox to ${role};
grant update (published_at) on ${schema}.outbox to ${role};
grant select, insert, delete on ${schema}.inbox to ${role};
`;
}
