import { Migration } from "@mikro-orm/migrations";

const schema = "education_learning";
const has = (scope: string): string => `(select ${schema}.viewer_has('${scope}'))`;
const system = `(select ${schema}.viewer_is_system())`;
const sourceColumn = "source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER'))";

// Why a certificate expires when it does; what is null in both columns expires on a day that was given, or never.
const expiry = `
alter table ${schema}.completion
  add valid_months integer check (valid_months between 1 and 120),
  add counted_from date,
  add constraint completion_counted_from check (counted_from is null
    or (valid_months is not null and counted_from between completed_on and completed_on + 60)),
  add constraint completion_expiry_follows check (valid_months is null or (expires_on is not null
    and expires_on = (coalesce(counted_from, completed_on) + make_interval(months => valid_months))::date));`;

const tables = `
-- Who belongs to which organisation, and to what kind of one, as Organisations last told.
create table ${schema}.membership (
  id uuid primary key,
  organisation_id uuid not null,
  organisation_kind text check (organisation_kind ~ '^[A-Z_]{1,40}$'),
  person_id uuid not null,
  roles text[] not null default '{}',
  status text,
  starts_on date,
  ends_on date,
  known_at timestamptz(3),
  ${sourceColumn}
);
create index membership_by_organisation on ${schema}.membership (organisation_id) include (person_id, roles, organisation_kind);

-- Equality of texts in a GiST index without an extension, which a schema's owner may not install: ranges have it built in.
create type ${schema}.text_range as range (subtype = text, collation = "C");

create table ${schema}.requirement_profile (
  id uuid primary key,
  role text check (role ~ '^[A-Z_]{1,40}$'),
  organisation_kind text check (organisation_kind ~ '^[A-Z_]{1,40}$'),
  course_id uuid not null references ${schema}.course,
  every_months integer check (every_months between 1 and 120),
  starts_on date not null,
  retired_from date check (retired_from >= starts_on),
  whom text not null generated always as (course_id::text || ' ' || coalesce(role, '') || ' ' || coalesce(organisation_kind, '')) stored,
  ${sourceColumn},
  constraint requirement_periods_apart exclude using gist (
    ${schema}.text_range(whom, whom, '[]') with =, daterange(starts_on, retired_from) with &&)
);
create index requirement_by_course on ${schema}.requirement_profile (course_id, starts_on, id);
create index requirement_by_start on ${schema}.requirement_profile (starts_on, id);`;

// What is required is public. Memberships are for the count below alone: no request reads or writes one.
const policies = `
create policy membership_system on ${schema}.membership using (${system}) with check (${system});
create policy membership_counted on ${schema}.membership for select to ${schema}_owner using (true);
create policy requirement_profile_read on ${schema}.requirement_profile for select using (true);
create policy requirement_profile_insert on ${schema}.requirement_profile for insert with check (${has("operations:write")});
create policy requirement_profile_update on ${schema}.requirement_profile for update using (${has("operations:write")});
create policy completion_counted on ${schema}.completion for select to ${schema}_owner using (true);
revoke delete on ${schema}.membership from ${schema}_service;
revoke update, delete on ${schema}.requirement_profile from ${schema}_service;
grant update (retired_from) on ${schema}.requirement_profile to ${schema}_service;`;

/**
 * How many people of each organisation are required to have each course on a day, and where they stand on it. The owner
 * counts, since a passport goes across employers and a lead sees only their own organisation's completions; it counts for
 * the organisations whose counts the viewer may see, and for no other.
 */
const counting = `
create function ${schema}.compliance_of(organisations uuid[], on_day date, due_days integer)
  returns table (organisation_id uuid, course_id uuid, required integer, valid integer, due integer, expired integer, missing integer)
  language sql stable security definer set search_path = '' as $$
    with required as (
      select m.organisation_id, p.course_id, m.person_id, min(p.every_months) as every_months
      from ${schema}.membership m
      join ${schema}.requirement_profile p on (p.role is null or p.role = any(m.roles))
        and (p.organisation_kind is null or p.organisation_kind = m.organisation_kind)
      where m.organisation_id = any(organisations)
        and (${has("operations:read")} or ${has("analysis:read")}
          or (${has("organisation:read")} and m.organisation_id = (select ${schema}.viewer_organisation())))
        and (m.starts_on is null or m.starts_on <= on_day)
        and case when m.ends_on is null then m.status = 'ACTIVE' else m.status in ('ACTIVE', 'LEFT') and m.ends_on >= on_day end
        and p.starts_on <= on_day and (p.retired_from is null or p.retired_from > on_day)
      group by 1, 2, 3),
    -- The certificate that lasts longest counts, and no longer than the requirement's frequency lets it.
    standing as (
      select r.organisation_id, r.course_id, r.person_id, max(least(coalesce(c.expires_on, 'infinity'::date),
          coalesce((coalesce(c.counted_from, c.completed_on) + make_interval(months => r.every_months))::date, 'infinity'::date)))
        filter (where c.id is not null) as until
      from required r
      left join ${schema}.completion c on c.person_id = r.person_id and c.course_id = r.course_id
        and c.completed_on <= on_day and (c.revoked_on is null or c.revoked_on > on_day)
      group by 1, 2, 3)
    select s.organisation_id, s.course_id, count(*)::integer,
      count(*) filter (where s.until > on_day + due_days)::integer,
      count(*) filter (where s.until between on_day and on_day + due_days)::integer,
      count(*) filter (where s.until < on_day)::integer,
      count(*) filter (where s.until is null)::integer
    from standing s group by 1, 2 $$;
revoke all on function ${schema}.compliance_of from public;
grant execute on function ${schema}.compliance_of to ${schema}_service;
create index completion_by_person_and_course on ${schema}.completion (course_id, person_id, completed_on)
  include (id, expires_on, revoked_on, counted_from);`;

class Compliance extends Migration {
  override up(): void {
    this.addSql(expiry);
    this.addSql(tables);
    for (const table of ["membership", "requirement_profile"])
      this.addSql(`alter table ${schema}.${table} enable row level security;
        alter table ${schema}.${table} force row level security;`);
    this.addSql(policies);
    this.addSql(counting);
  }
}

export const migration = { name: "2026-11-25-compliance", class: Compliance };
