/** What is asked across companies: whose a customer is, and which invoices wait to be charged. */
import type { PlatformTx } from '@stormops/chassis/database/transaction'
import { CHARGED_AFTER_DAYS, chargedAt } from '../domain/collection.ts'
import type { InvoiceStatus } from '../domain/collection.ts'
import type { SoldPlan, StripePrice } from '../domain/stripe-account.ts'

export const maybeTenantOf = async (tx: PlatformTx, customerId: string): Promise<string | null> => {
  const [row] = await tx.rows<{ tenant_id: string }>(
    `select tenant_id from billing.stripe_customer where customer_id = $1`,
    [customerId],
  )
  return row?.tenant_id ?? null
}

export type InvoiceOfTenant = { readonly tenantId: string; readonly invoiceId: string }

/** A try whose end nobody has written down by then was left by a process that ended. */
const LEFT_AFTER_MS = 60_000

type Candidate = InvoiceOfTenant & {
  readonly openedAt: Date
  /** When the schedule's tries failed, oldest first. */
  readonly failures: readonly string[] | null
}

/** Open invoices whose time has come by the schedule, and invoices with a try that was left. */
export const invoicesToCollect = async (tx: PlatformTx, now: Date): Promise<readonly InvoiceOfTenant[]> => {
  const open = await tx.rows<Candidate>(
    `select i.tenant_id as "tenantId", i.id as "invoiceId", i.finalized_at as "openedAt",
            (select jsonb_agg(a.settled_at order by a.attempt) from billing.payment_attempt a
              where a.tenant_id = i.tenant_id and a.invoice_id = i.id and a.source = 'SCHEDULE' and a.state = 'FAILED')
              as failures
       from billing.invoice i
      where i.status = 'OPEN' and i.finalized_at <= $1::timestamptz - make_interval(days => $2)
        and not exists (select from billing.payment_attempt p
                         where p.tenant_id = i.tenant_id and p.invoice_id = i.id and p.state = 'PENDING')`,
    [now, CHARGED_AFTER_DAYS],
  )
  const left = await tx.rows<InvoiceOfTenant>(
    `select tenant_id as "tenantId", invoice_id as "invoiceId" from billing.payment_attempt
      where state = 'PENDING' and started_at <= $1`,
    [new Date(now.getTime() - LEFT_AFTER_MS)],
  )
  return [...open.filter((candidate) => isDue(candidate, now)), ...left]
}

const isDue = ({ openedAt, failures }: Candidate, now: Date): boolean => {
  const at = chargedAt(
    openedAt,
    (failures ?? []).map((failed) => new Date(failed)),
  )
  return at !== null && at <= now
}

export type KnownInvoice = InvoiceOfTenant & {
  readonly stripeInvoiceId: string | null
  readonly number: string
  readonly status: InvoiceStatus
  readonly currency: string
  readonly total: bigint
  readonly isPending: boolean
}

/** Invoices that Stripe was handed, and those with a try that nobody knows the end of. */
export const knownInvoices = async (tx: PlatformTx): Promise<readonly KnownInvoice[]> => {
  const rows = await tx.rows<Omit<KnownInvoice, 'total'> & { readonly total: string }>(
    `select i.tenant_id as "tenantId", i.id as "invoiceId", s.stripe_invoice_id as "stripeInvoiceId", i.number,
            i.status, i.currency, i.total, p.attempt is not null as "isPending"
       from billing.invoice i
       left join billing.stripe_invoice s on s.tenant_id = i.tenant_id and s.invoice_id = i.id
       left join billing.payment_attempt p on p.tenant_id = i.tenant_id and p.invoice_id = i.id and p.state = 'PENDING'
      where s.invoice_id is not null or p.invoice_id is not null`,
  )
  return rows.map(({ total, ...row }) => ({ ...row, total: BigInt(total) }))
}

export type KnownCompany = {
  readonly tenantId: string
  readonly customerId: string
  /** Null while it has no plan. */
  readonly held: PlanKey | null
  /** By which that plan is shown at Stripe; null where it was never sold. */
  readonly priceId: string | null
}

/** Companies that Stripe knows, each with the plan that it holds at an instant. */
export const knownCompanies = async (tx: PlatformTx, at: Date): Promise<readonly KnownCompany[]> => {
  const rows = await tx.rows<{
    readonly tenantId: string
    readonly customerId: string
    readonly catalogue: string | null
    readonly tier: PlanKey['tier'] | null
    readonly version: number | null
    readonly priceId: string | null
  }>(
    `select c.tenant_id as "tenantId", c.customer_id as "customerId", held.catalogue, held.tier, held.version,
            p.price_id as "priceId"
       from billing.stripe_customer c
       left join lateral billing.plan_at(c.tenant_id, $1) held on true
       left join billing.stripe_price p
         on p.catalogue = held.catalogue and p.tier = held.tier and p.version = held.version`,
    [at],
  )
  return rows.map(({ catalogue, tier, version, ...company }) => ({
    ...company,
    held: catalogue === null || tier === null || version === null ? null : { catalogue, tier, version },
  }))
}

export type OpenCheckout = { readonly tenantId: string; readonly sessionId: string }

export const openCheckouts = (tx: PlatformTx): Promise<readonly OpenCheckout[]> =>
  tx.rows<OpenCheckout>(
    `select tenant_id as "tenantId", session_id as "sessionId" from billing.stripe_checkout
      where state = 'OPEN' and session_id is not null`,
  )

export type KnownSubscription = { readonly tenantId: string; readonly id: string; readonly status: string }

export const knownSubscriptions = (tx: PlatformTx): Promise<readonly KnownSubscription[]> =>
  tx.rows<KnownSubscription>(
    `select tenant_id as "tenantId", subscription_id as id, status from billing.stripe_subscription`,
  )

type PlanKey = Pick<SoldPlan, 'catalogue' | 'tier' | 'version'>

export const maybePrice = async (
  tx: PlatformTx,
  { catalogue, tier, version }: PlanKey,
): Promise<StripePrice | null> => {
  const [row] = await tx.rows<StripePrice>(
    `select product_id as "productId", price_id as "priceId" from billing.stripe_price
      where catalogue = $1 and tier = $2 and version = $3`,
    [catalogue, tier, version],
  )
  return row ?? null
}

export const keepPrice = async (
  tx: PlatformTx,
  { catalogue, tier, version }: PlanKey,
  { productId, priceId }: StripePrice,
): Promise<void> => {
  await tx.change(
    `insert into billing.stripe_price (catalogue, tier, version, product_id, price_id) values ($1, $2, $3, $4, $5)
     on conflict (catalogue, tier, version) do nothing`,
    [catalogue, tier, version, productId, priceId],
  )
}
