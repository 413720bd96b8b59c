-- Up Migration

-- Whose usage is counted, in which days, and in which money. The zone is that of the day the account was opened: were
-- it to change, months would overlap or leave a gap.
create table billing.account (
  tenant_id uuid not null,
  time_zone text not null,
  currency  text not null check (currency ~ '^[A-Z]{3}$'),
  -- The most that usage over the plan may cost in a month, in minor units; null for no cap.
  spend_cap bigint check (spend_cap >= 0),
  opened_at timestamptz not null,
  primary key (tenant_id)
);

-- Catalogues: plans of several products, each in versions that never change. A price is in minor units of the plan's
-- currency, which may be fractions of one.
create table billing.metric (
  catalogue   text not null,
  key         text not null check (key ~ '^[A-Z][A-Z0-9_]*$'),
  name        text not null,
  unit        text not null,
  aggregation text not null check (aggregation in ('SUM', 'MAX')),
  primary key (catalogue, key)
);
comment on table billing.metric is 'No tenant_id: the catalogue is the same for every company.';

insert into billing.metric (catalogue, key, name, unit, aggregation) values
  ('stormops', 'STORMS',         'Storms',         'storm',      'SUM'),
  ('stormops', 'PROPERTIES',     'Properties',     'property',   'SUM'),
  ('stormops', 'MODEL_CALLS',    'Model calls',    'model call', 'SUM'),
  ('stormops', 'JOURNEY_EVENTS', 'Journey events', 'event',      'SUM'),
  ('stormops', 'API_CALLS',      'API calls',      'operation',  'SUM');

alter table billing.subscription drop constraint subscription_tier_version_fkey;
alter table billing.plan_charge drop constraint plan_charge_tier_version_fkey;

alter table billing.plan_version
  add column catalogue text not null default 'stormops',
  add column name text,
  -- From then on nobody can sign for it; whoever has it keeps it.
  add column retired_at timestamptz,
  alter column monthly_price drop not null,
  drop constraint plan_version_tier_check,
  drop constraint plan_version_pkey,
  add primary key (catalogue, tier, version);
comment on column billing.plan_version.monthly_price is 'Null for a price by agreement.';
update billing.plan_version set name = initcap(tier);
alter table billing.plan_version alter column name set not null;

alter table billing.plan_charge
  add column catalogue text not null default 'stormops',
  add column allowance_window text not null default 'PERIOD' check (allowance_window in ('PERIOD', 'DAY')),
  add column model text not null default 'PER_UNIT' check (model in ('PER_UNIT', 'GRADUATED', 'VOLUME', 'PACKAGE')),
  -- Of GRADUATED and VOLUME: [{"upTo": 1000 | null, "unitPrice": "10.5", "flatFee": "0"}], ascending, the last one open.
  add column tiers jsonb,
  alter column unit_price type numeric,
  drop constraint plan_charge_metric_check,
  drop constraint plan_charge_check1,
  drop constraint plan_charge_pkey,
  add primary key (catalogue, tier, version, metric),
  add constraint plan_charge_plan_fkey foreign key (catalogue, tier, version) references billing.plan_version,
  add constraint plan_charge_metric_fkey foreign key (catalogue, metric) references billing.metric,
  add constraint plan_charge_price_check check (
    case when limit_kind <> 'SOFT' then unit_price is null and tiers is null
         when model in ('GRADUATED', 'VOLUME') then unit_price is null and tiers is not null
         else unit_price is not null and tiers is null end);

-- One row for every plan a company has held, and at most one that waits for a month to end.
alter table billing.subscription rename column signed_at to starts_at;
alter table billing.subscription
  add column catalogue text not null default 'stormops',
  add column ends_at timestamptz check (ends_at > starts_at),
  drop constraint subscription_pkey,
  add primary key (tenant_id, starts_at),
  add constraint subscription_plan_fkey foreign key (catalogue, tier, version) references billing.plan_version;
create unique index subscription_open_end on billing.subscription (tenant_id) where ends_at is null;

-- The ledger: append-only, and partitioned by the time inside the event's id, so that an id can be in one partition
-- only and is unique for ever.
create table billing.usage_event (
  tenant_id   uuid not null,
  event_id    uuid not null,
  metric      text not null,
  -- Negative in corrections only.
  quantity    bigint not null check (quantity <> 0),
  occurred_at timestamptz not null,
  -- The first day of the month it is counted in: its own, or the first one that was open when it came.
  month       date not null,
  -- The month it belongs to, where that had been closed.
  late_for    date,
  -- Which work it is of: a command, the gateway, a client, a correction.
  source      text not null,
  subject     text,
  corrects    uuid,
  detail      jsonb,
  recorded_at timestamptz not null,
  primary key (tenant_id, event_id),
  check ((quantity < 0) <= (corrects is not null))
) partition by range (event_id);
create index usage_event_month on billing.usage_event (tenant_id, month, metric);
create index usage_event_corrects on billing.usage_event (tenant_id, corrects) where corrects is not null;

