/** The news of usage: one job looks every minute what there is to tell, another tells one piece of it. */
import { defineJob } from '@stormops/chassis/jobs/define-job'
import { z } from 'zod'

export const takeUpUsageNotices = defineJob({
  name: 'billing.take-up-usage-notices',
  payload: z.object({}),
  schedule: { cron: '* * * * *', timeZone: 'UTC' },
})

/** Names the news and no address: whoever may have it is asked when it leaves. */
export const mailUsageNotice = defineJob({
  name: 'billing.mail-usage-notice',
  kind: 'short',
  timeoutSeconds: 60,
  payload: z.object({
    month: z.iso.date(),
    metric: z.enum(['STORMS', 'PROPERTIES', 'MODEL_CALLS', 'JOURNEY_EVENTS', 'API_CALLS']),
    percent: z.int(),
    /** Whole units, as text. */
    included: z.string().regex(/^\d+$/),
  }),
})
