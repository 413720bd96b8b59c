/** Customers: made, changed, listed, and found by mail or metadata. */
import type Stripe from 'stripe'
import { newestFirst, one } from '../account.ts'
import { attachCard, methodOf, setDefaultCard } from '../billing/cards.ts'
import { createCustomer } from '../billing/customers.ts'
import { endSubscription } from '../billing/subscriptions.ts'
import type { Customer } from '../store/objects.ts'
import { mergedMetadata } from '../wire/given.ts'
import type { GivenMetadata } from '../wire/given.ts'
import { isWithin, pageOf } from '../wire/page-of.ts'
import { notSimulated } from '../wire/refusal.ts'
import { PAGING, operation } from './operation.ts'
import { searched } from './search.ts'

const FIELDS = [
  'address',
  'description',
  'email',
  'invoice_prefix',
  'invoice_settings',
  'metadata',
  'name',
  'next_invoice_sequence',
  'phone',
  'preferred_locales',
  'tax_exempt',
] as const

const NO_ADDRESS = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null }

type Text = {
  readonly description?: string
  readonly email?: string
  readonly name?: string
  readonly phone?: string
}
type Details = Text & {
  readonly address?: '' | Partial<Record<keyof typeof NO_ADDRESS, string>>
  readonly invoice_prefix?: string
  readonly next_invoice_sequence?: number
  readonly preferred_locales?: readonly string[]
  readonly tax_exempt?: string
}

/** What was given of a customer, in the fields of the object; empty text unsets. */
const detailsOf = (given: Details): Partial<Customer> => ({
  ...(given.address === undefined
    ? {}
    : { address: given.address === '' ? null : { ...NO_ADDRESS, ...given.address } }),
  ...textOf(given),
  ...(given.invoice_prefix === undefined ? {} : { invoice_prefix: given.invoice_prefix }),
  ...(given.next_invoice_sequence === undefined
    ? {}
    : { next_invoice_sequence: given.next_invoice_sequence }),
  ...(given.preferred_locales === undefined ? {} : { preferred_locales: [...given.preferred_locales] }),
  ...(given.tax_exempt === undefined ? {} : { tax_exempt: given.tax_exempt || 'none' }),
})

const textOf = ({ description, email, name, phone }: Text): Partial<Customer> => ({
  ...(description === undefined ? {} : { description: description || null }),
  ...(email === undefined ? {} : { email: email || null }),
  ...(name === undefined ? {} : { name: name || null }),
  ...(phone === undefined ? {} : { phone: phone || null }),
})

type Settings = {
  readonly custom_fields?: unknown
  readonly default_payment_method?: string
  readonly footer?: string
  readonly rendering_options?: unknown
}

/** Of the settings only the card to pay with and the footer are heeded. */
const requireSimulated = (settings: Settings | undefined): void => {
  const param = (['custom_fields', 'rendering_options'] as const).find(
    (name) => settings?.[name] !== undefined,
  )
  if (param !== undefined) throw notSimulated(`invoice_settings.${param}`, `invoice_settings[${param}]`)
}

const create = operation<Stripe.CustomerCreateParams>()(
  'Customers.create',
  [...FIELDS, 'payment_method'],
  ({ account, given }) => {
    requireSimulated(given.invoice_settings)
    const metadata = mergedMetadata({}, given.metadata)
    const customer = createCustomer(account, { ...detailsOf(given), metadata })
    const card = given.payment_method ?? given.invoice_settings?.default_payment_method
    if (card === undefined) return customer
    const method = attachCard(account, card, customer)
    return given.invoice_settings?.default_payment_method === undefined
      ? customer
      : setDefaultCard(account, customer, method.id)
  },
)

const update = operation<Stripe.CustomerUpdateParams>()(
  'Customers.update',
  FIELDS,
  ({ account, given, id }) => {
    requireSimulated(given.invoice_settings)
    const customer = one(account, 'customer', id)
    const card = given.invoice_settings?.default_payment_method
    if (card !== undefined && card !== '') {
      methodOf(account, id, card, 'invoice_settings[default_payment_method]')
    }
    const footer = given.invoice_settings?.footer
    return account.change(
      customer,
      {
        ...detailsOf(given),
        metadata: mergedMetadata(customer.metadata, given.metadata as GivenMetadata | undefined),
        invoice_settings: {
          ...customer.invoice_settings,
          ...(card === undefined ? {} : { default_payment_method: card || null }),
          ...(footer === undefined ? {} : { footer: footer || null }),
        },
      },
      'customer.updated',
    )
  },
)

const del = operation<Stripe.CustomerDeleteParams>()('Customers.del', [], ({ account, id }) => {
  const customer = one(account, 'customer', id)
  for (const subscription of account.store.all('subscription')) {
    if (subscription.customer === id && subscription.ended_at === null) endSubscription(account, subscription)
  }
  account.store.remove('customer', id)
  account.emit('customer.deleted', customer)
  return { id, object: 'customer', deleted: true }
})

const retrieve = operation<Stripe.CustomerRetrieveParams>()('Customers.retrieve', [], ({ account, id }) =>
  one(account, 'customer', id),
)

const list = operation<Stripe.CustomerListParams>()(
  'Customers.list',
  [...PAGING, 'created', 'email'],
  ({ account, given, path }) => {
    const customers = newestFirst(account, 'customer').filter(
      ({ created, email }) =>
        isWithin(created, given.created) && (given.email === undefined || email === given.email),
    )
    return pageOf(customers, given, path)
  },
)

const search = operation<Stripe.CustomerSearchParams>()(
  'Customers.search',
  ['query', 'limit', 'page'],
  ({ account, given, path }) => searched(newestFirst(account, 'customer'), given, path),
)

const listPaymentMethods = operation<Stripe.CustomerListPaymentMethodsParams>()(
  'Customers.listPaymentMethods',
  [...PAGING, 'type'],
  ({ account, given, id, path }) => {
    one(account, 'customer', id)
    const methods = newestFirst(account, 'payment_method').filter(
      ({ customer, type }) => customer === id && (given.type === undefined || type === given.type),
    )
    return pageOf(methods, given, path)
  },
)

export const customers = [create, update, del, retrieve, list, search, listPaymentMethods]
