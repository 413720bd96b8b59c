-- Up Migration

-- Operations that are asked for by the hash of their document. Retired ones stay, so that it can be seen what was
-- published once; publishing one again brings it back.
create table tenancy.persisted_operation (
  tenant_id    uuid not null references tenancy.tenant (id),
  id           uuid not null,
  -- The only API key that may ask for it; null for every key of the company.
  api_key_id   uuid,
  document_id  text not null check (document_id ~ '^[0-9a-f]{64}$'),
  name         text not null check (length(name) between 1 and 200),
  document     text not null check (octet_length(document) <= 65536),
  published_at timestamptz not null,
  published_by text not null,
  retired_at   timestamptz,
  primary key (tenant_id, id),
  unique nulls not distinct (tenant_id, document_id, api_key_id),
  -- A document under another's hash would be answered to whoever trusts the hash.
  check (document_id = encode(sha256(convert_to(document, 'UTF8')), 'hex'))
);
alter table tenancy.persisted_operation enable row level security;
alter table tenancy.persisted_operation force row level security;
create policy tenant_isolation on tenancy.persisted_operation
  using (tenant_id = chassis.current_tenant()) with check (tenant_id = chassis.current_tenant());
grant select, insert, update on tenancy.persisted_operation to stormops_app;

-- Down Migration
drop table tenancy.persisted_operation;
