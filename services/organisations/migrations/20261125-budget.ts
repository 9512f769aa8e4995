import { Migration } from "@mikro-orm/migrations";

const has = (scope: string): string => `(select organisations.viewer_has('${scope}'))`;
const concerned = ["operations:read", "analysis:read", "request:assess", "request:sponsor"].map(has).join(" or ");
const office = has("operations:write");
const tables = ["budget", "budget_line", "budget_commitment", "budget_payment", "virement"];

/** Amounts are pence. Whatever moves a line's amounts is a row that stays: what a line has can be added up from them. */
const schema = `
create table organisations.budget (
  id uuid primary key,
  financial_year int not null check (financial_year between 2000 and 2200),
  title text not null check (length(btrim(title)) between 1 and 200),
  status text not null default 'DRAFT' check (status in ('DRAFT', 'APPROVED', 'CLOSED')),
  approved_at timestamptz(3),
  closed_at timestamptz(3),
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER')),
  constraint budget_one_a_title unique (financial_year, title)
);
create table organisations.budget_line (
  id uuid primary key,
  budget_id uuid not null references organisations.budget,
  code text not null check (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(code) <= 50),
  title text not null check (length(btrim(title)) between 1 and 200),
  strategy text check (strategy in ('EDUCATION_LEARNING', 'PRODUCTION_SYSTEM', 'LEADERSHIP')),
  drafted_pence bigint not null check (drafted_pence between 0 and 1000000000000),
  allocated_pence bigint not null,
  committed_pence bigint not null default 0 check (committed_pence >= 0),
  spent_pence bigint not null default 0 check (spent_pence >= 0),
  available_pence bigint not null generated always as (allocated_pence - committed_pence - spent_pence) stored,
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER')),
  constraint budget_line_code_taken unique (budget_id, code),
  constraint budget_line_available check (allocated_pence - committed_pence - spent_pence >= 0)
);
create index budget_line_by_code on organisations.budget_line (code, id);
create table organisations.budget_commitment (
  id uuid primary key,
  line_id uuid not null references organisations.budget_line,
  work_item_id text references organisations.work_item,
  description text not null check (length(btrim(description)) between 1 and 500),
  amount_pence bigint not null check (amount_pence between 1 and 1000000000000),
  paid_pence bigint not null default 0 check (paid_pence >= 0),
  outstanding_pence bigint not null generated always as (case when status = 'RELEASED' then 0 else amount_pence - paid_pence end) stored,
  status text not null default 'OPEN' check (status in ('OPEN', 'SETTLED', 'RELEASED')),
  committed_by_id uuid references organisations.person,
  committed_at timestamptz(3) not null,
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER')),
  constraint budget_commitment_paid_within check (paid_pence <= amount_pence)
);
create index budget_commitment_line on organisations.budget_commitment (line_id, committed_at, id);
create index budget_commitment_at on organisations.budget_commitment (committed_at, id);
create index budget_commitment_work_item on organisations.budget_commitment (work_item_id);
create table organisations.budget_payment (
  id uuid primary key,
  commitment_id uuid not null references organisations.budget_commitment,
  amount_pence bigint not null check (amount_pence between 1 and 1000000000000),
  paid_on date not null,
  reference text check (length(btrim(reference)) between 1 and 100),
  recorded_at timestamptz(3) not null,
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER'))
);
create index budget_payment_commitment on organisations.budget_payment (commitment_id, paid_on, id);
create index budget_payment_on on organisations.budget_payment (paid_on, id);
create table organisations.virement (
  id uuid primary key,
  from_line_id uuid not null references organisations.budget_line,
  to_line_id uuid not null references organisations.budget_line,
  amount_pence bigint not null check (amount_pence between 1 and 1000000000000),
  reason text not null check (length(btrim(reason)) between 1 and 500),
  made_by_id uuid references organisations.person,
  made_at timestamptz(3) not null,
  source text not null default 'USER' check (source in ('FOUNDING', 'DEMO', 'USER')),
  constraint virement_two_lines check (from_line_id <> to_line_id)
);
create index virement_from on organisations.virement (from_line_id, made_at);
create index virement_to on organisations.virement (to_line_id, made_at);
create index virement_at on organisations.virement (made_at, id);
`;

/**
 * The owner keeps the amounts: nobody who serves requests writes one. Every function holds the budget against its closing
 * first, then lines in the order of their ids, so that no two of them wait for each other in a circle.
 */
