/** A pilot whose opening or closing nobody tries again says so, and one that is taken up again waits for it as before. */
import type { Database } from '@stormops/chassis/database/database'
import type { Tx } from '@stormops/chassis/database/transaction'
import type { GivenUp } from '@stormops/chassis/jobs/worker'
import type { PilotStatus } from '../domain/pilot.ts'
import type { StormsStores } from '../stores.ts'

/** What a pilot says while its job is to be done. */
type Waiting = Extract<PilotStatus, 'STARTING' | 'MEASURING'>

/** Changes a pilot that still waits, and no other: its job may have been given up long ago, and done since. */
export const giveUpPilot =
  (database: Database, stores: (tx: Tx) => StormsStores, waiting: Waiting) =>
  ({ tenantId }: GivenUp, { pilotId }: { readonly pilotId: string }): Promise<void> =>
    moveFrom(database, stores, { tenantId, pilotId, from: waiting, to: 'FAILED' })

export const takeUpPilot = (
  database: Database,
  stores: (tx: Tx) => StormsStores,
  move: { readonly tenantId: string; readonly pilotId: string; readonly to: Waiting },
): Promise<void> => moveFrom(database, stores, { ...move, from: 'FAILED' })

const moveFrom = (
  database: Database,
  stores: (tx: Tx) => StormsStores,
  {
    tenantId,
    pilotId,
    from,
    to,
  }: {
    readonly tenantId: string
    readonly pilotId: string
    readonly from: PilotStatus
    readonly to: PilotStatus
  },
): Promise<void> =>
  database.withTenant(tenantId, async (tx) => {
    const { pilots } = stores(tx)
    const pilot = await pilots.lockById(pilotId)
    if (pilot?.status === from) await pilots.update(pilotId, { status: to })
  })
