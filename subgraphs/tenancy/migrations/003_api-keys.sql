-- Up Migration

create table tenancy.api_key (
  tenant_id    uuid not null references tenancy.tenant (id),
  id           uuid not null,
  name         text not null check (length(name) between 1 and 100),
  environment  text not null check (environment in ('PRODUCTION', 'TEST')),
  -- How the newest secret begins.
  prefix       text not null check (length(prefix) <= 40),
  scopes       text[] not null check (cardinality(scopes) >= 1),
  created_at   timestamptz not null,
  created_by   text not null,
  expires_at   timestamptz check (expires_at > created_at),
  last_used_at timestamptz,
  revoked_at   timestamptz,
  primary key (tenant_id, id)
);

-- Of a secret only its hash: 256 random bits cannot be guessed, so that a plain sha-256 gives nothing away, and a slow
-- hash would only slow every request.
create table tenancy.api_key_secret (
  tenant_id  uuid not null,
  hash       text not null check (hash ~ '^[0-9a-f]{64}$'),
  api_key_id uuid not null,
  created_at timestamptz not null,
  -- Null for the newest.
  ends_at    timestamptz,
  primary key (tenant_id, hash),
  foreign key (tenant_id, api_key_id) references tenancy.api_key (tenant_id, id)
);
create unique index api_key_secret_newest on tenancy.api_key_secret (tenant_id, api_key_id) where ends_at is null;
-- Whoever sends a key has not said whose it is.
create index api_key_secret_by_hash on tenancy.api_key_secret (hash);

create table tenancy.impersonation (
  tenant_id  uuid not null references tenancy.tenant (id),
  id         uuid not null,
  staff_id   text not null,
  role       text not null check (role in ('OWNER', 'ADMIN', 'ANALYST', 'CREW', 'BILLING', 'VIEWER')),
  reason     text not null check (length(reason) between 10 and 500),
  read_only  boolean not null,
  started_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > started_at and expires_at <= started_at + interval '30 minutes'),
  ended_at   timestamptz,
  primary key (tenant_id, id)
);
create index impersonation_by_id on tenancy.impersonation (id);

-- When a staff member's look into a company was last written to its audit.
create table tenancy.staff_access (
  tenant_id uuid not null references tenancy.tenant (id),
  staff_id  text not null,
  noted_at  timestamptz not null,
  primary key (tenant_id, staff_id)
);

do $$
declare t text;
begin
  foreach t in array array['api_key', 'api_key_secret', 'impersonation', 'staff_access'] loop
    execute format('alter table tenancy.%I enable row level security', t);
    execute format('alter table tenancy.%I force row level security', t);
    execute format('create policy tenant_isolation on tenancy.%I using (tenant_id = chassis.current_tenant()) with check (tenant_id = chassis.current_tenant())', t);
  end loop;
  -- To know a key, and whether an impersonation stands, before any company is known; and what staff see of a company.
  foreach t in array array['api_key', 'api_key_secret', 'impersonation', 'staff_access', 'member', 'audit_seal'] loop
    execute format('create policy platform_reads on tenancy.%I for select to stormops_platform using (true)', t);
  end loop;
end $$;

grant select, insert, update on tenancy.api_key, tenancy.api_key_secret, tenancy.impersonation, tenancy.staff_access
  to stormops_app;

grant select (tenant_id, id, scopes, expires_at, revoked_at) on tenancy.api_key to stormops_platform;
grant select (tenant_id, hash, api_key_id, ends_at) on tenancy.api_key_secret to stormops_platform;
grant select (tenant_id, id, staff_id, role, read_only, expires_at, ended_at) on tenancy.impersonation to stormops_platform;
grant select on tenancy.staff_access to stormops_platform;
grant select (tenant_id, role, email) on tenancy.member to stormops_platform;
grant select (tenant_id, position) on tenancy.audit_seal to stormops_platform;

-- Down Migration
revoke select (tenant_id, position) on tenancy.audit_seal from stormops_platform;
revoke select (tenant_id, role, email) on tenancy.member from stormops_platform;
drop policy platform_reads on tenancy.audit_seal;
drop policy platform_reads on tenancy.member;
drop table tenancy.staff_access, tenancy.impersonation, tenancy.api_key_secret, tenancy.api_key;
