import { Migration } from "@mikro-orm/migrations";

const schema = "production_system";
const sourceColumn = "source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER'))";
const tables = ["workbook_edition", "workbook_chapter", "workbook_example", "workbook_example_workstream"];
const office = `(select ${schema}.viewer_has('operations:write'))`;
const leads = `((select ${schema}.viewer_has('organisation:read')) and organisation_id = (select ${schema}.viewer_organisation()))`;

const tablesSql = `
create table ${schema}.workbook_edition (
  id uuid primary key,
  title text not null check (length(title) between 1 and 200),
  status text not null check (status in ('DRAFT', 'PUBLISHED', 'SUPERSEDED')),
  published_at timestamptz(3),
  ${sourceColumn},
  created_at timestamptz(3) not null default now(),
  constraint workbook_edition_dated check ((status = 'DRAFT') = (published_at is null))
);
create unique index workbook_edition_one_published on ${schema}.workbook_edition (status) where status = 'PUBLISHED';
create index workbook_edition_by_time on ${schema}.workbook_edition (published_at, id);

create table ${schema}.workbook_chapter (
  id uuid primary key,
  edition_id uuid not null references ${schema}.workbook_edition,
  number integer not null check (number between 1 and 100),
  title text not null check (length(title) between 1 and 200),
  ${sourceColumn},
  constraint workbook_chapter_once unique (edition_id, number),
  constraint workbook_chapter_of_edition unique (edition_id, id)
);

create table ${schema}.workbook_example (
  id uuid primary key,
  edition_id uuid not null references ${schema}.workbook_edition,
  chapter_id uuid not null,
  title text not null check (length(title) between 1 and 200),
  organisation_id uuid not null,
  consented_at timestamptz(3),
  consented_by_id uuid,
  ${sourceColumn},
  constraint workbook_example_consent_whole check ((consented_at is null) = (consented_by_id is null)),
  foreign key (edition_id, chapter_id) references ${schema}.workbook_chapter (edition_id, id)
);
create index workbook_example_by_title on ${schema}.workbook_example (edition_id, title, id);
create index workbook_example_by_name on ${schema}.workbook_example (title, id);
create index workbook_example_by_chapter on ${schema}.workbook_example (edition_id, chapter_id);
create index workbook_example_by_organisation on ${schema}.workbook_example (organisation_id, title, id);

create table ${schema}.workbook_example_workstream (
  example_id uuid not null references ${schema}.workbook_example,
  workstream_id uuid not null,
  ${sourceColumn},
  primary key (workstream_id, example_id)
);
create index workbook_example_workstream_by_example on ${schema}.workbook_example_workstream (example_id);

-- What the edition in force shows under a workstream and an organisation: drafts and old editions are not among it. There
-- is one at most, and as a value it leaves PostgreSQL the order of the index by edition.
create view ${schema}.published_example with (security_invoker = true) as
  select x.id as example_id, x.organisation_id from ${schema}.workbook_example x
  where x.edition_id = (select e.id from ${schema}.workbook_edition e where e.status = 'PUBLISHED');
create view ${schema}.published_example_workstream with (security_invoker = true) as
  select p.example_id, w.workstream_id from ${schema}.published_example p
  join ${schema}.workbook_example_workstream w on w.example_id = p.example_id;`;

