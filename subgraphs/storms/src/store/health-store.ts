import type { Tx } from '@stormops/chassis/database/database'
import type { HealthCounts } from '../domain/data-health.ts'
import { REQUIRED_FEATURES } from '../domain/data-health.ts'

export type HealthStore = { readonly counts: (stormId: string) => Promise<HealthCounts> }

const NOTHING: HealthCounts = { rejected: 0, properties: 0, complete: 0, eligible: 0, scored: 0 }

export const healthStore = ({ tenantId, rows }: Tx): HealthStore => ({
  counts: async (stormId) => {
    const [row] = await rows<HealthCounts>(
      `select
         (select coalesce(sum(rows_rejected), 0)::int from storms.property_import
          where tenant_id = $1 and storm_id = $2) as rejected,
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
