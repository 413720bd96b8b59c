-- Up Migration

-- A job that is asked for again is a new job with the payload of the old one.
alter table chassis.job_run
  add column rerun_of        uuid,
  add column redriven_at     timestamptz,
  add column cancel_asked_at timestamptz,
  add column priority        integer not null default 0;

-- Dead letters: what failed for good, and that nobody has taken up again yet.
create index job_run_dead on chassis.job_run (tenant_id, ended_at desc, id desc)
  where state = 'FAILED' and redriven_at is null;
create index job_run_ended on chassis.job_run (ended_at) where ended_at is not null;

alter table chassis.job_event drop constraint job_event_kind_check;
alter table chassis.job_event add constraint job_event_kind_check
  check (kind in ('QUEUED', 'STARTED', 'STEP', 'SUCCEEDED', 'FAILED', 'GAVE_UP', 'LOST', 'CANCELLED', 'RERUN'));

-- Processes that take jobs. No tenant: a worker works for all of them.
create table chassis.worker (
  id          uuid primary key,
  host        text not null,
  process_id  integer not null,
  started_at  timestamptz not null,
  seen_at     timestamptz not null,
  -- Jobs under way, and how many it would take at once.
  busy        integer not null default 0 check (busy >= 0),
  capacity    integer not null check (capacity > 0),
  done        bigint not null default 0,
  failed      bigint not null default 0,
  -- When it last ended a job, however.
  last_job_at timestamptz
);
comment on table chassis.worker is 'No tenant_id: a process of the platform, which works for every company.';
create index worker_seen on chassis.worker (seen_at);

grant usage on schema chassis to stormops_ledger;
grant select, insert, update, delete on chassis.worker to stormops_ledger;
grant select on chassis.worker to stormops_platform;

-- Down Migration
drop table chassis.worker;
