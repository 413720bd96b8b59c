/** Jobs that a test and a process of its own both know. */
import type { Tx } from '@stormops/chassis/database/transaction'
import { defineJob } from '@stormops/chassis/jobs/define-job'
import { newId } from '@stormops/chassis/values/ids'
import { z } from 'zod'

export const hangOnce = defineJob({ name: 'test.hang-once', payload: z.object({}), retries: 3 })
export const hangForGood = defineJob({ name: 'test.hang-for-good', payload: z.object({}), retries: 0 })

/** Something that is there twice if it is done twice. */
export const leaveARow = (tx: Tx): Promise<number> =>
  tx.change('insert into storms.upload (tenant_id, id, expires_at) values ($1, $2, now())', [
    tx.tenantId,
    newId(),
  ])
