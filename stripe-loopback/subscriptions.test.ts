/** Subscriptions: their first invoice, their changes, their periods and their end. */
import type Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DECLINING, aCustomer, aPrice, failureOf, openForTest, idOf } from './testing/open-loopback.ts'
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

const seconds = (instant: string): number => new Date(instant).getTime() / 1_000

describe('a subscription', () => {
  it("bills its first period at once; the period is its items', and a month from the 31st ends on the 28th", async () => {
    const customer = await aCustomer(stripe)
    const price = await aPrice(stripe, 50_000)
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      metadata: { tenant: 't_1' },
      expand: ['latest_invoice.payments'],
    })
    expect(subscription.status).toBe('active')
    expect('current_period_end' in subscription).toBe(false)
    const [item] = subscription.items.data
    expect(item).toMatchObject({ quantity: 1, current_period_end: seconds('2026-02-28T12:00:00Z') })
    expect(item?.price.id).toBe(price.id)
    const invoice = subscription.latest_invoice as Stripe.Invoice
    expect(invoice).toMatchObject({ status: 'paid', total: 50_000, billing_reason: 'subscription_create' })
    expect(invoice.parent?.subscription_details).toMatchObject({
      subscription: subscription.id,
      metadata: { tenant: 't_1' },
    })
    expect(invoice.lines.data[0]?.parent?.subscription_item_details?.subscription_item).toBe(item?.id)
  })

  it('whose first payment fails is incomplete, or is none at all where that is wanted', async () => {
    const customer = await aCustomer(stripe, DECLINING)
    const price = await aPrice(stripe, 50_000)
    const request = { customer: customer.id, items: [{ price: price.id }] }
    expect((await stripe.subscriptions.create(request)).status).toBe('incomplete')
    const failure = await failureOf(
      stripe.subscriptions.create({ ...request, payment_behavior: 'error_if_incomplete' }),
    )
    expect(failure).toMatchObject({ statusCode: 402, code: 'card_declined' })
    expect((await stripe.subscriptions.list({ customer: customer.id, status: 'all' })).data).toHaveLength(1)
  })

  it('becomes active once its invoice is paid with another card', async () => {
    const customer = await aCustomer(stripe, DECLINING)
    const price = await aPrice(stripe, 50_000)
    const { id, latest_invoice: invoice } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
    })
    opened.loopback.control.setCard(customer.id, 'GOOD')
    await stripe.invoices.pay(idOf(invoice))
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('active')
  })

  it('needs a price that is billed each period', async () => {
    const customer = await aCustomer(stripe)
    const product = await stripe.products.create({ name: 'Once' })
    const once = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 100 })
    const failure = await failureOf(
      stripe.subscriptions.create({ customer: customer.id, items: [{ price: once.id }] }),
    )
    expect(failure.param).toBe('items[0][price]')
  })

  it('on trial costs nothing until the trial ends', async () => {
    const customer = await aCustomer(stripe)
    const price = await aPrice(stripe, 50_000)
    const {
      id,
      status,
      latest_invoice: first,
    } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      trial_period_days: 14,
    })
    expect(status).toBe('trialing')
    expect(await stripe.invoices.retrieve(idOf(first))).toMatchObject({ total: 0, status: 'paid' })
    opened.clock.pass(14 * 86_400)
    opened.loopback.control.passTime()
    const after = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] })
    expect(after).toMatchObject({ status: 'active', latest_invoice: { total: 50_000, status: 'paid' } })
  })
})

