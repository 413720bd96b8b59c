/** Jobs that do nothing, so that only what is done about them is measured. */
import { defineJob } from '@stormops/chassis/jobs/define-job'
import { z } from 'zod'

const payload = z.object({ n: z.int() })

export const idleJob = defineJob({ name: 'bench.idle', payload, kind: 'short' })
export const idleTransaction = defineJob({ name: 'bench.idle-transaction', payload, kind: 'short' })

/** Never ends in the worker that is killed. */
export const hangingJob = defineJob({ name: 'bench.hanging', payload: z.object({}) })
