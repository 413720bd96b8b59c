/** Work with Stripe that nobody waits for. */
import { defineJob } from '@stormops/chassis/jobs/define-job'
import { z } from 'zod'

/**
 * Five times after the first, each twice as long after the one before: within a quarter of a minute at first, minutes
 * later on, since whoever is away for seconds is often away for minutes. Then it is a dead letter.
 */
const EVENT_RETRIES = 5
const EVENT_RETRY_DELAY = { firstSeconds: 8, mostSeconds: 600 }

export const handleStripeEvent = defineJob({
  name: 'billing.handle-stripe-event',
  kind: 'short',
  payload: z.object({ eventId: z.string().min(1).max(255) }),
  retries: EVENT_RETRIES,
  retryDelay: EVENT_RETRY_DELAY,
  timeoutSeconds: 60,
})

/** Looks for invoices to charge, and for tries that somebody began and did not end. */
export const collectPayments = defineJob({
  name: 'billing.collect-payments',
  payload: z.object({}),
  schedule: { cron: '*/5 * * * *', timeZone: 'UTC' },
})

/** One invoice. What is due is decided when it runs, so that it may be asked for as often as anybody likes. */
export const collectPayment = defineJob({
  name: 'billing.collect-payment',
  kind: 'short',
  payload: z.object({ invoiceId: z.uuid() }),
  retries: 5,
  timeoutSeconds: 60,
})

/** On Monday before work begins in Texas. */
export const reconcileStripe = defineJob({
  name: 'billing.reconcile-stripe',
  payload: z.object({}),
  timeoutSeconds: 3_600,
  schedule: { cron: '30 9 * * 1', timeZone: 'UTC' },
})
