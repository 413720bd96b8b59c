import { defineCommand } from '@stormops/chassis/command'
import type { BillingStores } from '../context.ts'
import { MOST_QUANTITY } from '../domain/usage.ts'

export type CorrectUsage = { readonly eventId: string; readonly quantity: number; readonly reason: string }

export type CorrectUsageResult =
  | { readonly kind: 'ok'; readonly eventId: string }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }

const REASON_LENGTH = 500

/** Runs for the company whose event it is. A correction happened when what it corrects happened. */
export const correctUsage = defineCommand<CorrectUsage, CorrectUsageResult, BillingStores>({
  name: 'billing.correctUsage',
  permission: 'platform:staff',
  audit: ({ eventId, quantity, reason }, result) => ({
    subjectKind: 'usage-event',
    subjectId: result.eventId,
    detail: { corrects: eventId, quantity, reason },
  }),
  run: async ({ stores, actor, clock }, { eventId, quantity, reason }) => {
    if (reason.trim() === '' || reason.length > REASON_LENGTH) {
      return { kind: 'invalid', field: 'reason', message: `Say why, in 1 to ${REASON_LENGTH} characters.` }
    }
    if (!Number.isInteger(quantity) || quantity === 0 || Math.abs(quantity) > MOST_QUANTITY) {
      const message = `A correction is a whole number up to ${MOST_QUANTITY} either way, and not 0.`
      return { kind: 'invalid', field: 'quantity', message }
    }
    const found = await stores.ledger.lockForCorrection(eventId)
    if (found === null) return { kind: 'not-found' }
    const { event, remaining } = found
    if (event.corrects !== null) {
      const message = 'This event is a correction itself; correct the event that it corrects.'
      return { kind: 'invalid', field: 'eventId', message }
    }
    if (remaining + BigInt(quantity) < 0n) {
      const message = `The event counts for ${remaining} with its corrections, so no more can be taken back.`
      return { kind: 'invalid', field: 'quantity', message }
    }
    const id = stores.ledger.newEventId()
    const correction = {
      eventId: id,
      clientEventId: null,
      metric: event.metric,
      quantity: BigInt(quantity),
      occurredAt: event.occurredAt,
      source: 'billing.correctUsage',
      subject: actor.id,
      corrects: eventId,
      detail: null,
    }
    await stores.ledger.record([correction], clock.now())
    return { kind: 'ok', eventId: id }
  },
})
