import type { Tx } from '@stormops/chassis/database/transaction'
import type { HealthCounts } from '../domain/data-health.ts'
import { REQUIRED_FEATURES } from '../domain/data-health.ts'

export type HealthStore = { readonly counts: (stormId: string) => Promise<HealthCounts> }

const NOTHING: HealthCounts = { rejected: 0, properties: 0, complete: 0, eligible: 0, scored: 0 }

export const healthStore = ({ tenantId, rows }: Tx): HealthStore => ({
  counts: async (stormId) => {
    const [row] = await rows<HealthCounts>(
      `select
         -- A newer file that names every property of the storm takes the place of those before it.
         (select coalesce(sum(i.rows_rejected - i.already_there), 0)::int from storms.property_import i
          where i.tenant_id = $1 and i.storm_id = $2 and not exists (
            select from storms.property_import newer
            where newer.tenant_id = $1 and newer.storm_id = $2 and newer.id > i.id
              and newer.rows_accepted + newer.already_there >= count(p.id))) as rejected,
         count(*)::int as properties,
         (count(*) filter (where array_position(p.features[1:${REQUIRED_FEATURES}], null) is null))::int as complete,
         (count(*) filter (where p.suppressed is null))::int as eligible,
         (count(s.uplift) filter (where p.suppressed is null))::int as scored
       from storms.property p
       left join storms.score s on s.tenant_id = p.tenant_id and s.storm_id = p.storm_id and s.property_id = p.id
       where p.tenant_id = $1 and p.storm_id = $2`,
      [tenantId, stormId],
    )
    return row ?? NOTHING
  },
})
