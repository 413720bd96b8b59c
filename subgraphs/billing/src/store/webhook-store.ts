/** The inbox of Stripe's events, which only the ledger's role may write and staff read. */
import type { PlatformTx } from '@stormops/chassis/database/transaction'
import type { PageRequest } from '@stormops/chassis/graphql/page'
import type { StripeNews } from '../domain/stripe-account.ts'
import type { WebhookTally } from '../domain/webhook-failures.ts'
import type { DeliveryState, WebhookDelivery, WebhookFilter } from '../domain/webhook.ts'

/** One that came before is only counted. How it stands after that. */
export const keepEvent = async (tx: PlatformTx, news: StripeNews, at: Date): Promise<DeliveryState> => {
  const [row] = await tx.rows<{ state: DeliveryState }>(
    `insert into billing.stripe_event as e
       (event_id, type, object_id, customer_id, live, created_at, received_at, state)
     values ($1, $2, $3, $4, $5, $6, $7, 'RECEIVED')
     on conflict (event_id) do update set deliveries = e.deliveries + 1
     returning state`,
    [news.eventId, news.type, news.objectId, news.customerId, news.live, news.createdAt, at],
  )
  return row?.state ?? 'RECEIVED'
}

type EventRow = Omit<WebhookDelivery, 'createdAt'> & { readonly createdAt: Date }

const EVENTS = `select event_id as "eventId", type, object_id as "objectId", customer_id as "customerId",
                       created_at as "createdAt", received_at as "receivedAt", deliveries, state, attempts, error,
                       company as "tenantId", settled_at as "settledAt"
                  from billing.stripe_event`

export const maybeEvent = async (tx: PlatformTx, eventId: string): Promise<WebhookDelivery | null> => {
  const [row] = await tx.rows<EventRow>(`${EVENTS} where event_id = $1`, [eventId])
  return row ?? null
}

export type SettledEvent = {
  readonly eventId: string
  readonly state: Exclude<DeliveryState, 'RECEIVED'>
  readonly attempts: number
  readonly error: string | null
  readonly tenantId: string | null
  readonly at: Date
}

export const settleEvent = async (tx: PlatformTx, settled: SettledEvent): Promise<void> => {
  await tx.change(
    `update billing.stripe_event
        set state = $2, attempts = $3, error = $4, company = coalesce($5, company),
            settled_at = case when $2 = 'RETRYING' then null else $6::timestamptz end
      where event_id = $1`,
    [settled.eventId, settled.state, settled.attempts, settled.error, settled.tenantId, settled.at],
  )
}

/** Newest first, one more than the page holds. */
export const pageOfEvents = (
  tx: PlatformTx,
  { first, after }: PageRequest,
  { state, type, tenantId }: WebhookFilter,
): Promise<readonly WebhookDelivery[]> =>
  tx.rows<EventRow>(
    `${EVENTS}
      where ($1::text is null or (received_at, event_id) < (select received_at, event_id from billing.stripe_event where event_id = $1))
        and ($2::text is null or state = $2) and ($3::text is null or type = $3) and ($4::uuid is null or company = $4)
      order by received_at desc, event_id desc limit $5`,
    [after, state, type, tenantId, first + 1],
  )

/** Those that nobody is at work on any more, and those that may be somebody's by now. */
export const leftEvents = async (tx: PlatformTx, before: Date): Promise<readonly string[]> => {
  const rows = await tx.rows<{ id: string }>(
    `select e.event_id as id from billing.stripe_event e
      where (e.state in ('RECEIVED', 'RETRYING') and e.received_at < $1)
         or (e.state = 'UNMATCHED' and exists (select from billing.stripe_customer c where c.customer_id = e.customer_id))
      order by e.received_at limit 1000`,
    [before],
  )
  return rows.map(({ id }) => id)
}

/** Of those received at that moment or later that were tried. */
export const webhookTally = async (tx: PlatformTx, since: Date): Promise<WebhookTally> => {
  const [row] = await tx.rows<WebhookTally>(
    `select count(*) filter (where state <> 'RECEIVED')::int as tried,
            count(*) filter (where state in ('RETRYING', 'DEAD'))::int as failed
       from billing.stripe_event where received_at >= $1`,
    [since],
  )
  return row ?? { tried: 0, failed: 0 }
}