-- A client's own ids, each of which stands for one event for ever.
create table billing.usage_client_event (
  tenant_id       uuid not null,
  client_event_id text not null check (length(client_event_id) between 1 and 200),
  event_id        uuid not null,
  primary key (tenant_id, client_event_id)
);

-- Derived from the ledger in the statement that writes it.
create table billing.usage_counter (
  tenant_id uuid not null,
  month     date not null,
  metric    text not null,
  used      bigint not null,
  events    bigint not null,
  primary key (tenant_id, month, metric)
);

-- A month of a company that nothing is counted in any more.
create table billing.closed_month (
  tenant_id uuid not null,
  month     date not null,
  closed_at timestamptz not null,
  primary key (tenant_id, month)
);

-- A company is told once in a month that a share of what a plan includes is used. Whoever changes plans is told of the
-- new allowance too; and of what no longer holds not at all.
create table billing.usage_notice (
  tenant_id uuid not null,
  month     date not null,
  metric    text not null,
  percent   integer not null check (percent in (80, 100)),
  used      bigint not null,
  included  bigint not null,
  crossed_at timestamptz not null,
  -- When it was given to the job that mails it, which then says when it did.
  queued_at  timestamptz,
  sent_at    timestamptz,
  -- When it turned out that there was nothing to tell any more.
  superseded_at timestamptz,
  primary key (tenant_id, month, metric, percent, included)
);
create index usage_notice_waiting on billing.usage_notice (crossed_at) where queued_at is null and superseded_at is null;

