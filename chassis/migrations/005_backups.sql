-- Up Migration

-- Backups and verifications that have ended, well or not. What is on the disk decides what can be restored; this is
-- for whoever wants to know how old the last good one is.
create table chassis.backup (
  id         uuid primary key,
  kind       text not null check (kind in ('base', 'logical', 'verify')),
  -- The name of the backup that was taken, or looked at; none where it failed before it had one.
  subject    text,
  outcome    text not null check (outcome in ('SUCCEEDED', 'FAILED')),
  bytes      bigint not null default 0 check (bytes >= 0),
  detail     text not null default '',
  started_at timestamptz not null,
  ended_at   timestamptz not null
);
comment on table chassis.backup is 'No tenant_id: a backup is of the whole platform.';
create index backup_newest on chassis.backup (kind, outcome, ended_at desc);

grant select, insert, delete on chassis.backup to stormops_ledger;
grant select on chassis.backup to stormops_platform;
-- A pilot says how old the last good backup was when it began.
grant select (kind, outcome, ended_at) on chassis.backup to stormops_app;

-- Down Migration
drop table chassis.backup;
