const office = `(select organisations.viewer_has('operations:write'))`;

/**
 * A run is what it has done so far: where to read on and what was counted are committed with the rows themselves. Rows are
 * first laid out whole, since what is wrong with a file (a code twice, a parent that is nowhere, a circle) shows only then.
 */
export const importRunSql = `
create table organisations.import_run (
  id uuid primary key,
  file_name text not null,
  file_sha256 text not null check (file_sha256 ~ '^[0-9a-f]{64}$'),
  file_bytes bigint not null,
  as_at date not null,
  report text,
  phase text not null default 'READING' check (phase in ('READING', 'CHECKING', 'APPLYING', 'FINISHED')),
  started_at timestamptz(3) not null default now(),
  started_by text not null,
  continued int not null default 0,
  finished_at timestamptz(3),
  rows_read int not null default 0,
  added int not null default 0,
  changed int not null default 0,
  unchanged int not null default 0,
  refused int not null default 0,
  next_byte bigint not null default 0,
  next_line int not null default 1,
  applied_level int not null default 0,
  applied_line int not null default 0,
  applied_lanes int[] not null default '{0,0}',
  constraint import_run_finished check ((phase = 'FINISHED') = (finished_at is not null)),
  constraint import_run_loses_nothing check (phase <> 'FINISHED' or rows_read = added + changed + unchanged + refused)
);
create index import_run_started on organisations.import_run (started_at, id);
create unique index import_run_unfinished on organisations.import_run (file_sha256, as_at) where phase <> 'FINISHED';

create table organisations.import_refusal (
  id uuid primary key default organisations.new_uuid(),
  run_id uuid not null references organisations.import_run,
  line int not null,
  code text,
  reason text not null,
  message text not null,
  constraint import_refusal_once unique (run_id, line)
);
create index import_refusal_reason on organisations.import_refusal (run_id, reason, line);

-- Rows that were read and are not yet in the directory; gone when the run has finished.
create table organisations.ods_row (
  run_id uuid not null references organisations.import_run,
  line int not null,
  level int,
  ods_code text not null,
  name text not null,
  kind text,
  status text not null,
  ods_status text not null,
  parent_code text,
  parent_from date,
  parent_to date,
  valid_from date,
  valid_to date,
  address_lines text[],
  postcode text,
  telephone text,
  primary key (run_id, line)
);

-- Within one transaction: nothing in it outlives it.
create unlogged table organisations.ods_anchor (parent_code text not null, anchor_code text not null);

${["import_run", "import_refusal", "ods_row", "ods_anchor"]
  .map(
    (table) => `
alter table organisations.${table} enable row level security;
alter table organisations.${table} force row level security;
create policy office_reads on organisations.${table} for select using (${office});
create policy system_imports on organisations.${table} using ((select organisations.viewer_is_system()));
revoke insert, update, delete on organisations.${table} from organisations_service;`,
  )
  .join("\n")}
`;
