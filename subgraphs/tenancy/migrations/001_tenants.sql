-- Up Migration

create table tenancy.tenant (
  id         uuid primary key,
  slug       text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 100),
  name       text not null check (length(name) between 2 and 100),
  status     text not null default 'ACTIVE' check (status in ('ACTIVE', 'SUSPENDED')),
  time_zone  text not null,
  currency   text not null default 'USD' check (currency ~ '^[A-Z]{3}$'),
  created_at timestamptz not null default now()
);
comment on table tenancy.tenant is 'No tenant_id: this is the tenant itself, and its policy compares id.';
create index tenant_by_time on tenancy.tenant (created_at desc, id desc);
alter table tenancy.tenant enable row level security;
alter table tenancy.tenant force row level security;
create policy tenant_isolation on tenancy.tenant
  using (id = chassis.current_tenant()) with check (id = chassis.current_tenant());
create policy platform_reads on tenancy.tenant for select to stormops_platform using (true);

create table tenancy.member (
  tenant_id  uuid not null references tenancy.tenant (id),
  id         uuid not null,
  email      text not null check (position('@' in email) > 1 and length(email) <= 254),
  role       text not null check (role in ('OWNER', 'ADMIN', 'ANALYST', 'CREW', 'BILLING', 'VIEWER')),
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create unique index member_email on tenancy.member (tenant_id, lower(email));

-- Append-only: the app may add a line and read its own, and nobody may change one.
create table tenancy.audit_event (
  tenant_id    uuid not null,
  id           uuid not null default uuidv7(),
  at           timestamptz not null default clock_timestamp(),
  actor_kind   text not null check (actor_kind in ('USER', 'API_KEY', 'STAFF', 'SYSTEM')),
  actor_id     text not null,
  action       text not null,
  subject_kind text not null,
  subject_id   text not null,
  detail       jsonb not null default '{}',
  request_id   text not null,
  primary key (tenant_id, id)
);

do $$
declare t text;
begin
  foreach t in array array['member', 'audit_event'] loop
    execute format('alter table tenancy.%I enable row level security', t);
    execute format('alter table tenancy.%I force row level security', t);
    execute format('create policy tenant_isolation on tenancy.%I using (tenant_id = chassis.current_tenant()) with check (tenant_id = chassis.current_tenant())', t);
  end loop;
end $$;

-- What other subgraphs may read of the tenant they work for.
create function tenancy.profile() returns table (name text, time_zone text, currency text)
  language sql stable
  begin atomic
    select t.name, t.time_zone, t.currency from tenancy.tenant t where t.id = chassis.current_tenant();
  end;

create function tenancy.standing() returns text
  language sql stable
  return (select t.status from tenancy.tenant t where t.id = chassis.current_tenant());

grant usage on schema tenancy to stormops_app, stormops_platform;
grant select, insert, update on tenancy.tenant, tenancy.member to stormops_app;
grant select, insert on tenancy.audit_event to stormops_app;
grant select on tenancy.tenant to stormops_platform;

-- Down Migration
drop schema tenancy cascade;
