-- Up Migration

-- What Stripe calls ours by. A price that was made once is found again, and never made twice.
create table billing.stripe_price (
  catalogue  text not null,
  tier       text not null,
  version    integer not null,
  product_id text not null,
  price_id   text not null,
  primary key (catalogue, tier, version),
  foreign key (catalogue, tier, version) references billing.plan_version
);
comment on table billing.stripe_price is 'No tenant_id: the catalogue is the same for every company.';

create table billing.stripe_customer (
  tenant_id       uuid not null,
  customer_id     text not null,
  -- Failed payments since the last one that succeeded, of whichever invoice.
  failed_payments integer not null default 0 check (failed_payments >= 0),
  created_at      timestamptz not null,
  primary key (tenant_id)
);
create index stripe_customer_of on billing.stripe_customer (customer_id);

-- A checkout that somebody was sent to. What it is for is said here; what became of it, by Stripe.
create table billing.stripe_checkout (
  tenant_id    uuid not null,
  id           uuid not null,
  catalogue    text not null,
  tier         text not null,
  version      integer not null,
  state        text not null check (state in ('OPEN', 'COMPLETED', 'EXPIRED')),
  session_id   text,
  created_at   timestamptz not null,
  completed_at timestamptz check ((completed_at is not null) = (state = 'COMPLETED')),
  primary key (tenant_id, id)
);

-- As Stripe last told it. The revision counts what was applied, so that what was asked before cannot overwrite what
-- was asked after.
create table billing.stripe_subscription (
  tenant_id       uuid not null,
  subscription_id text not null,
  status          text not null,
  price_id        text,
  period_ends_at  timestamptz,
  cancels_at      timestamptz,
  revision        integer not null check (revision >= 1),
  synced_at       timestamptz not null,
  primary key (tenant_id, subscription_id)
);

create table billing.stripe_invoice (
  tenant_id         uuid not null,
  invoice_id        uuid not null,
  stripe_invoice_id text not null,
  -- What Stripe was told of credit notes, in minor units.
  credited          bigint not null default 0 check (credited >= 0),
  pushed_at         timestamptz not null,
  primary key (tenant_id, invoice_id),
  foreign key (tenant_id, invoice_id) references billing.invoice
);
create index stripe_invoice_of on billing.stripe_invoice (stripe_invoice_id);

-- One try to be paid, which counts once whatever it took to learn how it ended.
create table billing.payment_attempt (
  tenant_id    uuid not null,
  invoice_id   uuid not null,
  attempt      integer not null check (attempt >= 1),
  source       text not null check (source in ('SCHEDULE', 'CUSTOMER')),
  -- SUPERSEDED: the invoice was paid, or taken back, some other way meanwhile.
  state        text not null check (state in ('PENDING', 'SUCCEEDED', 'FAILED', 'SUPERSEDED')),
  amount       bigint not null check (amount > 0),
  currency     text not null check (currency ~ '^[A-Z]{3}$'),
  -- How often Stripe answered with a fault of its own, which it would repeat for as long as it is asked under one key.
  faults       integer not null default 0,
  failure_code text,
  started_at   timestamptz not null,
  settled_at   timestamptz check ((settled_at is null) = (state = 'PENDING')),
  primary key (tenant_id, invoice_id, attempt),
  foreign key (tenant_id, invoice_id) references billing.invoice
);
create unique index payment_attempt_pending on billing.payment_attempt (tenant_id, invoice_id) where state = 'PENDING';

do $$
declare t text;
begin
  foreach t in array array['stripe_customer', 'stripe_checkout', 'stripe_subscription', 'stripe_invoice', 'payment_attempt'] loop
    execute format('alter table billing.%I enable row level security', t);
    execute format('alter table billing.%I force row level security', t);
    execute format('create policy tenant_isolation on billing.%I using (tenant_id = chassis.current_tenant()) with check (tenant_id = chassis.current_tenant())', t);
    execute format('create policy platform_reads on billing.%I for select to stormops_platform using (true)', t);
    execute format('grant select, insert, update on billing.%I to stormops_app', t);
    execute format('grant select on billing.%I to stormops_platform', t);
  end loop;
end $$;

-- The inbox. An event is kept before anybody knows whose it is, and stays for ever. It is a hint to ask Stripe, so
-- nothing of what it says is kept but what it is about.
create table billing.stripe_event (
  event_id    text primary key check (length(event_id) between 1 and 255),
  type        text not null,
  object_id   text,
  customer_id text,
  live        boolean not null,
  created_at  timestamptz not null,
  received_at timestamptz not null,
  -- How often Stripe delivered it.
  deliveries  integer not null default 1,
  state       text not null check (state in ('RECEIVED', 'RETRYING', 'HANDLED', 'IGNORED', 'UNMATCHED', 'DEAD')),
  attempts    integer not null default 0,
  error       text,
  company     uuid,
  settled_at  timestamptz
);
comment on table billing.stripe_event is 'No tenant_id: it is kept before anybody knows whose it is; the app itself may neither read nor write it.';
create index stripe_event_newest on billing.stripe_event (received_at desc, event_id desc);
create index stripe_event_unsettled on billing.stripe_event (state) where state in ('RECEIVED', 'RETRYING', 'UNMATCHED', 'DEAD');

create table billing.reconciliation (
  id          uuid primary key,
  started_at  timestamptz not null,
  ended_at    timestamptz not null,
  dry_run     boolean not null,
  -- How many of each kind of object were compared.
  compared    jsonb not null,
  -- [{"kind", "subject", "company", "message", "outcome"}]
  differences jsonb not null
);
comment on table billing.reconciliation is 'No tenant_id: it compares all companies with Stripe at once; the app itself may neither read nor write it.';

grant select, insert on billing.stripe_price to stormops_ledger;
grant select on billing.stripe_price to stormops_app, stormops_platform;
grant select, insert, update on billing.stripe_event to stormops_ledger;
grant select, insert on billing.reconciliation to stormops_ledger;
grant select on billing.stripe_event, billing.reconciliation to stormops_platform;

-- Down Migration
drop table billing.reconciliation, billing.stripe_event, billing.payment_attempt, billing.stripe_invoice,
  billing.stripe_subscription, billing.stripe_checkout, billing.stripe_customer, billing.stripe_price;
