/** What happens once somebody pays on the page of a checkout, fails to, or leaves it. */
import type { Account } from '../account.ts'
import { one } from '../account.ts'
import type { CheckoutSession, Customer, Of, SetupIntent } from '../store/objects.ts'
import { declined, invalid } from '../wire/refusal.ts'
import { GOOD_CARD, attachCard, setDefaultCard } from './cards.ts'
import { createCustomer } from './customers.ts'
import { charge, declineIntent, openPaymentIntent } from './payment-intents.ts'
import { createSetupIntent } from './setup-intents.ts'
import { createSubscription } from './subscriptions.ts'

export const openSession = (account: Account, id: string): CheckoutSession => {
  const session = one(account, 'checkout.session', id)
  if (session.status !== 'open') {
    throw invalid(`This Checkout Session is ${session.status}; only an open one can be used.`, 'session')
  }
  return session
}

/** Everything that follows from paying with a good card. */
export const completeCheckout = (account: Account, id: string, email?: string): CheckoutSession => {
  const session = openSession(account, id)
  const customer = customerOf(account, session, email)
  const method = attachCard(account, GOOD_CARD, customer)
  const done = fulfil(account, session, customer, method.id)
  const completed: CheckoutSession = {
    ...session,
    ...done,
    customer: customer.id,
    customer_details: {
      address: null,
      business_name: null,
      email: customer.email,
      individual_name: null,
      name: customer.name ?? null,
      phone: customer.phone ?? null,
      tax_exempt: 'none',
      tax_ids: [],
    },
    status: 'complete',
    url: null,
  }
  return account.save(completed, 'checkout.session.completed')
}

/** The page of a session without a customer asks for an address of mail. */
const customerOf = (account: Account, session: CheckoutSession, email: string | undefined): Customer => {
  if (session.customer !== null) return one(account, 'customer', session.customer)
  return createCustomer(account, { email: session.customer_email ?? email ?? null })
}

type Fulfilled = Partial<
  Pick<CheckoutSession, 'payment_status' | 'subscription' | 'invoice' | 'payment_intent' | 'setup_intent'>
>

const fulfil = (
  account: Account,
  session: CheckoutSession,
  customer: Customer,
  method: string,
): Fulfilled => {
  switch (session.mode) {
    case 'subscription':
      return subscribe(account, session, customer, method)
    case 'setup': {
      const intent = succeededSetup(account, session, customer, method)
      return { setup_intent: intent.id, payment_status: 'no_payment_required' }
    }
    default: {
      const intent = openPaymentIntent(account, {
        amount: session.amount_total ?? 0,
        currency: session.currency ?? 'usd',
        customer: customer.id,
        description: null,
        metadata: planned(account, session).paymentMetadata,
      })
      charge(account, intent, method)
      return { payment_intent: intent.id, payment_status: 'paid' }
    }
  }
}

const planned = (account: Account, session: CheckoutSession): Of<'loopback.checkout'> => {
  const plan = account.store.maybe('loopback.checkout', session.id)
  if (plan === null) throw new Error(`${session.id} has nothing planned.`)
  return plan
}

/** As Stripe does, the card becomes the subscription's own, and not the customer's default. */
const subscribe = (
  account: Account,
  session: CheckoutSession,
  customer: Customer,
  method: string,
): Fulfilled => {
  const plan = planned(account, session)
  const subscription = createSubscription(account, {
    customer,
    items: plan.lines.map(({ price, quantity }) => ({
      price: price.id,
      quantity: quantity ?? 1,
      metadata: {},
    })),
    metadata: plan.subscriptionMetadata,
    description: plan.subscriptionDescription,
    defaultPaymentMethod: method,
    trialEnd: plan.trialDays === 0 ? null : account.now() + plan.trialDays * 86_400,
    cancelAtPeriodEnd: false,
    behavior: 'allow_incomplete',
  })
  return {
    subscription: subscription.id,
    invoice: subscription.latest_invoice,
    payment_status: plan.trialDays === 0 ? 'paid' : 'no_payment_required',
  }
}

const succeededSetup = (
  account: Account,
  session: CheckoutSession,
  customer: Customer,
  method: string,
): SetupIntent =>
  createSetupIntent(account, {
    customer: customer.id,
    method,
    isConfirmed: true,
    metadata: planned(account, session).paymentMetadata,
    description: null,
  })

/** The card is declined, and the session stays open for another. */
export const failCheckout = (account: Account, id: string): never => {
  const session = openSession(account, id)
  if (session.mode !== 'setup') {
    const intent = openPaymentIntent(account, {
      amount: session.amount_total ?? 0,
      currency: session.currency ?? 'usd',
      customer: session.customer,
      description: null,
      metadata: planned(account, session).paymentMetadata,
    })
    throw declined('generic_decline', declineIntent(account, intent, 'generic_decline'))
  }
  throw declined('generic_decline')
}

export const expireCheckout = (account: Account, id: string): CheckoutSession =>
  account.change(openSession(account, id), { status: 'expired', url: null }, 'checkout.session.expired')

/** A new card from the portal, which pays whatever comes. */
export const changeCard = (account: Account, customer: Customer, card: string): Customer =>
  setDefaultCard(account, customer, attachCard(account, card, customer).id)
