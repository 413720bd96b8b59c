/**
 * A webhook says that something happened at Stripe. It may come twice, late, in another order, or not at all; so it is
 * only a reason to ask Stripe how things stand now.
 */

/** UNMATCHED is of a customer that is nobody's here; DEAD was given up after the last of its tries. */
export type DeliveryState = 'RECEIVED' | 'RETRYING' | 'HANDLED' | 'IGNORED' | 'UNMATCHED' | 'DEAD'

export type WebhookDelivery = {
  readonly eventId: string
  readonly type: string
  readonly objectId: string | null
  readonly customerId: string | null
  readonly createdAt: Date
  readonly receivedAt: Date
  /** How often Stripe delivered it. */
  readonly deliveries: number
  readonly state: DeliveryState
  readonly attempts: number
  /** Why the last attempt failed. */
  readonly error: string | null
  readonly tenantId: string | null
  readonly settledAt: Date | null
}

export type WebhookFilter = {
  readonly state: DeliveryState | null
  readonly type: string | null
  readonly tenantId: string | null
}

/** What an event is about; null for one that changes nothing here. */
export const topicOf = (type: string): 'checkout' | 'subscription' | 'invoice' | null => {
  if (type.startsWith('checkout.session.')) return 'checkout'
  if (type.startsWith('customer.subscription.')) return 'subscription'
  return type.startsWith('invoice.') ? 'invoice' : null
}
