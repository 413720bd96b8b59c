/** Cards of customers, and saving them. */
import type Stripe from 'stripe'
import { newestFirst, one } from '../account.ts'
import { attachCard, testCard } from '../billing/cards.ts'
import { createSetupIntent } from '../billing/setup-intents.ts'
import { mergedMetadata } from '../wire/given.ts'
import { isWithin, pageOf } from '../wire/page-of.ts'
import { invalid } from '../wire/refusal.ts'
import { PAGING, operation } from './operation.ts'

const retrieve = operation<Stripe.PaymentMethodRetrieveParams>()(
  'PaymentMethods.retrieve',
  [],
  ({ account, id }) => one(account, 'payment_method', id),
)

const list = operation<Stripe.PaymentMethodListParams>()(
  'PaymentMethods.list',
  [...PAGING, 'customer', 'type'],
  ({ account, given, path }) => {
    const methods = newestFirst(account, 'payment_method').filter(
      ({ customer, type }) =>
        (given.customer === undefined || customer === given.customer) &&
        (given.type === undefined || type === given.type),
    )
    return pageOf(methods, given, path)
  },
)

const attach = operation<Stripe.PaymentMethodAttachParams>()(
  'PaymentMethods.attach',
  ['customer'],
  ({ account, given, id }) => {
    if (given.customer === undefined) {
      throw invalid('Missing required param: customer.', 'customer', 'parameter_missing')
    }
    if (testCard(id) === null) one(account, 'payment_method', id)
    return attachCard(account, id, one(account, 'customer', given.customer, 'customer'))
  },
)

const detach = operation<Stripe.PaymentMethodDetachParams>()(
  'PaymentMethods.detach',
  [],
  ({ account, id }) => {
    const method = one(account, 'payment_method', id)
    if (method.customer === null) {
      throw invalid(
        'The payment method you provided is not attached to a customer so detachment is impossible.',
      )
    }
    const customer = account.store.maybe('customer', method.customer)
    if (customer !== null && customer.invoice_settings.default_payment_method === id) {
      account.change(
        customer,
        { invoice_settings: { ...customer.invoice_settings, default_payment_method: null } },
        'customer.updated',
      )
    }
    return account.change(method, { customer: null }, 'payment_method.detached')
  },
)

const createSetup = operation<Stripe.SetupIntentCreateParams>()(
  'SetupIntents.create',
  [
    'automatic_payment_methods',
    'confirm',
    'customer',
    'description',
    'metadata',
    'payment_method',
    'return_url',
    'usage',
  ],
  ({ account, given }) => {
    const customer =
      given.customer === undefined ? null : one(account, 'customer', given.customer, 'customer')
    const card = given.payment_method
    if (given.confirm === true && (customer === null || card === undefined)) {
      throw invalid(
        'On the loopback a SetupIntent that is confirmed needs a customer and a payment_method.',
        'confirm',
      )
    }
    const method = customer === null || card === undefined ? null : attachCard(account, card, customer)
    return createSetupIntent(account, {
      customer: customer?.id ?? null,
      method: method?.id ?? null,
      isConfirmed: given.confirm === true,
      metadata: mergedMetadata({}, given.metadata),
      description: given.description ?? null,
    })
  },
)

const retrieveSetup = operation<Stripe.SetupIntentRetrieveParams>()(
  'SetupIntents.retrieve',
  [],
  ({ account, id }) => one(account, 'setup_intent', id),
)

const listSetups = operation<Stripe.SetupIntentListParams>()(
  'SetupIntents.list',
  [...PAGING, 'created', 'customer', 'payment_method'],
  ({ account, given, path }) => {
    const intents = newestFirst(account, 'setup_intent').filter(
      (intent) =>
        isWithin(intent.created, given.created) &&
        (given.customer === undefined || intent.customer === given.customer) &&
        (given.payment_method === undefined || intent.payment_method === given.payment_method),
    )
    return pageOf(intents, given, path)
  },
)

export const paymentMethods = [retrieve, list, attach, detach, createSetup, retrieveSetup, listSetups]
