/** The platform watches itself every minute, and somebody is written to when something begins or ends. */
import { defineEvent, defineJob } from '@stormops/chassis/jobs/define-job'
import { z } from 'zod'

export const watchPlatform = defineJob({
  name: 'operations.watch-platform',
  payload: z.object({}),
  // However many long jobs there are, there is room to look at them.
  kind: 'short',
  // The next minute asks again: a second try now would count one minute twice.
  retries: 0,
  timeoutSeconds: 50,
  schedule: { cron: '* * * * *', timeZone: 'UTC' },
})

/** An alert opened or closed. The tenant is the platform itself. */
export const platformAlertChanged = defineEvent({
  name: 'operations.platform-alert-changed',
  payload: z.object({ tenantId: z.uuid(), alertId: z.uuid(), news: z.enum(['OPENED', 'CLOSED']) }),
})

export const mailPlatformAlert = defineJob({
  name: 'operations.mail-platform-alert',
  payload: platformAlertChanged.payload,
  kind: 'short',
  timeoutSeconds: 60,
  // About an hour and a half: a mail server that is down for a while must not cost anybody the news.
  retries: 8,
  retryDelay: { firstSeconds: 15, mostSeconds: 3_600 },
})
