/** An event of the inbox: whose it is, and what Stripe says now of what it is about. */
import type { Clock } from '@stormops/chassis/clock'
import { tellable } from '@stormops/chassis/fault'
import type { CountWebhook, WebhookOutcome } from '@stormops/chassis/telemetry/webhook-metrics'
import { handleJob } from '@stormops/chassis/jobs/worker'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import { syncCheckout, syncFromSubscription } from '../commands/complete-checkout.ts'
import type { StripeWork } from '../commands/stripe-work.ts'
import { syncInvoice } from '../commands/sync-invoice.ts'
import { topicOf } from '../domain/webhook.ts'
import type { DeliveryState, WebhookDelivery } from '../domain/webhook.ts'
import { handleStripeEvent } from './stripe-jobs.ts'

/** As metrics name it. */
export const STRIPE_ENDPOINT = 'stripe'

/** The inbox belongs to no company, and neither does the lookup of whose a customer is. */
export type Inbox = {
  readonly find: (eventId: string) => Promise<WebhookDelivery | null>
  readonly settle: (settled: {
    readonly eventId: string
    readonly state: Exclude<DeliveryState, 'RECEIVED'>
    readonly attempts: number
    readonly error: string | null
    readonly tenantId: string | null
    readonly at: Date
  }) => Promise<void>
  readonly tenantOf: (customerId: string) => Promise<string | null>
}

/** `work` is null where payments are not configured: an event then waits for somebody to replay it. */
export const handleStripeEventHandler = (
  inbox: Inbox,
  work: StripeWork | null,
  { clock, count }: { readonly clock: Clock; readonly count: CountWebhook },
): JobHandler =>
  handleJob(
    handleStripeEvent,
    async ({ attempt, log }, { eventId }) => {
      const event = await inbox.find(eventId)
      if (event === null || work === null) return
      const settle = (
        state: Exclude<DeliveryState, 'RECEIVED'>,
        tenantId: string | null,
        error: string | null,
      ) => {
        count(STRIPE_ENDPOINT, OUTCOMES[state])
        return inbox.settle({ eventId, state, attempts: attempt, error, tenantId, at: clock.now() })
      }
      let tenantId: string | null = null
      try {
        tenantId = event.customerId === null ? null : await inbox.tenantOf(event.customerId)
        if (topicOf(event.type) === null || event.objectId === null)
          return await settle('IGNORED', tenantId, null)
        if (tenantId === null) {
          log.warn(
            { eventId, type: event.type },
            'an event of Stripe’s is of a customer that is nobody’s here',
          )
          return await settle('UNMATCHED', null, null)
        }
        await apply(work, tenantId, event, event.objectId)
        await settle('HANDLED', tenantId, null)
      } catch (error) {
        await settle('RETRYING', tenantId, tellable(error))
        throw error
      }
    },
    {
      onGivenUp: async (_end, { eventId }) => {
        const event = await inbox.find(eventId)
        if (event === null || (event.state !== 'RECEIVED' && event.state !== 'RETRYING')) return
        const { attempts, error, tenantId } = event
        await inbox.settle({ eventId, state: 'DEAD', attempts, error, tenantId, at: clock.now() })
      },
    },
  )

const OUTCOMES: Readonly<Record<Exclude<DeliveryState, 'RECEIVED'>, WebhookOutcome>> = {
  HANDLED: 'handled',
  IGNORED: 'ignored',
  UNMATCHED: 'ignored',
  RETRYING: 'failed',
  DEAD: 'failed',
}

const apply = async (
  work: StripeWork,
  tenantId: string,
  { type }: WebhookDelivery,
  objectId: string,
): Promise<void> => {
  switch (topicOf(type)) {
    case 'checkout':
      await syncCheckout(work, tenantId, objectId)
      return
    case 'subscription':
      await syncFromSubscription(work, tenantId, objectId)
      return
    case 'invoice':
      await syncInvoice(work, tenantId, objectId)
      return
    case null:
  }
}
