import type { Tx } from '@stormops/chassis/database/transaction'
import { maybeRowOf, rowsOf } from '@stormops/chassis/database/row'
import type { PageRequest } from '@stormops/chassis/graphql/page'
import type { PilotMeasurements } from '../domain/pilot-measurements.ts'
import type { Pilot } from '../domain/pilot.ts'
import type { ExperimentRow } from '../import/read-experiment.ts'
import { PilotEntity } from './entities.ts'

/** The external ids of made-up properties begin with it. */
const SYNTHETIC_PREFIX = 'SYN-'

export type StoredPilot = Pilot & { readonly measurements: PilotMeasurements | null }

export type PilotStore = {
  readonly maybeById: (id: string) => Promise<StoredPilot | null>
  readonly lockById: (id: string) => Promise<StoredPilot | null>
  readonly maybeByStorm: (stormId: string) => Promise<StoredPilot | null>
  readonly manyById: (ids: readonly string[]) => Promise<readonly StoredPilot[]>
  /** Newest first, one more than the page holds. */
  readonly page: (page: PageRequest) => Promise<readonly StoredPilot[]>
  readonly insert: (pilot: Pilot) => Promise<void>
  readonly update: (id: string, change: Partial<Omit<StoredPilot, 'id'>>) => Promise<void>
  /** Whether every property of the pilot's storm was made up by the platform's own generator. */
  readonly isSynthetic: (pilot: Pilot) => Promise<boolean>
  readonly insertRows: (pilotId: string, batch: readonly ExperimentRow[]) => Promise<void>
}

export const pilotStore = ({ em, tenantId, rows, change }: Tx): PilotStore => ({
  maybeById: async (id) => maybeRowOf(await em.findOne(PilotEntity, { tenantId, id })),
  lockById: async (id) => {
    await rows(`select from storms.pilot where tenant_id = $1 and id = $2 for update`, [tenantId, id])
    return maybeRowOf(await em.findOne(PilotEntity, { tenantId, id }, { refresh: true }))
  },
  maybeByStorm: async (stormId) => maybeRowOf(await em.findOne(PilotEntity, { tenantId, stormId })),
  manyById: async (ids) => rowsOf(await em.find(PilotEntity, { tenantId, id: { $in: [...ids] } })),
  page: async (page) =>
    rowsOf(
      await em.find(
        PilotEntity,
        { tenantId, ...(page.after === null ? {} : { id: { $lt: page.after } }) },
        { orderBy: { id: 'desc' }, limit: page.first + 1 },
      ),
    ),
  insert: async (pilot) => {
    await em.insert(PilotEntity, { ...pilot, tenantId, measurements: null })
  },
  update: async (id, changes) => {
    await em.nativeUpdate(PilotEntity, { tenantId, id }, changes)
  },
  isSynthetic: async (pilot) => {
    if (pilot.stormId === null) return false
    const real = await rows(
      `select from storms.property where tenant_id = $1 and storm_id = $2 and not starts_with(external_id, $3) limit 1`,
      [tenantId, pilot.stormId, SYNTHETIC_PREFIX],
    )
    return real.length === 0
  },
  insertRows: async (pilotId, batch) => {
    await change(
      `insert into storms.experiment_row (tenant_id, pilot_id, external_id, treated, converted, value, score, segments)
       select $1, $2, t.external_id, t.treated, t.converted, t.value, t.score, t.segments::jsonb
       from unnest($3::text[], $4::bool[], $5::bool[], $6::bigint[], $7::float8[], $8::text[])
         as t (external_id, treated, converted, value, score, segments)`,
      [
        tenantId,
        pilotId,
        batch.map((row) => row.externalId),
        batch.map((row) => row.arm === 'TREAT'),
        batch.map((row) => row.converted),
        batch.map((row) => row.valueMinorUnits),
        batch.map((row) => row.score),
        batch.map((row) => JSON.stringify(row.segments)),
      ],
    )
  },
})
