/**
 * Usage of months that consist of pieces: of several plans one after the other, of days that each renew an allowance,
 * or of a metric of which the most counts. What came late counts at the month's start, and what came after a company left
 * at the end of its last plan.
 */
import type { PlatformTx } from '@stormops/chassis/database/transaction'
import { NEVER_BILLED } from '../domain/company-month.ts'
import type { PhaseUsage } from '../domain/rating.ts'
import type { OpenMonth } from './month-store.ts'

type PieceRow = {
  readonly tenant_id: string
  readonly metric: string
  readonly phase: number
  readonly day: string
  readonly sum: string
  readonly most: string
}

/** By company, for every company asked for. */
export const pieceUsage = async (
  tx: Pick<PlatformTx, 'rows'>,
  months: readonly OpenMonth[],
  month: string,
): Promise<ReadonlyMap<string, readonly PhaseUsage[]>> => {
  if (months.length === 0) return new Map()
  const byTenant = Map.groupBy(await pieces(tx, months, month), ({ tenant_id: id }) => id)
  return new Map(
    months.map((company) => [
      company.tenantId,
      [...Map.groupBy(byTenant.get(company.tenantId) ?? [], ({ metric, phase }) => `${metric} ${phase}`)]
        .map(([, rows]) => rows)
        .flatMap((rows) => phaseUsage(company, rows)),
    ]),
  )
}

const pieces = (
  tx: Pick<PlatformTx, 'rows'>,
  months: readonly OpenMonth[],
  month: string,
): Promise<readonly PieceRow[]> => {
  const phases = months.flatMap(({ tenantId, period, timeZone, phases: ofMonth }) =>
    ofMonth.map(({ from, to }, place) => ({
      tenantId,
      opens: period.startsAt,
      shuts: ofMonth.at(-1)?.to ?? period.endsAt,
      timeZone,
      place,
      from,
      to,
    })),
  )
  return tx.rows<PieceRow>(
    `select e.tenant_id, e.metric, p.place as phase, (counted.at at time zone p.time_zone)::date::text as day,
            sum(e.quantity) as sum, max(e.quantity) as most
       from unnest($1::uuid[], $2::integer[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[],
                   $6::timestamptz[], $7::text[])
              as p(tenant_id, place, starts_at, ends_at, month_starts, month_ends, time_zone)
       join billing.usage_event e on e.tenant_id = p.tenant_id and e.month = $8
      cross join lateral (
        select case when e.late_for is not null then p.month_starts
                    else greatest(p.month_starts, least(e.occurred_at, p.month_ends - interval '1 microsecond')) end
      ) counted(at)
      where counted.at >= p.starts_at and counted.at < p.ends_at
      group by 1, 2, 3, 4
      order by 1, 2, 3, 4`,
    [
      phases.map(({ tenantId }) => tenantId),
      phases.map(({ place }) => place),
      phases.map(({ from }) => from.toISOString()),
      phases.map(({ to }) => to.toISOString()),
      phases.map(({ opens }) => opens.toISOString()),
      phases.map(({ shuts }) => shuts.toISOString()),
      phases.map(({ timeZone }) => timeZone),
      month,
    ],
  )
}

/** Rows of one metric in one phase, by day. */
const phaseUsage = (company: OpenMonth, rows: readonly PieceRow[]): readonly PhaseUsage[] => {
  const [first] = rows
  if (first === undefined || NEVER_BILLED.has(first.metric)) return []
  const { metric, phase } = first
  const isMost = company.metrics.some(({ key, aggregation }) => key === metric && aggregation === 'MAX')
  const perDay = rows.map(({ day, sum, most }) => ({ day, quantity: BigInt(isMost ? most : sum) }))
  const quantity = perDay.reduce(
    (all, day) => (isMost ? (day.quantity > all ? day.quantity : all) : all + day.quantity),
    0n,
  )
  return [{ metric, phase, quantity, perDay }]
}