-- The least UUID in version 7 of an instant.
create function billing.least_uuid(at timestamptz) returns uuid
  language sql immutable
  return (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid;

do $$
declare
  quarter timestamptz := '2026-01-01T00:00:00Z';
  t text;
begin
  -- Years of quarters; an id of another time lies in the last one, and is found as any other.
  while quarter < '2032-01-01T00:00:00Z' loop
    execute format('create table billing.usage_event_%s partition of billing.usage_event for values from (%L) to (%L)',
      to_char(quarter at time zone 'UTC', 'YYYY"q"Q'), billing.least_uuid(quarter), billing.least_uuid(quarter + interval '3 months'));
    quarter := quarter + interval '3 months';
  end loop;
  create table billing.usage_event_other partition of billing.usage_event default;

  for t in
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'billing' and c.relkind in ('r', 'p')
       and (c.relname like 'usage\_%' or c.relname in ('account', 'closed_month'))
  loop
    execute format('alter table billing.%I enable row level security', t);
    execute format('alter table billing.%I force row level security', t);
    execute format('create policy tenant_isolation on billing.%I using (tenant_id = chassis.current_tenant()) with check (tenant_id = chassis.current_tenant())', t);
  end loop;

  -- The ledger's role writes for many companies in one statement, and only here.
  foreach t in array array['usage_event', 'usage_counter', 'usage_notice', 'closed_month'] loop
    execute format('create policy ledger_writes on billing.%I to stormops_ledger using (true) with check (true)', t);
  end loop;
  foreach t in array array['account', 'subscription'] loop
    execute format('create policy ledger_reads on billing.%I for select to stormops_ledger using (true)', t);
  end loop;
  foreach t in array array['account', 'subscription', 'usage_counter', 'usage_notice'] loop
    execute format('create policy platform_reads on billing.%I for select to stormops_platform using (true)', t);
  end loop;
end $$;

-- What a quantity of one metric costs over what is included, in minor units, not rounded.
create function billing.price_of(charge billing.plan_charge, used bigint) returns numeric
  language sql immutable
  return case
    when charge.limit_kind <> 'SOFT' or used <= charge.included then 0
    when charge.model = 'PER_UNIT' then (used - charge.included) * charge.unit_price / charge.unit_size
    when charge.model = 'PACKAGE' then div(used - charge.included + charge.unit_size - 1, charge.unit_size) * charge.unit_price
    when charge.model = 'VOLUME' then (
      select (used - charge.included) * t."unitPrice" / charge.unit_size + t."flatFee"
        from jsonb_to_recordset(charge.tiers) as t("upTo" bigint, "unitPrice" numeric, "flatFee" numeric)
       where t."upTo" is null or used - charge.included <= t."upTo"
       order by t."upTo" nulls last limit 1)
    else (
      -- Divided once: a third and a sixth, each rounded to some digits, need not sum to a half.
      select sum((least(used - charge.included, coalesce(t."upTo", used - charge.included)) - t.above) * t."unitPrice")
               / charge.unit_size + sum(t."flatFee")
        from (select x.*, coalesce(lag(x."upTo") over (order by x."upTo" nulls last), 0) as above
                from jsonb_to_recordset(charge.tiers) as x("upTo" bigint, "unitPrice" numeric, "flatFee" numeric)) t
       where used - charge.included > t.above)
  end;

-- The plan a company holds at an instant; what it held first also holds for whatever was before.
create function billing.plan_at(company uuid, at timestamptz) returns billing.subscription
  language sql stable
  return (select s from billing.subscription s
           where s.tenant_id = company
           order by (s.starts_at <= at) desc, case when s.starts_at <= at then s.starts_at end desc nulls last, s.starts_at
           limit 1);

-- The lock of one company's month: shared by whoever counts in it, and alone for whoever closes it.
create function billing.month_key(company uuid, month date) returns bigint
  language sql immutable
  return hashtextextended(company::text || month::text, 4104);

grant usage on schema billing to stormops_ledger;
grant select on billing.plan_version, billing.plan_charge, billing.metric, billing.account, billing.subscription to stormops_ledger;
grant select, insert on billing.usage_event, billing.usage_notice, billing.closed_month to stormops_ledger;
grant select, insert, update on billing.usage_counter to stormops_ledger;
grant select on billing.metric to stormops_app, stormops_platform;
grant select, insert on billing.usage_event, billing.usage_client_event, billing.closed_month to stormops_app;
grant select, insert, update on billing.usage_counter, billing.usage_notice, billing.account to stormops_app;
grant update (ends_at), delete on billing.subscription to stormops_app;
grant select on billing.account, billing.subscription, billing.usage_counter, billing.usage_notice to stormops_platform;

-- Companies that have a plan and no account yet, each asked for its own days.
alter table billing.subscription no force row level security;
do $$
declare company uuid;
begin
  for company in select tenant_id from billing.subscription loop
    perform set_config('app.tenant_id', company::text, true);
    insert into billing.account (tenant_id, time_zone, currency, opened_at)
      select company, p.time_zone, p.currency, s.starts_at
        from tenancy.profile() p, billing.subscription s where s.tenant_id = company;
  end loop;
  perform set_config('app.tenant_id', '', true);
end $$;
alter table billing.subscription force row level security;

-- Down Migration
drop function billing.price_of(billing.plan_charge, bigint), billing.plan_at(uuid, timestamptz), billing.month_key(uuid, date);
drop table billing.usage_event, billing.usage_client_event, billing.usage_counter, billing.closed_month,
  billing.usage_notice, billing.account;
drop function billing.least_uuid(timestamptz);
drop policy ledger_reads on billing.subscription;
drop policy platform_reads on billing.subscription;
delete from billing.subscription where ends_at is not null;
alter table billing.subscription drop constraint subscription_plan_fkey, drop constraint subscription_pkey,
  drop column ends_at, drop column catalogue, add primary key (tenant_id);
alter table billing.subscription rename column starts_at to signed_at;
delete from billing.plan_charge where catalogue <> 'stormops';
delete from billing.plan_version where catalogue <> 'stormops';
alter table billing.plan_charge drop constraint plan_charge_plan_fkey, drop constraint plan_charge_metric_fkey,
  drop constraint plan_charge_price_check, drop constraint plan_charge_pkey,
  drop column catalogue, drop column allowance_window, drop column model, drop column tiers,
  alter column unit_price type bigint, add primary key (tier, version, metric),
  add constraint plan_charge_metric_check check (metric in ('STORMS', 'PROPERTIES', 'MODEL_CALLS', 'JOURNEY_EVENTS')),
  add constraint plan_charge_check1 check ((limit_kind = 'SOFT') = (unit_price is not null));
alter table billing.plan_version drop constraint plan_version_pkey, drop column catalogue, drop column name,
  drop column retired_at, alter column monthly_price set not null, add primary key (tier, version),
  add constraint plan_version_tier_check check (tier in ('TRIAL', 'STANDARD', 'ENTERPRISE'));
alter table billing.plan_charge add constraint plan_charge_tier_version_fkey
  foreign key (tier, version) references billing.plan_version (tier, version);
alter table billing.subscription add constraint subscription_tier_version_fkey
  foreign key (tier, version) references billing.plan_version (tier, version);
drop table billing.metric;
revoke usage on schema billing from stormops_ledger;
