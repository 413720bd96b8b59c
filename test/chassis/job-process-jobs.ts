/** Jobs that a test and a process of its own both know. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Tx } from '@stormops/chassis/database/transaction'
import { defineJob } from '@stormops/chassis/jobs/define-job'
import type { JobContext } from '@stormops/chassis/jobs/worker'
import { newId } from '@stormops/chassis/values/ids'
import { z } from 'zod'

export const hangOnce = defineJob({ name: 'test.hang-once', payload: z.object({}), retries: 3 })
export const hangForGood = defineJob({ name: 'test.hang-for-good', payload: z.object({}), retries: 0 })
/** Of which only so many are done at once, over all processes. */
export const threeAtOnce = defineJob({
  name: 'test.three-at-once',
  payload: z.object({}),
  kind: 'short',
  atOnceOverall: 3,
  atOnceForCompany: 3,
})
export const oneAtOnce = defineJob({ name: 'test.one-at-once', payload: z.object({}), atOnceOverall: 1 })

/** Long enough that jobs which may overlap do. */
const WORK_MS = 40

/** Says which process did it. */
export const workShortly = async ({ jobId, steps }: JobContext): Promise<void> => {
  await steps(`job:${jobId}`)('where', async () => process.pid)
  await sleep(WORK_MS)
}

/** Something that is there twice if it is done twice. */
export const leaveARow = (tx: Tx): Promise<number> =>
  tx.change('insert into storms.upload (tenant_id, id, expires_at) values ($1, $2, now())', [
    tx.tenantId,
    newId(),
  ])
