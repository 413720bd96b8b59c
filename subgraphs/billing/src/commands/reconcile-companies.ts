/** Customers, checkouts and subscriptions at Stripe against ours. */
import { formatMoney } from '@stormops/chassis/values/money'
import { isOver } from '../domain/stripe-account.ts'
import type { StripeSubscription } from '../domain/stripe-account.ts'
import type { Compared } from '../domain/reconciliation.ts'
import type { KnownCompany } from '../store/stripe-lookup.ts'
import { syncCheckout, syncFromSubscription } from './complete-checkout.ts'
import type { Comparing } from './reconcile-stripe.ts'
import { ensurePrice } from './stripe-work.ts'

export const compareCompanies = async (comparing: Comparing): Promise<Omit<Compared, 'invoices'>> => {
  const customers = await compareCustomers(comparing)
  await missedCheckouts(comparing)
  return { customers, subscriptions: await compareSubscriptions(comparing) }
}

const compareCustomers = async ({ work, known, report }: Comparing): Promise<number> => {
  const ours = new Map((await known.companies()).map(({ customerId, tenantId }) => [customerId, tenantId]))
  const missing = new Map(ours)
  let compared = 0
  for await (const { id, tenantId: label } of work.stripe.customers()) {
    const tenantId = ours.get(id) ?? null
    missing.delete(id)
    if (tenantId === null) {
      // An account may have customers of other businesses, which carry no label of ours.
      if (label !== null) {
        const message = `The customer is labelled as company ${label}, which does not know it.`
        await report({ kind: 'CUSTOMER_UNKNOWN', subject: id, tenantId: null, message, repair: null })
      }
      continue
    }
    compared += 1
    if (label === tenantId) continue
    const message = 'The customer does not say whose it is.'
    const repair = () => work.stripe.labelCustomer(id, tenantId)
    await report({ kind: 'CUSTOMER_UNLABELLED', subject: id, tenantId, message, repair })
  }
  for (const [subject, tenantId] of missing) {
    const message = 'Stripe does not know the customer any more.'
    await report({ kind: 'CUSTOMER_MISSING', subject, tenantId, message, repair: null })
  }
  return compared
}

const missedCheckouts = async ({ work, known, report }: Comparing): Promise<void> => {
  for (const { tenantId, sessionId } of await known.openCheckouts()) {
    const session = await work.stripe.maybeCheckout(sessionId)
    if (session === null || session.status === 'OPEN') continue
    await report({
      kind: 'CHECKOUT_MISSED',
      subject: sessionId,
      tenantId,
      message: `The checkout is ${session.status.toLowerCase()}, which nobody told us.`,
      repair: () => syncCheckout(work, tenantId, sessionId),
    })
  }
}

const compareSubscriptions = async (comparing: Comparing): Promise<number> => {
  const { work, known, report } = comparing
  const companies = new Map((await known.companies()).map((company) => [company.customerId, company]))
  const statuses = new Map((await known.subscriptions()).map(({ id, status }) => [id, status]))
  const living = new Map<string, StripeSubscription[]>()
  let compared = 0
  for await (const there of work.stripe.subscriptions()) {
    const company = companies.get(there.customerId)
    if (company === undefined) {
      if (there.checkoutId !== null) {
        const message = 'The subscription comes from a checkout of ours, and its customer is nobody’s here.'
        await report({
          kind: 'SUBSCRIPTION_UNKNOWN',
          subject: there.id,
          tenantId: null,
          message,
          repair: null,
        })
      }
      continue
    }
    compared += 1
    const { tenantId } = company
    if (!isOver(there.status)) living.set(tenantId, [...(living.get(tenantId) ?? []), there])
    const status = statuses.get(there.id)
    if (status === there.status) continue
    const message = `The subscription is ${there.status} at Stripe, and ${status ?? 'unknown'} here.`
    const repair = () => syncFromSubscription(work, tenantId, there.id)
    await report({ kind: 'SUBSCRIPTION_MISSED', subject: there.id, tenantId, message, repair })
  }
  for (const subscriptions of living.values()) await comparePlan(comparing, subscriptions)
  return compared
}

/** Which plan a company has is ours to say; Stripe shows it. */
const comparePlan = async (
  { work, known, report }: Comparing,
  subscriptions: readonly StripeSubscription[],
): Promise<void> => {
  const [there, ...more] = subscriptions
  // Asked again, since a checkout that was missed may just have changed the plan.
  const company = (await known.companies()).find(({ customerId }) => customerId === there?.customerId)
  if (there === undefined || company?.held === undefined || company.held === null) return
  const { tenantId, held, priceId } = company
  if (more.length > 0) {
    const message = `The company has ${subscriptions.length} subscriptions that go on.`
    await report({ kind: 'SUBSCRIPTION_DOUBLE', subject: there.id, tenantId, message, repair: null })
    return
  }
  if (there.priceId === priceId) return
  const message = `The subscription shows another plan than ${held.tier} in version ${held.version}.`
  const repair = () => showPlan(work, there, held)
  await report({ kind: 'PLAN_DIFFERENT', subject: there.id, tenantId, message, repair })
}

const showPlan = async (
  work: Comparing['work'],
  subscription: StripeSubscription,
  held: NonNullable<KnownCompany['held']>,
): Promise<void> => {
  const priceId = await ensurePrice(work, held, ({ monthlyPrice }) => `${formatMoney(monthlyPrice)} a month`)
  await work.stripe.putOnPrice(subscription, priceId)
}
