-- Up Migration

-- The chain: every sealed line of the audit in its place, with the hash that ties it to the line before.
create table tenancy.audit_seal (
  tenant_id     uuid not null,
  position      bigint not null check (position >= 1),
  event_id      uuid not null,
  previous_hash text not null check (previous_hash ~ '^[0-9a-f]{64}$'),
  hash          text not null check (hash ~ '^[0-9a-f]{64}$'),
  sealed_at     timestamptz not null default clock_timestamp(),
  primary key (tenant_id, position),
  unique (tenant_id, event_id)
);

-- Lines that wait to be sealed, so that nobody has to look through the whole audit for them.
create table tenancy.audit_pending (
  tenant_id uuid not null,
  event_id  uuid not null,
  primary key (tenant_id, event_id)
);

create function tenancy.queue_for_sealing() returns trigger language plpgsql as $$
begin
  insert into tenancy.audit_pending (tenant_id, event_id) values (new.tenant_id, new.id);
  return null;
end $$;

create trigger queue_for_sealing after insert on tenancy.audit_event
  for each row execute function tenancy.queue_for_sealing();

-- Lines written before there was a chain. Row security is forced on the owner too, who would see none of them.
alter table tenancy.audit_event no force row level security;
insert into tenancy.audit_pending (tenant_id, event_id) select tenant_id, id from tenancy.audit_event;
alter table tenancy.audit_event force row level security;

do $$
declare t text;
begin
  foreach t in array array['audit_seal', 'audit_pending'] loop
    execute format('alter table tenancy.%I enable row level security', t);
    execute format('alter table tenancy.%I force row level security', t);
    execute format('create policy tenant_isolation on tenancy.%I using (tenant_id = chassis.current_tenant()) with check (tenant_id = chassis.current_tenant())', t);
  end loop;
end $$;

-- Which companies have lines to seal, and nothing of the lines.
create policy platform_reads on tenancy.audit_pending for select to stormops_platform using (true);
grant select (tenant_id) on tenancy.audit_pending to stormops_platform;

grant select, insert on tenancy.audit_seal to stormops_app;
grant select, insert, delete on tenancy.audit_pending to stormops_app;

-- Down Migration
drop trigger queue_for_sealing on tenancy.audit_event;
drop function tenancy.queue_for_sealing();
drop table tenancy.audit_pending, tenancy.audit_seal;
