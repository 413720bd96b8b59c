import type { Clock } from '@stormops/chassis/clock'
import type { Database } from '@stormops/chassis/database/database'
import type { Tx } from '@stormops/chassis/database/transaction'
import { Fault } from '@stormops/chassis/fault'
import { handleJob } from '@stormops/chassis/jobs/worker'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import { assignStorm } from '../commands/apply-policy.ts'
import { backupNote, backupStanding } from '../domain/pilot-backup.ts'
import { pilotSubject } from '../domain/pilot.ts'
import type { Storm } from '../domain/storm.ts'
import type { StormsPorts } from '../ports.ts'
import type { StoredPilot } from '../store/pilot-store.ts'
import type { StormsStores } from '../stores.ts'
import { openPilotJob } from './pilot-jobs.ts'
import { giveUpPilot, takeUpPilot } from './give-up-pilot.ts'

/** Looks whether what follows could be lost, applies the policy, takes the baseline, and opens the window in which outcomes count. */
export const openPilotHandler = (
  database: Database,
  stores: (tx: Tx) => StormsStores,
  clock: Clock,
  { lastGoodBackupAt }: Pick<StormsPorts, 'lastGoodBackupAt'>,
): JobHandler =>
  handleJob(
    openPilotJob,
    async (context, { pilotId }) => {
      await takeUpPilot(database, stores, { tenantId: context.tenantId, pilotId, to: 'STARTING' })
      const step = context.steps(pilotSubject(pilotId))
      await step('backup', async (tx) => {
        const standing = backupStanding(await lastGoodBackupAt(tx), clock.now())
        return { ...standing, note: backupNote(standing) }
      })
      await step('apply-policy', async (tx) => {
        const { storm, mode } = await pilotAndStorm(stores(tx), pilotId)
        return assignStorm(stores(tx), storm, mode, clock.now())
      })
      await step('baseline', async (tx) => {
        const { storm } = await pilotAndStorm(stores(tx), pilotId)
        const spread = await stores(tx).scores.spread(storm.id)
        return { decisions: await stores(tx).assignments.counts(storm.id), uplift: spread }
      })
      await step('execute', async (tx) => {
        const { storm } = await pilotAndStorm(stores(tx), pilotId)
        if (storm.status === 'PLANNING') await stores(tx).storms.update(storm.id, { status: 'ACTIVE' })
        await stores(tx).pilots.update(pilotId, { status: 'RUNNING' })
        return { openedAt: clock.now().toISOString() }
      })
    },
    { onGivenUp: giveUpPilot(database, stores, 'STARTING') },
  )

const pilotAndStorm = async (
  { pilots, storms }: StormsStores,
  pilotId: string,
): Promise<{ pilot: StoredPilot; storm: Storm; mode: NonNullable<StoredPilot['design']['policyMode']> }> => {
  const pilot = await pilots.lockById(pilotId)
  const storm = pilot?.stormId === null || pilot === null ? null : await storms.lockById(pilot.stormId)
  const mode = pilot?.design.policyMode ?? null
  if (pilot === null || storm === null || mode === null) {
    throw new Fault('INTERNAL', `The pilot ${pilotId} has no storm or no policy.`)
  }
  return { pilot, storm, mode }
}
