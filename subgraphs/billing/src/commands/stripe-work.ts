/** What work with Stripe is done with: calls between transactions, never inside one. */
import type { Clock } from '@stormops/chassis/clock'
import type { WriteAudit } from '@stormops/chassis/command'
import type { Database } from '@stormops/chassis/database/database'
import type { PlatformTx, Tx } from '@stormops/chassis/database/transaction'
import { Fault } from '@stormops/chassis/fault'
import type { Queue } from '@stormops/chassis/jobs/queue'
import type { Log } from '@stormops/chassis/telemetry/log'
import type { BillingStores } from '../context.ts'
import { OWN_CATALOGUE, planToSign } from '../domain/plan.ts'
import type { Plan, PlanTier } from '../domain/plan.ts'
import type { SoldPlan, StripePrice } from '../domain/stripe-account.ts'
import type { StripeClient } from '../ports.ts'

export type StripeWork = {
  readonly database: Database
  readonly stripe: StripeClient
  readonly stores: (tx: Tx) => BillingStores
  readonly queue: Queue
  readonly clock: Clock
  readonly log: Log
  readonly writeAudit: WriteAudit
  readonly company: Company
  readonly debts: Debts
  readonly prices: Prices
  /** The plan of a company may be another from now on. */
  readonly planChanged: (tenantId: string) => void
}

/** Of the transaction's tenant, as tenancy knows it. */
export type Company = {
  readonly name: (tx: Tx) => Promise<string>
  /** The addresses that its bills go to. */
  readonly recipients: (tx: Tx) => Promise<readonly string[]>
}

/** False from either where nothing changed. */
export type Debts = {
  readonly suspend: (
    tx: Tx,
    debt: {
      readonly invoiceNumber: string
      readonly amount: string
      readonly currency: string
      readonly at: Date
    },
  ) => Promise<boolean>
  readonly lift: (tx: Tx) => Promise<boolean>
}

export type PlanKey = Pick<SoldPlan, 'catalogue' | 'tier' | 'version'>

/** The catalogue, which belongs to no company. */
export type Prices = {
  readonly plans: (tx: PlatformTx) => Promise<readonly Plan[]>
  readonly maybe: (tx: PlatformTx, plan: PlanKey) => Promise<StripePrice | null>
  readonly keep: (plan: PlanKey, price: StripePrice) => Promise<void>
}

const NAMES: Readonly<Record<PlanTier, string>> = {
  TRIAL: 'Trial',
  STANDARD: 'Standard',
  ENTERPRISE: 'Enterprise',
}

export const planName = (tier: PlanTier): string => NAMES[tier]

/** Throws INTERNAL when none is on offer. */
export const newestOffered = async (
  { database, prices, clock }: StripeWork,
  tier: PlanTier,
): Promise<PlanKey> => {
  const catalogue = await database.withPlatform(prices.plans)
  const plan = planToSign(catalogue, tier, clock.now())
  if (plan === null) throw new Fault('INTERNAL', `No version of the plan ${tier} is on offer.`)
  return { catalogue: OWN_CATALOGUE, tier, version: plan.version }
}

/** Ours, or one that was just made. */
export const ensureCustomer = async (work: StripeWork, tenantId: string): Promise<string> => {
  const found = await work.database.withTenant(tenantId, async (tx) => ({
    known: await work.stores(tx).stripe.maybeCustomer(),
    name: await work.company.name(tx),
    recipients: await work.company.recipients(tx),
  }))
  if (found.known !== null) return found.known
  const [email = null] = found.recipients
  const customerId = await work.stripe.createCustomer({ tenantId, name: found.name, email })
  return work.database.withTenant(tenantId, (tx) =>
    work.stores(tx).stripe.keepCustomer(customerId, work.clock.now()),
  )
}

/** The price by which a plan is shown at Stripe. Throws INTERNAL for a plan that the catalogue does not have. */
export const ensurePrice = async (work: StripeWork, key: PlanKey, priceText: PriceText): Promise<string> => {
  const { known, plan } = await work.database.withPlatform(async (tx) => ({
    known: await work.prices.maybe(tx, key),
    plan: (await work.prices.plans(tx)).find(
      ({ tier, version }) => tier === key.tier && version === key.version,
    ),
  }))
  if (known !== null) return known.priceId
  if (plan === undefined)
    throw new Fault('INTERNAL', `There is no plan ${key.tier} in version ${key.version}.`)
  const price = await work.stripe.ensurePrice({
    ...key,
    name: planName(key.tier),
    currency: plan.currency,
    priceText: priceText(plan),
  })
  await work.prices.keep(key, price)
  return price.priceId
}

export type PriceText = (plan: Plan) => string
