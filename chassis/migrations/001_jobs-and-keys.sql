-- Up Migration

create function chassis.current_tenant() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.tenant_id', true), '')::uuid;

-- Same key and same body give the stored result; same key with another body is refused.
create table chassis.idempotency_key (
  tenant_id  uuid not null,
  key        text not null check (length(key) between 1 and 200),
  command    text not null,
  body_hash  text not null,
  result     jsonb,
  created_at timestamptz not null default now(),
  primary key (tenant_id, key)
);

-- One line per job that belongs to a tenant; the queue itself forgets, this does not.
create table chassis.job_run (
  tenant_id  uuid not null,
  id         uuid not null,
  name       text not null,
  state      text not null check (state in ('QUEUED', 'RUNNING', 'RETRYING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  payload    jsonb not null,
  attempts   integer not null default 0,
  error      text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at   timestamptz,
  primary key (tenant_id, id)
);
create index job_run_by_time on chassis.job_run (tenant_id, created_at desc, id desc);

create table chassis.job_event (
  tenant_id uuid not null,
  id        uuid not null default uuidv7(),
  job_id    uuid not null,
  attempt   integer not null,
  kind      text not null check (kind in ('QUEUED', 'STARTED', 'STEP', 'SUCCEEDED', 'FAILED', 'GAVE_UP')),
  detail    jsonb not null default '{}',
  at        timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index job_event_by_job on chassis.job_event (tenant_id, job_id, id);

-- What a step gave, kept under its subject so that no later attempt repeats the effect.
create table chassis.job_step (
  tenant_id  uuid not null,
  subject    text not null,
  step       text not null,
  status     text not null check (status in ('RUNNING', 'DONE', 'FAILED')),
  attempts   integer not null default 0,
  output     jsonb,
  error      text,
  started_at timestamptz not null default now(),
  ended_at   timestamptz,
  primary key (tenant_id, subject, step)
);

do $$
declare t text;
begin
  foreach t in array array['idempotency_key', 'job_run', 'job_event', 'job_step'] loop
    execute format('alter table chassis.%I enable row level security', t);
    execute format('alter table chassis.%I force row level security', t);
    execute format('create policy tenant_isolation on chassis.%I using (tenant_id = chassis.current_tenant()) with check (tenant_id = chassis.current_tenant())', t);
  end loop;
end $$;

create policy platform_reads on chassis.job_run for select to stormops_platform using (true);
create policy platform_reads on chassis.job_event for select to stormops_platform using (true);

grant usage on schema chassis to stormops_app, stormops_platform;
grant select, insert, update on chassis.idempotency_key, chassis.job_run, chassis.job_step to stormops_app;
grant select, insert on chassis.job_event to stormops_app;
grant select on chassis.job_run, chassis.job_event to stormops_platform;

-- Down Migration
drop schema chassis cascade;
