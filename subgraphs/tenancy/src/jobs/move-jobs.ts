/** Moving companies between databases, as jobs of the platform. */
import { defineJob } from '@stormops/chassis/jobs/define-job'
import { z } from 'zod'

/** A company with millions of rows is copied for minutes. */
const MOVE_TIMEOUT_SECONDS = 3_600

export const moveTenantJob = defineJob({
  name: 'tenancy.move-tenant',
  payload: z.object({ moveId: z.uuid(), tenantId: z.uuid(), cell: z.string() }),
  timeoutSeconds: MOVE_TIMEOUT_SECONDS,
})

/** Takes up moves whose mover is gone, and takes away what moved companies left behind. */
export const tendMovesJob = defineJob({
  name: 'tenancy.tend-moves',
  payload: z.object({}),
  timeoutSeconds: MOVE_TIMEOUT_SECONDS,
  schedule: { cron: '* * * * *', timeZone: 'UTC' },
})

/** For a company that is to live elsewhere from its beginning on. */
export const placeTenantJob = defineJob({
  name: 'tenancy.place-tenant',
  payload: z.object({ tenantId: z.uuid(), cell: z.string().nullable().default(null) }),
})
