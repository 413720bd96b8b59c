-- Up Migration

-- Who asks for the money. Numbers of invoices have no gaps, over all companies.
create table billing.issuer (
  id               text primary key,
  name             text not null,
  address          text[] not null default '{}',
  email            text,
  next_invoice     bigint not null default 1,
  next_credit_note bigint not null default 1
);
comment on table billing.issuer is 'No tenant_id: all companies are asked by the same one.';
insert into billing.issuer (id, name) values ('stormops', 'StormOps Graph');

create table billing.invoice (
  tenant_id        uuid not null,
  id               uuid not null,
  status           text not null check (status in ('DRAFT', 'OPEN', 'PAID', 'VOID', 'UNCOLLECTIBLE')),
  issuer           text not null references billing.issuer (id),
  -- Given when it is finalised.
  number           text check (length(number) between 1 and 40),
  -- The first day of the month it is for, and the month's two ends in the company's days.
  month            date not null,
  starts_at        timestamptz not null,
  ends_at          timestamptz not null check (ends_at > starts_at),
  time_zone        text not null,
  currency         text not null check (currency ~ '^[A-Z]{3}$'),
  -- Minor units.
  total            bigint not null,
  -- The sum of its credit notes.
  credited         bigint not null default 0 check (credited >= 0),
  -- Of everything it says; computed again whenever it is verified.
  content_hash     text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  created_at       timestamptz not null,
  finalized_at     timestamptz,
  due_at           timestamptz,
  paid_at          timestamptz,
  voided_at        timestamptz,
  uncollectible_at timestamptz,
  primary key (tenant_id, id),
  check ((status = 'DRAFT') = (number is null)),
  check ((number is null) = (finalized_at is null)),
  check (credited <= greatest(total, 0))
);
-- A month is asked for once.
create unique index invoice_month on billing.invoice (tenant_id, month) where status <> 'VOID';
create unique index invoice_number on billing.invoice (tenant_id, number);
create index invoice_id on billing.invoice (id);
create index invoice_open on billing.invoice (status, due_at) where status = 'OPEN';

create table billing.invoice_line (
  tenant_id   uuid not null,
  invoice_id  uuid not null,
  position    integer not null check (position >= 1),
  kind        text not null check (kind in ('BASE', 'USAGE')),
  metric      text,
  tier        text not null,
  version     integer not null,
  catalogue   text not null,
  description text not null,
  quantity    bigint not null,
  included    bigint,
  unit_size   bigint,
  -- Minor units, which may be fractions of one, for `unit_size` units.
  unit_price  numeric,
  amount      bigint not null,
  primary key (tenant_id, invoice_id, position),
  -- Looked at when the transaction ends: lines are written before the invoice with a number that they are of.
  foreign key (tenant_id, invoice_id) references billing.invoice on delete cascade deferrable initially deferred,
  check ((kind = 'USAGE') = (metric is not null))
);

create table billing.credit_note (
  tenant_id  uuid not null,
  id         uuid not null,
  invoice_id uuid not null,
  number     text not null,
  amount     bigint not null check (amount > 0),
  currency   text not null,
  reason     text not null check (length(reason) between 1 and 500),
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, number),
  foreign key (tenant_id, invoice_id) references billing.invoice
);

do $$
declare t text;
begin
  foreach t in array array['invoice', 'invoice_line', 'credit_note'] loop
    execute format('alter table billing.%I enable row level security', t);
    execute format('alter table billing.%I force row level security', t);
    execute format('create policy tenant_isolation on billing.%I using (tenant_id = chassis.current_tenant()) with check (tenant_id = chassis.current_tenant())', t);
    execute format('create policy platform_reads on billing.%I for select to stormops_platform using (true)', t);
  end loop;
  foreach t in array array['invoice', 'invoice_line'] loop
    execute format('create policy ledger_writes on billing.%I to stormops_ledger using (true) with check (true)', t);
  end loop;
  create policy ledger_reads on billing.credit_note for select to stormops_ledger using (true);
end $$;

