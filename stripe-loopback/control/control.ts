/** What a test, or a developer, may do to this Stripe that nobody could do to the real one. */
import type { Account } from '../account.ts'
import { one } from '../account.ts'
import { DECLINING_CARD, GOOD_CARD } from '../billing/cards.ts'
import { changeCard, completeCheckout, failCheckout } from '../billing/checkout.ts'
import { passTime } from '../billing/passing-time.ts'
import type { Failures, PlannedFailure } from '../http/failures.ts'
import { createEndpoint } from '../operations/events.ts'
import type { DeliveryAttempt, Event, Stored } from '../store/objects.ts'
import type { Deliveries, Delivery } from '../webhooks/deliveries.ts'
import { Refusal } from '../wire/refusal.ts'

export type { PlannedFailure } from '../http/failures.ts'
export type { Delivery } from '../webhooks/deliveries.ts'
export type { DeliveryAttempt, Event } from '../store/objects.ts'

export type Control = {
  /** Events are kept, and sent by nobody but `deliver` until `resumeWebhooks`. */
  readonly pauseWebhooks: () => void
  readonly resumeWebhooks: () => void
  /** Where events go from now on; what it was told before is forgotten. */
  readonly setWebhook: (webhook: { readonly url: string; readonly secret: string }) => void
  /** Oldest first. */
  readonly deliveries: () => readonly Delivery[]
  /** Oldest first. */
  readonly events: () => readonly Event[]
  /** Sends an event once more to every endpoint that was to have it. */
  readonly redeliver: (eventId: string) => Promise<readonly DeliveryAttempt[]>
  /** Sends these events one after the other, in this order; one that stands there twice is sent twice. */
  readonly deliver: (eventIds: readonly string[]) => Promise<readonly DeliveryAttempt[]>
  /** When every event was taken, or given up. */
  readonly whenDelivered: () => Promise<void>
  readonly failNext: (failure: PlannedFailure) => void
  /** Changes fields of an object without an event, as if by another hand. The object after that. */
  readonly change: (id: string, changes: Readonly<Record<string, unknown>>) => Stored
  /** Makes an object unknown, without an event. */
  readonly forget: (id: string) => void
  /** Gives a customer a card that pays, or one that is declined each time, as the one to pay with. */
  readonly setCard: (customerId: string, card: 'GOOD' | 'DECLINING') => void
  /** What the buttons on the page of a checkout do. */
  readonly completeCheckout: (sessionId: string, email?: string) => void
  readonly failCheckout: (sessionId: string) => void
  /** Does all that has become due by the clock: drafts, retries, renewals, checkouts that expire. How much it was. */
  readonly passTime: () => number
  /** Forgets everything but the key, and plans no failures. */
  readonly reset: () => void
}

/** The endpoint that was named when the loopback was opened. */
export const OWN_ENDPOINT = 'we_loopback'

export const createControl = (account: Account, deliveries: Deliveries, failures: Failures): Control => {
  const { store } = account
  /** Whatever is done from here is written down as one thing. */
  const committed = <T>(run: () => T): T => {
    try {
      const result = run()
      store.commit()
      return result
    } catch (error) {
      store.rollback()
      throw error
    }
  }
  const known = (id: string): Stored => {
    const found = store.byId(id)
    if (found === null) throw new Error(`There is no ${id} in the loopback.`)
    return found
  }
  return {
    pauseWebhooks: deliveries.pause,
    resumeWebhooks: deliveries.resume,
    setWebhook: (webhook) => committed(() => keepOwnEndpoint(account, webhook)),
    deliveries: () => store.all('loopback.delivery'),
    events: () => store.all('event'),
    redeliver: (eventId) => deliveries.send([eventId]),
    deliver: deliveries.send,
    whenDelivered: deliveries.settled,
    failNext: failures.plan,
    change: (id, changes) =>
      committed(() => {
        // Whoever does this means it, a field that does not exist included.
        const after = { ...known(id), ...changes } as Stored
        store.put(after)
        return after
      }),
    forget: (id) => committed(() => store.remove(known(id).object, id)),
    setCard: (customerId, card) =>
      committed(() => {
        changeCard(
          account,
          one(account, 'customer', customerId),
          card === 'GOOD' ? GOOD_CARD : DECLINING_CARD,
        )
      }),
    completeCheckout: (sessionId, email) =>
      committed(() => {
        completeCheckout(account, sessionId, email)
      }),
    failCheckout: (sessionId) =>
      committed(() => {
        failed(() => failCheckout(account, sessionId))
      }),
    passTime: () => passTime(account),
    reset: () => {
      const own = store.maybe('webhook_endpoint', OWN_ENDPOINT)
      failures.clear()
      store.clear()
      if (own !== null) committed(() => store.put(own))
    },
  }
}

/** To be declined is what was asked for. */
const failed = (run: () => never): void => {
  try {
    run()
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 402) throw error
  }
}

export const keepOwnEndpoint = (
  account: Account,
  webhook: { readonly url: string; readonly secret: string } | null,
): void => {
  account.store.remove('webhook_endpoint', OWN_ENDPOINT)
  if (webhook === null) return
  const { url, secret } = webhook
  const endpoint = createEndpoint(account, { url, secret, events: ['*'], description: null, metadata: {} })
  account.store.remove('webhook_endpoint', endpoint.id)
  account.store.put({ ...endpoint, id: OWN_ENDPOINT })
}
