/**
 * Stripe's cards for tests by the ids they are known under; https://docs.stripe.com/testing. A card that declines
 * cannot be attached to a customer, but for the one that is made for it: it attaches, and every charge is declined.
 */
import type { Account } from '../account.ts'
import { one } from '../account.ts'
import type { Customer, PaymentMethod } from '../store/objects.ts'
import { declined, invalid, missing } from '../wire/refusal.ts'

type TestCard = {
  readonly brand: string
  readonly last4: string
  /** The decline code of every charge; null when charges go through. */
  readonly declines: string | null
  readonly attaches: boolean
}

const good = (brand: string, last4: string): TestCard => ({ brand, last4, declines: null, attaches: true })
const bad = (last4: string, declines: string): TestCard => ({
  brand: 'visa',
  last4,
  declines,
  attaches: false,
})

export const GOOD_CARD = 'pm_card_visa'
export const DECLINING_CARD = 'pm_card_chargeCustomerFail'

const TEST_CARDS: ReadonlyMap<string, TestCard> = new Map([
  [GOOD_CARD, good('visa', '4242')],
  ['pm_card_visa_debit', good('visa', '5556')],
  ['pm_card_mastercard', good('mastercard', '4444')],
  ['pm_card_amex', good('amex', '8431')],
  [DECLINING_CARD, { brand: 'visa', last4: '0341', declines: 'generic_decline', attaches: true }],
  ['pm_card_chargeDeclined', bad('0002', 'generic_decline')],
  ['pm_card_visa_chargeDeclined', bad('0002', 'generic_decline')],
  ['pm_card_chargeDeclinedInsufficientFunds', bad('9995', 'insufficient_funds')],
  ['pm_card_visa_chargeDeclinedInsufficientFunds', bad('9995', 'insufficient_funds')],
])

export const testCard = (id: string): TestCard | null => TEST_CARDS.get(id) ?? null

/** A payment method as a test card stands for it: a new one each time. */
const paymentMethodOf = (account: Account, card: TestCard, customer: Customer): PaymentMethod => ({
  id: account.newId('pm'),
  object: 'payment_method',
  allow_redisplay: 'unspecified',
  billing_details: {
    address: null,
    email: customer.email,
    name: customer.name ?? null,
    phone: null,
    tax_id: null,
  },
  card: {
    brand: card.brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    country: 'US',
    display_brand: card.brand,
    exp_month: 12,
    exp_year: 2034,
    fingerprint: `loopback${card.last4}`,
    funding: card.last4 === '5556' ? 'debit' : 'credit',
    generated_from: null,
    last4: card.last4,
    networks: { available: [card.brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: true },
    wallet: null,
  },
  created: account.now(),
  customer: customer.id,
  customer_account: null,
  livemode: false,
  metadata: {},
  type: 'card',
})

/** Attaches a test card, or a payment method that was detached from nobody, to a customer. */
export const attachCard = (account: Account, id: string, customer: Customer): PaymentMethod => {
  const card = testCard(id)
  if (card === null) return attachedAlready(account, id, customer)
  if (!card.attaches) throw declined(card.declines ?? 'generic_decline')
  const method = paymentMethodOf(account, card, customer)
  account.store.put({ object: 'loopback.card', id: method.id, declines: card.declines })
  return account.save(method, 'payment_method.attached')
}

const attachedAlready = (account: Account, id: string, customer: Customer): PaymentMethod => {
  const method = one(account, 'payment_method', id, 'payment_method')
  if (method.customer === customer.id) return method
  if (method.customer !== null) {
    throw invalid(
      'The payment method you provided has already been attached to a customer.',
      'payment_method',
    )
  }
  throw invalid(
    'This PaymentMethod was previously used without being attached to a Customer or was detached from a Customer, and may not be used again.',
    'payment_method',
  )
}

/** A payment method a customer may pay with. */
export const methodOf = (account: Account, customer: string, id: string, param: string): PaymentMethod => {
  const method = account.store.maybe('payment_method', id)
  if (method === null) throw missing('PaymentMethod', id, param)
  if (method.customer === customer) return method
  throw invalid(
    `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
    param,
    'resource_missing',
  )
}

/** Why a charge is declined; null when it goes through. */
export const declineCodeOf = (account: Account, method: string): string | null =>
  account.store.maybe('loopback.card', method)?.declines ?? null

export const setDefaultCard = (account: Account, customer: Customer, method: string): Customer =>
  account.change(
    customer,
    { invoice_settings: { ...customer.invoice_settings, default_payment_method: method } },
    'customer.updated',
  )