const functions = `
create function organisations.refuse_budget(name text, words text) returns void language plpgsql as $$
begin raise exception using errcode = 'check_violation', constraint = name, message = words; end $$;

create function organisations.hold_approved_budget(line uuid) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  budget organisations.budget;
begin
  select b.* into budget from organisations.budget b join organisations.budget_line l on l.budget_id = b.id
    where l.id = line for share of b;
  if budget.status is distinct from 'APPROVED' then
    perform organisations.refuse_budget('budget_not_approved', 'Only an approved budget is spent from.');
  end if;
  return budget.id;
end $$;

create function organisations.keep_commitment() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  perform organisations.hold_approved_budget(new.line_id);
  if tg_op = 'INSERT' then
    update organisations.budget_line l set committed_pence = l.committed_pence + new.amount_pence where l.id = new.line_id;
  elsif new.status = 'RELEASED' and old.status <> 'RELEASED' then
    update organisations.budget_line l set committed_pence = l.committed_pence - old.outstanding_pence where l.id = new.line_id;
  end if;
  return null;
end $$;
create trigger keep_commitment after insert or update of status on organisations.budget_commitment
  for each row execute function organisations.keep_commitment();

create function organisations.keep_payment() returns trigger
  language plpgsql security definer set search_path = '' as $$
declare
  line uuid;
begin
  update organisations.budget_commitment c
    set paid_pence = c.paid_pence + new.amount_pence,
      status = case when c.paid_pence + new.amount_pence = c.amount_pence then 'SETTLED' else c.status end
    where c.id = new.commitment_id and c.status = 'OPEN' returning c.line_id into line;
  if line is null then
    perform organisations.refuse_budget('budget_commitment_open', 'Only an open commitment is paid.');
  end if;
  perform organisations.hold_approved_budget(line);
  update organisations.budget_line l
    set committed_pence = l.committed_pence - new.amount_pence, spent_pence = l.spent_pence + new.amount_pence
    where l.id = line;
  return null;
end $$;
create trigger keep_payment after insert on organisations.budget_payment
  for each row execute function organisations.keep_payment();

create function organisations.keep_virement() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  if organisations.hold_approved_budget(new.from_line_id) <> organisations.hold_approved_budget(new.to_line_id) then
    perform organisations.refuse_budget('virement_one_budget', 'A virement stays within one budget.');
  end if;
  perform from organisations.budget_line l where l.id in (new.from_line_id, new.to_line_id) order by l.id for no key update;
  update organisations.budget_line l
    set allocated_pence = l.allocated_pence + case when l.id = new.to_line_id then new.amount_pence else -new.amount_pence end
    where l.id in (new.from_line_id, new.to_line_id);
  return null;
end $$;
create trigger keep_virement after insert on organisations.virement
  for each row execute function organisations.keep_virement();

create function organisations.keep_budget() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  if (old.status, new.status) not in (('DRAFT', 'APPROVED'), ('APPROVED', 'CLOSED')) then
    perform organisations.refuse_budget('budget_status', 'A budget is drafted, approved, closed, in this order.');
  end if;
  if new.status = 'CLOSED' and exists (select from organisations.budget_commitment c
      join organisations.budget_line l on l.id = c.line_id where l.budget_id = new.id and c.status = 'OPEN') then
    perform organisations.refuse_budget('budget_has_open_commitments', 'Commitments are open.');
  end if;
  return null;
end $$;
create trigger keep_budget after update on organisations.budget for each row execute function organisations.keep_budget();

create function organisations.keep_budget_line() returns trigger
  language plpgsql security definer set search_path = '' as $$
declare
  status text;
begin
  select b.status into status from organisations.budget b where b.id = new.budget_id for share;
  if status is distinct from 'DRAFT' then
    perform organisations.refuse_budget('budget_not_draft', 'Lines are added to a draft.');
  end if;
  new.allocated_pence := new.drafted_pence;
  new.committed_pence := 0;
  new.spent_pence := 0;
  return new;
end $$;
create trigger keep_budget_line before insert on organisations.budget_line
  for each row execute function organisations.keep_budget_line();
revoke all on function organisations.refuse_budget, organisations.hold_approved_budget, organisations.keep_commitment,
  organisations.keep_payment, organisations.keep_virement, organisations.keep_budget, organisations.keep_budget_line from public;
`;

const rights = tables
  .map(
    (table) => `
alter table organisations.${table} enable row level security;
alter table organisations.${table} force row level security;
create policy those_concerned_read on organisations.${table} for select using (${concerned});
create policy office_adds on organisations.${table} for insert with check (${office});
revoke insert, update, delete on organisations.${table} from organisations_service;`,
  )
  .join("\n");

const grants = `
create policy office_changes on organisations.budget for update using (${office});
create policy office_changes on organisations.budget_commitment for update using (${office});
grant insert (id, financial_year, title, source), update (status, approved_at, closed_at) on organisations.budget to organisations_service;
grant insert (id, budget_id, code, title, strategy, drafted_pence, source) on organisations.budget_line to organisations_service;
grant insert (id, line_id, work_item_id, description, amount_pence, committed_by_id, committed_at, source), update (status)
  on organisations.budget_commitment to organisations_service;
grant insert on organisations.budget_payment, organisations.virement to organisations_service;
-- For the functions above alone: nobody serves requests as the owner.
create policy kept_read on organisations.budget for select to organisations_owner using (true);
create policy kept_held on organisations.budget for update to organisations_owner using (true) with check (false);
create policy kept_read on organisations.budget_line for select to organisations_owner using (true);
create policy kept on organisations.budget_line for update to organisations_owner using (true);
create policy kept_read on organisations.budget_commitment for select to organisations_owner using (true);
create policy kept on organisations.budget_commitment for update to organisations_owner using (true);
`;

class Budgets extends Migration {
  override up(): void {
    this.addSql(schema);
    this.addSql(functions);
    this.addSql(rights);
    this.addSql(grants);
  }
}

export const migration = { name: "20261125-budget", class: Budgets };
