-- Up Migration

-- What was measured of an SLO for a tenant in one minute. `sum` is of the values, in the SLO's own unit.
create table slos.slo_minute (
  tenant_id         uuid not null,
  slo               text not null check (slo in ('JOURNEY_INGESTION_LATENCY', 'ATTRIBUTION_FRESHNESS',
                                                 'MODEL_SCORING_LATENCY', 'UI_ERROR_RATE', 'QUERY_LATENCY_P99',
                                                 'DATA_QUALITY_SCORE')),
  minute            timestamptz not null check (minute = date_trunc('minute', minute, 'UTC')),
  total             bigint not null check (total >= 1),
  good              bigint not null check (good between 0 and total),
  beyond_alert_line bigint not null check (beyond_alert_line between 0 and total),
  sum               double precision not null check (sum >= 0 and sum < 'Infinity'),
  primary key (tenant_id, slo, minute)
);
alter table slos.slo_minute enable row level security;
alter table slos.slo_minute force row level security;
create policy tenant_isolation on slos.slo_minute
  using (tenant_id = chassis.current_tenant()) with check (tenant_id = chassis.current_tenant());

-- Adds measurements of one SLO and one minute to the transaction's tenant, with the rights of whoever calls it.
create function slos.record_measurement(
  slo text, minute timestamptz, total bigint, good bigint, beyond_alert_line bigint, sum double precision
) returns void
  language sql volatile security invoker
begin atomic
  insert into slos.slo_minute as kept (tenant_id, slo, minute, total, good, beyond_alert_line, sum)
  values (chassis.current_tenant(), record_measurement.slo, record_measurement.minute, record_measurement.total,
          record_measurement.good, record_measurement.beyond_alert_line, record_measurement.sum)
  on conflict (tenant_id, slo, minute) do update set
    total = kept.total + excluded.total,
    good = kept.good + excluded.good,
    beyond_alert_line = kept.beyond_alert_line + excluded.beyond_alert_line,
    sum = kept.sum + excluded.sum;
end;
revoke execute on function slos.record_measurement from public;

grant usage on schema slos to stormops_app;
grant select, insert, update on slos.slo_minute to stormops_app;
grant execute on function slos.record_measurement to stormops_app;

-- Down Migration
drop schema slos cascade;