-- What an invoice says cannot be changed once it has a number; only what became of it can be added.
create function billing.keep_invoice() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.status <> 'DRAFT' then
      raise exception 'Invoice % has a number and stays.', old.number using errcode = '23001';
    end if;
    return old;
  end if;
  if old.status = 'DRAFT' then return new; end if;
  if (old.tenant_id, old.id, old.issuer, old.number, old.month, old.starts_at, old.ends_at, old.time_zone, old.currency,
      old.total, old.content_hash, old.created_at, old.finalized_at, old.due_at)
     is distinct from
     (new.tenant_id, new.id, new.issuer, new.number, new.month, new.starts_at, new.ends_at, new.time_zone, new.currency,
      new.total, new.content_hash, new.created_at, new.finalized_at, new.due_at)
     or new.credited < old.credited
     or new.paid_at is distinct from coalesce(old.paid_at, new.paid_at)
     or new.voided_at is distinct from coalesce(old.voided_at, new.voided_at) then
    raise exception 'Invoice % has a number, and what it says stays.', old.number using errcode = '23001';
  end if;
  if new.status <> old.status
     and not (old.status = 'OPEN' and new.status in ('PAID', 'VOID', 'UNCOLLECTIBLE'))
     and not (old.status = 'UNCOLLECTIBLE' and new.status in ('PAID', 'VOID')) then
    raise exception 'Invoice % is % and cannot become %.', old.number, old.status, new.status using errcode = '23001';
  end if;
  return new;
end $$;
create trigger keep_invoice before update or delete on billing.invoice
  for each row execute function billing.keep_invoice();

-- Lines come before their invoice, or while it is a draft, and never after it has a number. The draft is held until
-- the transaction ends, so that nobody gives it a number meanwhile.
create function billing.keep_invoice_lines() returns trigger language plpgsql as $$
begin
  perform from billing.invoice i
    where (i.tenant_id, i.id) in (select tenant_id, invoice_id from touched) for share;
  if exists (select from billing.invoice i
              where (i.tenant_id, i.id) in (select tenant_id, invoice_id from touched) and i.status <> 'DRAFT') then
    raise exception 'The lines of an invoice with a number stay.' using errcode = '23001';
  end if;
  return null;
end $$;
create trigger keep_added_lines after insert on billing.invoice_line
  referencing new table as touched for each statement execute function billing.keep_invoice_lines();
create trigger keep_changed_lines after update on billing.invoice_line
  referencing old table as touched for each statement execute function billing.keep_invoice_lines();
create trigger keep_lines_moved_to after update on billing.invoice_line
  referencing new table as touched for each statement execute function billing.keep_invoice_lines();
create trigger keep_deleted_lines after delete on billing.invoice_line
  referencing old table as touched for each statement execute function billing.keep_invoice_lines();

create function billing.keep_all() returns trigger language plpgsql as $$
begin
  raise exception 'What stands in % stays.', tg_table_name using errcode = '23001';
end $$;
create trigger keep_credit_note before update or delete on billing.credit_note
  for each row execute function billing.keep_all();
create trigger keep_invoices before truncate on billing.invoice execute function billing.keep_all();
create trigger keep_lines before truncate on billing.invoice_line execute function billing.keep_all();
create trigger keep_credit_notes before truncate on billing.credit_note execute function billing.keep_all();

-- The next number of its kind. The row stays locked until the transaction ends, so one that is given up leaves no gap.
create function billing.take_numbers(wanted_issuer text, kind text, how_many integer) returns bigint
  language plpgsql security definer set search_path = pg_catalog, billing as $$
declare first bigint;
begin
  if how_many < 1 then raise exception 'At least one number is taken.'; end if;
  if kind = 'INVOICE' then
    update billing.issuer set next_invoice = next_invoice + how_many where id = wanted_issuer
      returning next_invoice - how_many into strict first;
  else
    update billing.issuer set next_credit_note = next_credit_note + how_many where id = wanted_issuer
      returning next_credit_note - how_many into strict first;
  end if;
  return first;
end $$;
revoke execute on function billing.take_numbers(text, text, integer) from public;
grant execute on function billing.take_numbers(text, text, integer) to stormops_app, stormops_ledger;

grant select (id, name, address, email) on billing.issuer to stormops_app, stormops_platform, stormops_ledger;
grant select, insert, update, delete on billing.invoice, billing.invoice_line to stormops_app, stormops_ledger;
grant select, insert on billing.credit_note to stormops_app;
grant select on billing.invoice, billing.invoice_line, billing.credit_note to stormops_platform;
grant select on billing.credit_note to stormops_ledger;

-- Down Migration
drop table billing.credit_note, billing.invoice_line, billing.invoice, billing.issuer;
drop function billing.keep_invoice(), billing.keep_invoice_lines(), billing.keep_all(), billing.take_numbers(text, text, integer);
