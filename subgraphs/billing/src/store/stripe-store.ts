/** What Stripe calls the things of the transaction's tenant, and what it said of them. */
import type { Tx } from '@stormops/chassis/database/transaction'
import type { PlanTier } from '../domain/plan.ts'
import type { StripeSubscription } from '../domain/stripe-account.ts'

export type StripeStore = {
  readonly maybeCustomer: () => Promise<string | null>
  /** The id that stands, which is the other one where somebody else was faster. */
  readonly keepCustomer: (customerId: string, at: Date) => Promise<string>
  readonly openCheckout: (checkout: Omit<KeptCheckout, 'state' | 'sessionId'>, at: Date) => Promise<void>
  readonly keepSession: (checkoutId: string, sessionId: string) => Promise<void>
  readonly maybeCheckout: (checkoutId: string) => Promise<KeptCheckout | null>
  /** False, and nothing changes, for one that has ended. */
  readonly endCheckout: (checkoutId: string, state: 'COMPLETED' | 'EXPIRED', at: Date) => Promise<boolean>
  /** How often something was applied to it; 0 for one that is not known yet. */
  readonly revision: (subscriptionId: string) => Promise<number>
  /** False, and nothing changes, when something else was applied since `revision`. */
  readonly keepSubscription: (
    subscription: StripeSubscription,
    revision: number,
    at: Date,
  ) => Promise<boolean>
  /** Newest first. */
  readonly subscriptions: () => Promise<readonly KeptSubscription[]>
  readonly maybeInvoice: (invoiceId: string) => Promise<PushedInvoice | null>
  readonly keepInvoice: (invoiceId: string, stripeInvoiceId: string, at: Date) => Promise<void>
  readonly keepCredited: (invoiceId: string, credited: bigint) => Promise<void>
}

export type KeptCheckout = {
  readonly id: string
  readonly catalogue: string
  readonly tier: PlanTier
  readonly version: number
  readonly state: 'OPEN' | 'COMPLETED' | 'EXPIRED'
  readonly sessionId: string | null
}

export type KeptSubscription = {
  readonly id: string
  readonly status: string
  readonly priceId: string | null
}

export type PushedInvoice = { readonly stripeInvoiceId: string; readonly credited: bigint }

export const stripeStore = (tx: Tx): StripeStore => ({
  ...checkoutsOf(tx),
  ...subscriptionsOf(tx),
  maybeCustomer: async () => {
    const [row] = await tx.rows<{ customer_id: string }>(
      `select customer_id from billing.stripe_customer where tenant_id = $1`,
      [tx.tenantId],
    )
    return row?.customer_id ?? null
  },
  keepCustomer: async (customerId, at) => {
    const [row] = await tx.rows<{ customer_id: string }>(
      `insert into billing.stripe_customer (tenant_id, customer_id, created_at) values ($1, $2, $3)
       on conflict (tenant_id) do update set customer_id = stripe_customer.customer_id
       returning customer_id`,
      [tx.tenantId, customerId, at],
    )
    return row?.customer_id ?? customerId
  },
  maybeInvoice: async (invoiceId) => {
    const [row] = await tx.rows<{ stripe_invoice_id: string; credited: string }>(
      `select stripe_invoice_id, credited from billing.stripe_invoice where tenant_id = $1 and invoice_id = $2`,
      [tx.tenantId, invoiceId],
    )
    return row === undefined
      ? null
      : { stripeInvoiceId: row.stripe_invoice_id, credited: BigInt(row.credited) }
  },
  keepInvoice: async (invoiceId, stripeInvoiceId, at) => {
    await tx.change(
      `insert into billing.stripe_invoice (tenant_id, invoice_id, stripe_invoice_id, pushed_at)
       values ($1, $2, $3, $4) on conflict (tenant_id, invoice_id) do nothing`,
      [tx.tenantId, invoiceId, stripeInvoiceId, at],
    )
  },
  keepCredited: async (invoiceId, credited) => {
    await tx.change(
      `update billing.stripe_invoice set credited = greatest(credited, $3) where tenant_id = $1 and invoice_id = $2`,
      [tx.tenantId, invoiceId, credited],
    )
  },
})

const checkoutsOf = (
  tx: Tx,
): Pick<StripeStore, 'openCheckout' | 'keepSession' | 'maybeCheckout' | 'endCheckout'> => ({
  openCheckout: async ({ id, catalogue, tier, version }, at) => {
    await tx.change(
      `insert into billing.stripe_checkout (tenant_id, id, catalogue, tier, version, state, created_at)
       values ($1, $2, $3, $4, $5, 'OPEN', $6)`,
      [tx.tenantId, id, catalogue, tier, version, at],
    )
  },
  keepSession: async (checkoutId, sessionId) => {
    await tx.change(`update billing.stripe_checkout set session_id = $3 where tenant_id = $1 and id = $2`, [
      tx.tenantId,
      checkoutId,
      sessionId,
    ])
  },
  maybeCheckout: async (checkoutId) => {
    const [row] = await tx.rows<KeptCheckout>(
      `select id, catalogue, tier, version, state, session_id as "sessionId" from billing.stripe_checkout
        where tenant_id = $1 and id = $2`,
      [tx.tenantId, checkoutId],
    )
    return row ?? null
  },
  endCheckout: async (checkoutId, state, at) => {
    const changed = await tx.change(
      `update billing.stripe_checkout
          set state = $3, completed_at = case when $3 = 'COMPLETED' then $4::timestamptz end
        where tenant_id = $1 and id = $2 and state <> 'COMPLETED' and state <> $3`,
      [tx.tenantId, checkoutId, state, at],
    )
    return changed === 1
  },
})

const subscriptionsOf = (tx: Tx): Pick<StripeStore, 'revision' | 'keepSubscription' | 'subscriptions'> => ({
  revision: async (subscriptionId) => {
    const [row] = await tx.rows<{ revision: number }>(
      `select revision from billing.stripe_subscription where tenant_id = $1 and subscription_id = $2`,
      [tx.tenantId, subscriptionId],
    )
    return row?.revision ?? 0
  },
  keepSubscription: async ({ id, status, priceId, periodEndsAt, cancelsAt }, revision, at) => {
    const values = [tx.tenantId, id, status, priceId, periodEndsAt, cancelsAt, at]
    const changed = await (revision === 0
      ? tx.change(
          `insert into billing.stripe_subscription
             (tenant_id, subscription_id, status, price_id, period_ends_at, cancels_at, synced_at, revision)
           values ($1, $2, $3, $4, $5, $6, $7, 1) on conflict (tenant_id, subscription_id) do nothing`,
          values,
        )
      : tx.change(
          `update billing.stripe_subscription
              set status = $3, price_id = $4, period_ends_at = $5, cancels_at = $6, synced_at = $7,
                  revision = revision + 1
            where tenant_id = $1 and subscription_id = $2 and revision = $8`,
          [...values, revision],
        ))
    return changed === 1
  },
  subscriptions: () =>
    tx.rows<KeptSubscription>(
      `select subscription_id as id, status, price_id as "priceId" from billing.stripe_subscription
        where tenant_id = $1 order by synced_at desc, subscription_id`,
      [tx.tenantId],
    ),
})
