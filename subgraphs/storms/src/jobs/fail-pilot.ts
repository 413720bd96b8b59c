import type { Database, Tx } from '@stormops/chassis/database/database'
import type { JobDefinition } from '@stormops/chassis/jobs/define-job'
import type { JobContext } from '@stormops/chassis/jobs/worker'
import type { StormsStores } from '../stores.ts'

/** A pilot whose last attempt failed says so; before that it only waits for the next one. */
export const failPilotAfterLastAttempt = async (
  database: Database,
  stores: (tx: Tx) => StormsStores,
  job: JobDefinition<object>,
  context: JobContext,
  pilotId: string,
  work: () => Promise<void>,
): Promise<void> => {
  try {
    await work()
  } catch (error) {
    if (context.attempt > job.retries) {
      await database.withTenant(context.tenantId, (tx) =>
        stores(tx).pilots.update(pilotId, { status: 'FAILED' }),
      )
    }
    throw error
  }
}