describe('a change of price in the middle of a period', () => {
  const halfway = async (proration: 'create_prorations' | 'always_invoice' | 'none') => {
    const customer = await aCustomer(stripe)
    const [small, large] = [await aPrice(stripe, 50_000), await aPrice(stripe, 200_000)]
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: small.id }],
    })
    const [item] = subscription.items.data
    if (item === undefined) throw new Error('It has no item.')
    opened.clock.pass((item.current_period_end - item.current_period_start) / 2)
    const after = await stripe.subscriptions.update(subscription.id, {
      items: [{ id: item.id, price: large.id }],
      proration_behavior: proration,
      expand: ['latest_invoice'],
    })
    const { data: waiting } = await stripe.invoiceItems.list({ customer: customer.id, pending: true })
    return { subscription, after, waiting, large }
  }

  it('is prorated to the second, and waits for the next invoice', async () => {
    const { after, waiting, large } = await halfway('create_prorations')
    expect(after.items.data[0]?.price.id).toBe(large.id)
    expect(waiting.map(({ amount }) => amount).toSorted((one, other) => one - other)).toEqual([
      -25_000, 100_000,
    ])
    expect(waiting.every(({ proration }) => proration)).toBe(true)
  })

  it('is invoiced at once where that is wanted', async () => {
    const { after, waiting } = await halfway('always_invoice')
    expect(waiting).toEqual([])
    expect(after.latest_invoice).toMatchObject({
      total: 75_000,
      status: 'paid',
      billing_reason: 'subscription_update',
    })
  })

  it('costs nothing where that is wanted', async () => {
    const { after, waiting, large } = await halfway('none')
    expect(waiting).toEqual([])
    expect(after.items.data[0]?.price.id).toBe(large.id)
  })
})

describe('the end of a period', () => {
  it('begins the next one, counted from where the last ended', async () => {
    const { stripe: own, clock, loopback } = await openForTest()
    const customer = await aCustomer(own)
    const price = await aPrice(own, 50_000)
    const { id } = await own.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
    clock.pass(28 * 86_400)
    loopback.control.passTime()
    const { data } = await own.invoices.list({ customer: customer.id })
    expect(data.map(({ billing_reason: reason, status }) => [reason, status])).toEqual([
      ['subscription_cycle', 'paid'],
      ['subscription_create', 'paid'],
    ])
    const after = await own.subscriptions.retrieve(id)
    expect(after.items.data[0]?.current_period_start).toBe(seconds('2026-02-28T12:00:00Z'))
    await loopback.close()
  })

  it('with a card that declines by then is past due', async () => {
    const { stripe: own, clock, loopback } = await openForTest()
    const customer = await aCustomer(own)
    const price = await aPrice(own, 50_000)
    const { id } = await own.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
    loopback.control.setCard(customer.id, 'DECLINING')
    clock.pass(28 * 86_400)
    loopback.control.passTime()
    expect((await own.subscriptions.retrieve(id)).status).toBe('past_due')
    await loopback.close()
  })

  it('ends a subscription that was to end with it', async () => {
    const { stripe: own, clock, loopback } = await openForTest()
    const customer = await aCustomer(own)
    const price = await aPrice(own, 50_000)
    const { id } = await own.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
    const ending = await own.subscriptions.update(id, { cancel_at_period_end: true })
    expect(ending).toMatchObject({ status: 'active', cancel_at: seconds('2026-02-28T12:00:00Z') })
    clock.pass(28 * 86_400)
    loopback.control.passTime()
    expect((await own.subscriptions.retrieve(id)).status).toBe('canceled')
    await loopback.close()
  })
})

describe('cancelling', () => {
  it('ends it now, once, and takes it from the list', async () => {
    const customer = await aCustomer(stripe)
    const price = await aPrice(stripe, 50_000)
    const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
    expect((await stripe.subscriptions.cancel(id)).status).toBe('canceled')
    expect((await stripe.subscriptions.list({ customer: customer.id })).data).toEqual([])
    expect(
      (await stripe.subscriptions.list({ customer: customer.id, status: 'canceled' })).data,
    ).toHaveLength(1)
    expect((await failureOf(stripe.subscriptions.cancel(id))).code).toBe('resource_missing')
    const told = opened.loopback.control
      .events()
      .filter(({ type }) => type === 'customer.subscription.deleted')
    expect(told.map(({ data }) => (data.object as { id: string }).id)).toContain(id)
  })

  it('by a parameter the loopback does not heed is refused', async () => {
    const failure = await failureOf(stripe.subscriptions.cancel('sub_x', { prorate: true }))
    expect(failure.code).toBe('loopback_not_simulated')
  })
})
