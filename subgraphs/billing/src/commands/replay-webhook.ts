import { defineCommand } from '@stormops/chassis/command'
import type { BillingStores } from '../context.ts'
import { handleStripeEvent } from '../jobs/stripe-jobs.ts'

export type ReplayWebhook = { readonly eventId: string }

export type ReplayWebhookResult = { readonly kind: 'ok'; readonly jobId: string }

/** Handles an event of the inbox again, as it was handled when it came: by asking Stripe. */
export const replayWebhook = defineCommand<ReplayWebhook, ReplayWebhookResult, BillingStores>({
  name: 'billing.replayWebhook',
  permission: 'platform:staff',
  audit: ({ eventId }, { jobId }) => ({ subjectKind: 'stripe-event', subjectId: eventId, detail: { jobId } }),
  run: async ({ tx, queue }, { eventId }) => ({
    kind: 'ok',
    jobId: await queue.enqueue(tx, handleStripeEvent, { eventId }),
  }),
})
