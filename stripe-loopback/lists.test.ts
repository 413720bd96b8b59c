/** Lists, searches, and objects inside of objects. */
import { Stripe } from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aCustomer, aPrice, anOpenInvoice, failureOf, openForTest, idOf } from './testing/open-loopback.ts'
import type { Opened } from './testing/open-loopback.ts'

let opened: Opened
let stripe: Stripe
beforeAll(async () => {
  opened = await openForTest()
  stripe = opened.stripe
})
afterAll(async () => {
  await opened.loopback.close()
})

describe('a list', () => {
  it('is cut into pages, newest first, and read through by the SDK', async () => {
    const customer = await aCustomer(stripe, null)
    const made: string[] = []
    for (let count = 0; count < 7; count += 1)
      made.push((await stripe.invoices.create({ customer: customer.id })).id)
    const first = await stripe.invoices.list({ customer: customer.id, limit: 3 })
    expect(first).toMatchObject({ object: 'list', has_more: true, url: '/v1/invoices' })
    expect(first.data.map(({ id }) => id)).toEqual(made.toReversed().slice(0, 3))
    const all = await stripe.invoices
      .list({ customer: customer.id, limit: 3 })
      .autoPagingToArray({ limit: 100 })
    expect(all.map(({ id }) => id)).toEqual(made.toReversed())
  })

  it('goes back as well as on', async () => {
    const products = []
    for (const name of ['a', 'b', 'c', 'd'])
      products.push(await stripe.products.create({ id: `back_${name}`, name }))
    const ids = products.map(({ id }) => id)
    const page = await stripe.products.list({ ids, ending_before: 'back_a', limit: 2 })
    expect(page.data.map(({ id }) => id)).toEqual(['back_c', 'back_b'])
    expect(page.has_more).toBe(true)
  })

  it('takes no more than a hundred, and no cursor that is not of it', async () => {
    expect((await failureOf(stripe.invoices.list({ limit: 101 }))).param).toBe('limit')
    const failure = await failureOf(stripe.invoices.list({ starting_after: 'in_none' }))
    expect(failure).toMatchObject({ code: 'resource_missing', param: 'starting_after' })
  })

  it('can be asked for what was made since', async () => {
    const customer = await aCustomer(stripe, null)
    const early = await stripe.invoices.create({ customer: customer.id })
    opened.clock.pass(3_600)
    const late = await stripe.invoices.create({ customer: customer.id })
    const found = await stripe.invoices.list({ customer: customer.id, created: { gt: early.created } })
    expect(found.data.map(({ id }) => id)).toEqual([late.id])
    expect(Number.isInteger(late.created)).toBe(true)
  })
})

describe('a customer', () => {
  it('is found by mail, and by metadata', async () => {
    const mail = await stripe.customers.create({
      email: "o'neil@example.com",
      metadata: { tenant: 'tenant 7' },
    })
    expect((await stripe.customers.list({ email: "o'neil@example.com" })).data.map(({ id }) => id)).toEqual([
      mail.id,
    ])
    const found = await stripe.customers.search({ query: "metadata['tenant']:'tenant 7'" })
    expect(found.data.map(({ id }) => id)).toEqual([mail.id])
    const both = await stripe.customers.search({
      query: `email:"o'neil@example.com" AND metadata["tenant"]:"other"`,
    })
    expect(both.data).toEqual([])
    expect((await failureOf(stripe.customers.search({ query: 'email~"x"' }))).param).toBe('query')
  })

  it('that was deleted is gone', async () => {
    const { id } = await stripe.customers.create({})
    expect(await stripe.customers.del(id)).toMatchObject({ id, deleted: true })
    const failure = await failureOf(stripe.customers.retrieve(id))
    expect(failure).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      message: `No such customer: '${id}'`,
    })
  })
})

describe('a price', () => {
  it('costs fractions of a cent without a float in sight', async () => {
    const { id: product } = await stripe.products.create({ id: 'model-calls', name: 'Model calls' })
    const price = await stripe.prices.create({
      product,
      currency: 'usd',
      unit_amount_decimal: decimal('0.005'),
      recurring: { interval: 'month' },
    })
    expect(price.unit_amount).toBeNull()
    expect(price.unit_amount_decimal?.toString()).toBe('0.005')
  })

  it('is found by its lookup key, which one price has at a time', async () => {
    const first = await aPrice(stripe, 50_000, 'standard')
    expect((await stripe.prices.list({ lookup_keys: ['standard'] })).data.map(({ id }) => id)).toEqual([
      first.id,
    ])
    const again = {
      product: idOf(first.product),
      currency: 'usd',
      unit_amount: 60_000,
      lookup_key: 'standard',
    }
    expect((await failureOf(stripe.prices.create(again))).message).toContain(first.id)
    const second = await stripe.prices.create({ ...again, transfer_lookup_key: true })
    expect((await stripe.prices.list({ lookup_keys: ['standard'] })).data.map(({ id }) => id)).toEqual([
      second.id,
    ])
    expect((await stripe.prices.retrieve(first.id)).lookup_key).toBeNull()
  })

  it('can be laid by, and its product has an id of its own choice once', async () => {
    const price = await aPrice(stripe, 100)
    expect((await stripe.prices.update(price.id, { active: false })).active).toBe(false)
    await stripe.products.create({ id: 'mine', name: 'Mine' })
    const failure = await failureOf(stripe.products.create({ id: 'mine', name: 'Mine' }))
    expect(failure.code).toBe('resource_already_exists')
  })
})

describe('expand', () => {
  it('shows objects in place of their ids, through lists and several levels', async () => {
    const customer = await aCustomer(stripe)
    const invoice = await anOpenInvoice(stripe, customer.id)
    await stripe.invoices.pay(invoice.id)
    const shown = await stripe.invoices.retrieve(invoice.id, {
      expand: ['customer', 'payments.data.payment.payment_intent'],
    })
    expect(shown.customer).toMatchObject({ id: customer.id, object: 'customer' })
    expect(shown.payments?.data[0]?.payment.payment_intent).toMatchObject({
      status: 'succeeded',
      amount: 85_000,
    })
    const list = await stripe.invoices.list({ customer: customer.id, expand: ['data.customer'] })
    expect(list.data[0]?.customer).toMatchObject({ email: 'ann@example.com' })
  })

  it('refuses what cannot be expanded', async () => {
    const { id } = await stripe.customers.create({})
    const failure = await failureOf(stripe.customers.retrieve(id, { expand: ['nonsense'] }))
    expect(failure).toMatchObject({ statusCode: 400, param: 'expand' })
  })
})

const decimal = (text: string): Stripe.Decimal => Stripe.Decimal.from(text)