// What was published stays as it was, whoever writes. These run after the row is there, so that loading again, which
// writes nothing, is refused nothing; and as the owner, since a lead who consents may not lock the edition.
const immutability = `
create function ${schema}.refuse_workbook(broken text, message text) returns void language plpgsql set search_path = '' as $$
begin
  raise exception using errcode = 'check_violation', constraint = broken, message = message;
end $$;

create function ${schema}.keep_published_edition() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'DRAFT' then
      perform ${schema}.refuse_workbook('workbook_edition_begins_as_draft', 'An edition begins as a draft.');
    end if;
  elsif tg_op = 'DELETE' then
    if old.status <> 'DRAFT' then
      perform ${schema}.refuse_workbook('workbook_edition_immutable', 'An edition that was published stays as it was.');
    end if;
  elsif old.status = 'DRAFT' and new.status = 'PUBLISHED' then
    if exists (select from ${schema}.workbook_example x where x.edition_id = new.id and x.consented_at is null) then
      perform ${schema}.refuse_workbook('workbook_examples_consented', 'An example of the edition lacks consent.');
    end if;
  elsif old.status = 'DRAFT' and new.status <> 'DRAFT'
    or old.status <> 'DRAFT' and (to_jsonb(new) - 'status' is distinct from to_jsonb(old) - 'status'
      or (old.status, new.status) is distinct from ('PUBLISHED', 'SUPERSEDED')) then
    perform ${schema}.refuse_workbook('workbook_edition_immutable', 'An edition that was published stays as it was.');
  end if;
  return null;
end $$;
create trigger keep_published_edition after insert or update or delete on ${schema}.workbook_edition
  for each row execute function ${schema}.keep_published_edition();

create function ${schema}.keep_published_content() returns trigger
  language plpgsql security definer set search_path = '' as $$
declare
  one jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
  edition uuid := coalesce((one ->> 'edition_id')::uuid,
    (select x.edition_id from ${schema}.workbook_example x where x.id = (one ->> 'example_id')::uuid));
  status text;
begin
  -- Waits for whoever is publishing it, and makes them wait.
  select e.status into status from ${schema}.workbook_edition e where e.id = edition for share;
  if status <> 'DRAFT' then
    perform ${schema}.refuse_workbook('workbook_edition_immutable', 'An edition that was published stays as it was.');
  end if;
  return null;
end $$;
${["workbook_chapter", "workbook_example", "workbook_example_workstream"]
  .map(
    (table) => `create trigger keep_published_content after insert or update or delete on ${schema}.${table}
  for each row execute function ${schema}.keep_published_content();`,
  )
  .join("\n")}
revoke all on function ${schema}.refuse_workbook, ${schema}.keep_published_edition, ${schema}.keep_published_content from public;`;

const inVisibleEdition = `edition_id in (select e.id from ${schema}.workbook_edition e where e.status <> 'DRAFT')`;
const operations = `(select ${schema}.viewer_has('operations:read'))`;
const policies = `
create policy workbook_edition_read on ${schema}.workbook_edition for select using (status <> 'DRAFT' or ${operations});
create policy workbook_edition_insert on ${schema}.workbook_edition for insert with check (${office});
create policy workbook_edition_update on ${schema}.workbook_edition for update using (${office});

create policy workbook_chapter_read on ${schema}.workbook_chapter for select using (${operations} or ${inVisibleEdition});
create policy workbook_chapter_insert on ${schema}.workbook_chapter for insert with check (${office});

create policy workbook_example_read on ${schema}.workbook_example for select
  using (${operations} or ${leads} or ${inVisibleEdition});
create policy workbook_example_insert on ${schema}.workbook_example for insert
  with check (${office} and (consented_at is null or (select ${schema}.viewer_is_system())));
-- Consent is the organisation's own: its lead gives it, by their own name, and not even the office in their place.
create policy workbook_example_consent on ${schema}.workbook_example for update
  using (${leads}) with check (${leads} and consented_by_id = (select ${schema}.viewer_person()));

create policy workbook_example_workstream_read on ${schema}.workbook_example_workstream for select
  using (exists (select from ${schema}.workbook_example x where x.id = example_id));
create policy workbook_example_workstream_insert on ${schema}.workbook_example_workstream for insert with check (${office});

-- For the triggers above alone: nobody serves requests as the owner.
create policy workbook_edition_guarded on ${schema}.workbook_edition for select to ${schema}_owner using (true);
create policy workbook_edition_held on ${schema}.workbook_edition for update to ${schema}_owner using (true) with check (false);
create policy workbook_example_guarded on ${schema}.workbook_example for select to ${schema}_owner using (true);`;

const grants = `
revoke insert, update, delete on ${schema}.published_example, ${schema}.published_example_workstream from ${schema}_service;
revoke update, delete on ${tables.map((table) => `${schema}.${table}`).join(", ")} from ${schema}_service;
grant update (title, status, published_at) on ${schema}.workbook_edition to ${schema}_service;
grant update (consented_at, consented_by_id) on ${schema}.workbook_example to ${schema}_service;`;

class Workbook extends Migration {
  override up(): void {
    this.addSql(tablesSql);
    for (const table of tables)
      this.addSql(`alter table ${schema}.${table} enable row level security;
        alter table ${schema}.${table} force row level security;`);
    this.addSql(policies);
    this.addSql(immutability);
    this.addSql(grants);
  }
}

export const migration = { name: "2026-11-22-workbook", class: Workbook };
