-- Up Migration

create table billing.plan_version (
  tier          text not null check (tier in ('TRIAL', 'STANDARD', 'ENTERPRISE')),
  version       integer not null check (version >= 1),
  currency      text not null check (currency ~ '^[A-Z]{3}$'),
  monthly_price bigint not null check (monthly_price >= 0),
  offered_from  timestamptz not null,
  primary key (tier, version)
);
comment on table billing.plan_version is 'No tenant_id: the catalogue is the same for every company.';

-- unit_price is in minor units of the plan's currency and is the price of unit_size units.
create table billing.plan_charge (
  tier       text not null,
  version    integer not null,
  metric     text not null check (metric in ('STORMS', 'PROPERTIES', 'MODEL_CALLS', 'JOURNEY_EVENTS')),
  included   bigint check (included >= 0),
  unit_size  bigint not null default 1 check (unit_size >= 1),
  unit_price bigint check (unit_price >= 0),
  limit_kind text not null check (limit_kind in ('HARD', 'SOFT', 'UNLIMITED')),
  primary key (tier, version, metric),
  foreign key (tier, version) references billing.plan_version (tier, version),
  check ((limit_kind = 'UNLIMITED') = (included is null)),
  check ((limit_kind = 'SOFT') = (unit_price is not null))
);
comment on table billing.plan_charge is 'No tenant_id: the catalogue is the same for every company.';

-- The foreign key has no tenant_id because the catalogue has none.
create table billing.subscription (
  tenant_id uuid not null,
  tier      text not null,
  version   integer not null,
  signed_at timestamptz not null,
  primary key (tenant_id),
  foreign key (tier, version) references billing.plan_version (tier, version)
);
alter table billing.subscription enable row level security;
alter table billing.subscription force row level security;
create policy tenant_isolation on billing.subscription
  using (tenant_id = chassis.current_tenant()) with check (tenant_id = chassis.current_tenant());

-- The first versions have been on offer from the beginning, so that no clock can stand before them.
insert into billing.plan_version (tier, version, currency, monthly_price, offered_from) values
  ('TRIAL',      1, 'USD',      0, 'epoch'),
  ('STANDARD',   1, 'USD',  50000, 'epoch'),
  ('ENTERPRISE', 1, 'USD', 200000, 'epoch');

insert into billing.plan_charge (tier, version, metric, included, unit_size, unit_price, limit_kind) values
  ('TRIAL',      1, 'STORMS',               1,    1,  null, 'HARD'),
  ('TRIAL',      1, 'PROPERTIES',         500,    1,  null, 'HARD'),
  ('TRIAL',      1, 'MODEL_CALLS',       1000,    1,  null, 'HARD'),
  ('TRIAL',      1, 'JOURNEY_EVENTS',   10000,    1,  null, 'HARD'),
  ('STANDARD',   1, 'STORMS',               5,    1, 10000, 'SOFT'),
  ('STANDARD',   1, 'PROPERTIES',        5000,    1,    10, 'SOFT'),
  ('STANDARD',   1, 'MODEL_CALLS',      10000,    1,     1, 'SOFT'),
  ('STANDARD',   1, 'JOURNEY_EVENTS', 1000000, 1000,     5, 'SOFT'),
  ('ENTERPRISE', 1, 'STORMS',            null,    1,  null, 'UNLIMITED'),
  ('ENTERPRISE', 1, 'PROPERTIES',        null,    1,  null, 'UNLIMITED'),
  ('ENTERPRISE', 1, 'MODEL_CALLS',       null,    1,  null, 'UNLIMITED'),
  ('ENTERPRISE', 1, 'JOURNEY_EVENTS',    null,    1,  null, 'UNLIMITED');

grant usage on schema billing to stormops_app, stormops_platform;
grant select on billing.plan_version, billing.plan_charge to stormops_app, stormops_platform;
grant select, insert on billing.subscription to stormops_app;

-- Down Migration
drop schema billing cascade;
