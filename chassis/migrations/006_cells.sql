-- Up Migration

-- Which cell this database is. No row, or a row that says so: the home cell, where every company lives that is not
-- said to live elsewhere.
create table chassis.cell (
  only_row boolean primary key default true check (only_row),
  name     text not null check (name ~ '^[a-z][a-z0-9-]{0,19}$'),
  is_home  boolean not null
);
comment on table chassis.cell is 'No tenant_id: the database says of itself which one it is.';

-- Kept by each cell of the companies that live here, come here, leave, or have left; a move's run number keeps a
-- mover that was believed dead from changing what a later one has set. HERE: may be read and written. LEAVING: may be
-- read. ARRIVING: may be read by whoever was sent here. GONE: neither.
create table chassis.residence (
  company    uuid primary key,
  state      text not null check (state in ('HERE', 'LEAVING', 'ARRIVING', 'GONE')),
  run        bigint not null default 0,
  changed_at timestamptz not null default clock_timestamp()
);
comment on table chassis.residence is 'No tenant_id: a cell says it of every company, also of those that do not live in it.';
create index residence_absent on chassis.residence (state) where state in ('ARRIVING', 'GONE');

-- In the home cell: where companies live that do not live there. What decides is the row, at the moment it changes.
create table chassis.placement (
  company    uuid primary key,
  cell       text not null,
  changed_at timestamptz not null default clock_timestamp()
);
comment on table chassis.placement is 'No tenant_id: it is asked before anybody works for a company, and by those who work for all.';
create index placement_by_time on chassis.placement (changed_at);

-- In the home cell: moves of companies between cells, each with what was compared.
create table chassis.tenant_move (
  id          uuid primary key,
  company     uuid not null,
  from_cell   text not null,
  to_cell     text not null,
  state       text not null check (state in ('PREPARED', 'COPYING', 'FENCED', 'VERIFIED', 'SWITCHED', 'CLEANED', 'ABANDONED')),
  -- Counts who has taken the move up; only the last one may go on with it.
  run         bigint not null default 1,
  -- [{"table", "rows", "hash", "caughtUp"}], as both sides had it when it was verified.
  tables      jsonb not null default '[]',
  error       text,
  started_at  timestamptz not null default clock_timestamp(),
  fenced_at   timestamptz,
  switched_at timestamptz,
  cleaned_at  timestamptz,
  ended_at    timestamptz
);
comment on table chassis.tenant_move is 'No tenant_id: the platform moves companies, and its staff read of it.';
create unique index tenant_move_under_way on chassis.tenant_move (company)
  where state not in ('CLEANED', 'ABANDONED');
create index tenant_move_newest on chassis.tenant_move (started_at desc, id desc);

-- Jobs of a company that wait while it is being moved, as the queue's own rows; the cell it then lives in takes them up.
create table chassis.held_job (
  tenant_id uuid not null,
  id        uuid not null,
  job       jsonb not null,
  primary key (tenant_id, id)
);
alter table chassis.held_job enable row level security;
alter table chassis.held_job force row level security;
create policy tenant_isolation on chassis.held_job
  using (tenant_id = chassis.current_tenant()) with check (tenant_id = chassis.current_tenant());
grant select, insert, delete on chassis.held_job to stormops_app;
create policy ledger_reads on chassis.held_job for select to stormops_ledger using (true);
grant select (tenant_id, id) on chassis.held_job to stormops_ledger;

-- The key that whoever changes something of a company holds together, and a mover alone.
create function chassis.company_key(company uuid) returns bigint
  language sql immutable
  return hashtextextended(company::text, 4105);

-- Begins work for a company in the transaction: sets app.tenant_id, or refuses. Volatile, so that the residence is read
-- after the lock is had, and not as it was when the statement began. SOC01: it does not live here. SOC02: it can be read
-- and not changed for the moment.
create function chassis.enter(company uuid, writes boolean) returns void
language plpgsql volatile as $$
declare standing text;
begin
  if writes and not pg_try_advisory_xact_lock_shared(chassis.company_key(company)) then
    raise exception 'The company is being moved.' using errcode = 'SOC02';
  end if;
  select r.state into standing from chassis.residence r where r.company = enter.company;
  if standing is null then
    -- The platform's own work, which belongs to no company, is done in each cell.
    if company <> '00000000-0000-0000-0000-000000000000' and exists (select from chassis.cell where not is_home) then
      raise exception 'The company does not live in this cell.' using errcode = 'SOC01';
    end if;
  elsif standing = 'GONE' then
    raise exception 'The company does not live in this cell any more.' using errcode = 'SOC01';
  elsif standing <> 'HERE' and writes then
    raise exception 'The company is being moved.' using errcode = 'SOC02';
  end if;
  perform set_config('app.tenant_id', company::text, true);
