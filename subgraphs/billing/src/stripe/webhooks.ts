/** What a webhook brings: whether Stripe signed it, and what it is about. */
import { Fault } from '@stormops/chassis/fault'
import { Stripe } from 'stripe'
import type { StripeNews } from '../domain/stripe-account.ts'
import type { StripeDoor } from '../ports.ts'
import { idOf } from './answers.ts'

/** Whoever records a webhook can repeat it for so long; it is Stripe's own advice. */
const TOLERANCE_SECONDS = 300

const UNSIGNED = 'The body is not signed by Stripe for this endpoint, or was signed too long ago.'

export const readEvent =
  (sdk: Stripe, secret: string): StripeDoor['readEvent'] =>
  (body, signature, receivedAt) => {
    try {
      const event = sdk.webhooks.constructEvent(
        body,
        signature,
        secret,
        TOLERANCE_SECONDS,
        undefined,
        receivedAt.getTime(),
      )
      return newsOf(event)
    } catch (error) {
      // A stranger learns nothing of which of them it was.
      if (error instanceof Stripe.errors.StripeSignatureVerificationError || error instanceof SyntaxError) {
        throw new Fault('BAD_INPUT', UNSIGNED)
      }
      throw error
    }
  }

type About = {
  readonly id?: string
  readonly object?: string
  readonly customer?: string | { readonly id: string } | null
}

const newsOf = (event: Stripe.Event): StripeNews => {
  // Every object of Stripe's that an event can be about is told apart by these, where it has them.
  const about = event.data.object as About
  return {
    eventId: event.id,
    type: event.type,
    objectId: about.id ?? null,
    customerId: about.object === 'customer' ? (about.id ?? null) : idOf(about.customer),
    live: event.livemode,
    createdAt: new Date(event.created * 1_000),
  }
}
