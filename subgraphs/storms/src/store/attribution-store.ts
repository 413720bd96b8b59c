import type { Tx } from '@stormops/chassis/database/transaction'
import { CONVERSION_EVENT, HALF_LIFE_SECONDS } from '../domain/attribution.ts'
import type { AttributionModel } from '../domain/attribution.ts'
import type { JourneyEventKind } from '../domain/journey-event.ts'

export type Credit = { readonly kind: JourneyEventKind; readonly conversions: number; readonly value: number }

export type AttributionTally = {
  readonly conversions: number
  readonly attributed: number
  readonly newestTouchAt: Date | null
  /** The largest first. */
  readonly credits: readonly Credit[]
}

export type AttributionStore = {
  readonly tally: (stormId: string, model: AttributionModel) => Promise<AttributionTally>
}

type TallyRow = Credit & { readonly newest: Date | null }

/** One weight per touch; a property's weights are then scaled to add up to 1. */
const WEIGHT = `case $3
  when 'LAST_TOUCH' then (row_number() over (partition by property_id order by at desc, id desc) = 1)::int
  when 'FIRST_TOUCH' then (row_number() over (partition by property_id order by at, id) = 1)::int
  when 'LINEAR' then 1
  else power(0.5::float8, extract(epoch from converted_at - at) / $4) end`

export const attributionStore = ({ tenantId, rows }: Tx): AttributionStore => ({
  tally: async (stormId, model) => {
    const [totals] = await rows<{ conversions: number; attributed: number }>(
      `select count(*)::int as conversions,
         (count(*) filter (where exists (
            select from storms.journey_event e
            where e.tenant_id = a.tenant_id and e.storm_id = a.storm_id and e.property_id = a.property_id
              and e.kind <> $3 and e.at <= a.outcome_at)))::int as attributed
       from storms.assignment a where tenant_id = $1 and storm_id = $2 and converted`,
      [tenantId, stormId, CONVERSION_EVENT],
    )
    const credits = await rows<TallyRow>(
      `with touch as (
         select e.property_id, e.id, e.kind, e.at, a.outcome_at as converted_at, coalesce(a.value, 0) as value
         from storms.assignment a
         join storms.journey_event e on e.tenant_id = a.tenant_id and e.storm_id = a.storm_id and e.property_id = a.property_id
         where a.tenant_id = $1 and a.storm_id = $2 and a.converted and e.kind <> $5 and e.at <= a.outcome_at
       ),
       weighed as (select *, (${WEIGHT})::float8 as weight from touch),
       shared as (select *, weight / sum(weight) over (partition by property_id) as credit from weighed)
       select kind, sum(credit) as conversions, sum(credit * value)::float8 as value,
         max(at) filter (where credit > 0) as newest
       from shared group by kind having sum(credit) > 0 order by conversions desc, kind`,
      [tenantId, stormId, model, HALF_LIFE_SECONDS, CONVERSION_EVENT],
    )
    const newest = credits.flatMap((row) => (row.newest === null ? [] : [row.newest.getTime()]))
    return {
      conversions: totals?.conversions ?? 0,
      attributed: totals?.attributed ?? 0,
      newestTouchAt: newest.length === 0 ? null : new Date(Math.max(...newest)),
      credits: credits.map(({ kind, conversions, value }) => ({ kind, conversions, value })),
    }
  },
})
