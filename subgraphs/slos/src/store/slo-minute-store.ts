/** Plain SQL and no entity: other subgraphs write and read these minutes in transactions of their own. */
import type { Tx } from '@stormops/chassis/database/transaction'
import type { Totals, Window } from '../domain/compliance.ts'
import type { MinuteOfMeasurements } from '../domain/measurement.ts'
import { SLO_NAMES } from '../domain/slo.ts'
import type { SloName } from '../domain/slo.ts'

/** Adds to the minutes of the transaction's tenant, in the order given. */
export const addMinutes = async (tx: Tx, minutes: readonly MinuteOfMeasurements[]): Promise<void> => {
  await tx.rows(
    `select slos.record_measurement(slo, minute, total, good, beyond_alert_line, sum)
     from unnest($1::text[], $2::timestamptz[], $3::bigint[], $4::bigint[], $5::bigint[], $6::float8[])
       as m (slo, minute, total, good, beyond_alert_line, sum)`,
    [
      minutes.map(({ slo }) => slo),
      minutes.map(({ minute }) => minute),
      minutes.map(({ total }) => total),
      minutes.map(({ good }) => good),
      minutes.map(({ beyondAlertLine }) => beyondAlertLine),
      minutes.map(({ sum }) => sum),
    ],
  )
}

/**
 * What the transaction's tenant measured of each SLO within its window, in the order of SLO_NAMES. A minute
 * belongs to a window that touches it, so a window of seconds sees the whole minute around it. SLOs without
 * traffic are left out.
 */
export const totalsWithin = async (
  tx: Tx,
  windows: ReadonlyMap<SloName, Window>,
): Promise<ReadonlyMap<SloName, Totals>> => {
  const rows = await tx.rows<{ slo: SloName; total: string; good: string }>(
    `select w.slo, m.total, m.good
     from unnest($2::text[], $3::timestamptz[], $4::timestamptz[]) as w (slo, since, until)
     cross join lateral (
       select sum(total) as total, sum(good) as good from slos.slo_minute
       where tenant_id = $1 and slo = w.slo and minute >= date_trunc('minute', w.since, 'UTC') and minute < w.until
     ) m
     where m.total is not null`,
    [
      tx.tenantId,
      [...windows.keys()],
      [...windows.values()].map(({ from }) => from),
      [...windows.values()].map(({ to }) => to),
    ],
  )
  const found = new Map(
    rows.map(({ slo, total, good }) => [slo, { total: Number(total), good: Number(good) }]),
  )
  return new Map(
    SLO_NAMES.flatMap((slo) => {
      const totals = found.get(slo)
      return totals === undefined ? [] : [[slo, totals] as const]
    }),
  )
}
