-- Up Migration

-- What each probe read last, and how long it has read the like.
create table operations.probe_reading (
  key             text primary key,
  severity        text not null check (severity in ('INFO', 'WARNING', 'CRITICAL')),
  summary         text not null,
  runbook         text not null,
  value           double precision,
  threshold       double precision not null,
  is_breached     boolean not null,
  detail          text not null,
  read_at         timestamptz not null,
  breached_in_row integer not null check (breached_in_row >= 0),
  good_in_row     integer not null check (good_in_row >= 0)
);
comment on table operations.probe_reading is 'No tenant_id: the platform looks at itself; the app may neither read nor write it.';

create table operations.platform_alert (
  id               uuid primary key default uuidv7(),
  key              text not null,
  severity         text not null check (severity in ('INFO', 'WARNING', 'CRITICAL')),
  summary          text not null,
  -- A heading of docs/operate.md.
  runbook          text not null,
  opened_at        timestamptz not null,
  last_breached_at timestamptz not null,
  closed_at        timestamptz,
  -- As last read while it was open; null where nothing could be measured.
  value            double precision,
  threshold        double precision not null,
  detail           text not null,
  acknowledged_by  text,
  acknowledged_at  timestamptz,
  check ((acknowledged_by is null) = (acknowledged_at is null))
);
comment on table operations.platform_alert is 'No tenant_id: it is about the platform; the app may neither read nor write it.';
create unique index platform_alert_open on operations.platform_alert (key) where closed_at is null;

-- Staff take note of an alert in a transaction of the platform's own, beside the line of its audit. For the first who
-- does it is true; nothing changes for whoever comes after, nor in a company's transaction.
create function operations.acknowledge_alert(alert uuid, who text, moment timestamptz) returns boolean
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  with acknowledged as (
    update operations.platform_alert set acknowledged_by = who, acknowledged_at = moment
     where id = alert and acknowledged_at is null
       and chassis.current_tenant() = '00000000-0000-0000-0000-000000000000'
    returning 1)
  select exists (select from acknowledged);
end;
revoke execute on function operations.acknowledge_alert from public;

grant usage on schema operations to stormops_app, stormops_ledger, stormops_platform;
grant select, insert, update on operations.probe_reading, operations.platform_alert to stormops_ledger;
grant delete on operations.probe_reading to stormops_ledger;
grant select on operations.probe_reading, operations.platform_alert to stormops_platform;
grant execute on function operations.acknowledge_alert to stormops_app;

-- Down Migration
drop schema operations cascade;