end $$;

-- Companies whose rows, though they lie here, are another cell's to tell of. With the rights of the owner, since
-- whoever signs people in may read no table but those of people.
create function chassis.gone() returns uuid[]
  language sql stable security definer set search_path = pg_catalog
  begin atomic
    select coalesce(array_agg(r.company), '{}') from chassis.residence r where r.state = 'GONE';
  end;
create function chassis.away() returns uuid[]
  language sql stable security definer set search_path = pg_catalog
  begin atomic
    select coalesce(array_agg(r.company), '{}') from chassis.residence r where r.state in ('ARRIVING', 'GONE');
  end;
create function chassis.closed() returns uuid[]
  language sql stable security definer set search_path = pg_catalog
  begin atomic
    select coalesce(array_agg(r.company), '{}') from chassis.residence r where r.state <> 'HERE';
  end;
revoke execute on function chassis.gone(), chassis.away(), chassis.closed() from public;
grant execute on function chassis.gone(), chassis.away(), chassis.closed()
  to stormops_app, stormops_platform, stormops_ledger, stormops_identity;

-- Gives every table of companies that is read across companies the policies by which rows of another cell's companies
-- are not seen, and not written. Run after all migrations of all schemas; safe to run again. What a key or a sign-in is
-- known by stays visible while a company arrives: it is the same on both sides then.
create function chassis.hide_absent_companies() returns void
language plpgsql as $$
declare t record;
begin
  for t in
    select c.oid::regclass as name, n.nspname as schema,
           case when n.nspname = 'tenancy' and c.relname = 'tenant' then 'id' else 'tenant_id' end as key
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and c.relrowsecurity and c.relowner = current_user::regrole
       and exists (select from pg_policy p, unnest(p.polroles) r
                    where p.polrelid = c.oid and p.polpermissive
                      and r in ('stormops_platform'::regrole, 'stormops_ledger'::regrole, 'stormops_identity'::regrole))
       and exists (select from pg_attribute a where a.attrelid = c.oid and not a.attisdropped
                    and a.attname = case when n.nspname = 'tenancy' and c.relname = 'tenant' then 'id' else 'tenant_id' end)
       and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'present')
  loop
    execute format(
      'create policy present on %s as restrictive for select to stormops_platform, stormops_ledger, stormops_identity using (%I <> all ((select chassis.%I())::uuid[]))',
      t.name, t.key, case when t.schema = 'tenancy' then 'gone' else 'away' end);
    execute format(
      'create policy open_for_writing on %s as restrictive for insert to stormops_ledger with check (%I <> all ((select chassis.closed())::uuid[]))',
      t.name, t.key);
    execute format(
      'create policy open_for_change on %s as restrictive for update to stormops_ledger using (%I <> all ((select chassis.closed())::uuid[]))',
      t.name, t.key);
    execute format(
      'create policy open_for_removal on %s as restrictive for delete to stormops_ledger using (%I <> all ((select chassis.closed())::uuid[]))',
      t.name, t.key);
  end loop;
end $$;
revoke execute on function chassis.hide_absent_companies() from public;

-- To begin work for a company in a person's transaction; of the tables it may read none.
grant usage on schema chassis to stormops_identity;
grant select on chassis.cell, chassis.residence to stormops_app, stormops_ledger, stormops_platform;
grant select on chassis.placement, chassis.tenant_move to stormops_platform;

-- Down Migration
drop function chassis.hide_absent_companies();
revoke usage on schema chassis from stormops_identity;
drop table chassis.held_job, chassis.tenant_move, chassis.placement;
-- And with them the policies of every table that rest on them.
drop function chassis.closed(), chassis.away(), chassis.gone(), chassis.enter(uuid, boolean), chassis.company_key(uuid) cascade;
drop table chassis.residence, chassis.cell;
