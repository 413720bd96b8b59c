/** Checkouts and the portal, over plain HTTP as a browser would. */
import type Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BANNER } from './pages/layout.ts'
import {
  DECLINING,
  aCustomer,
  aPrice,
  anOpenInvoice,
  failureOf,
  openForTest,
} from './testing/open-loopback.ts'
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

const SUCCESS = 'https://app.example.com/billing?session={CHECKOUT_SESSION_ID}'
const CANCEL = 'https://app.example.com/plans'

const aCheckout = async (customer: string, amount = 50_000): Promise<Stripe.Checkout.Session> => {
  const price = await aPrice(stripe, amount)
  return stripe.checkout.sessions.create({
    mode: 'subscription',
    customer,
    line_items: [{ price: price.id, quantity: 1 }],
    success_url: SUCCESS,
    cancel_url: CANCEL,
    client_reference_id: 't_1',
    metadata: { tenant: 't_1' },
    subscription_data: { metadata: { plan: 'standard' } },
  })
}

const send = (url: string | null, form: Readonly<Record<string, string>>, headers = {}): Promise<Response> =>
  fetch(url ?? '', { method: 'POST', body: new URLSearchParams(form), redirect: 'manual', headers })

const eventsSince = (count: number): readonly string[] =>
  opened.loopback.control
    .events()
    .slice(count)
    .map(({ type }) => type)

describe('a checkout', () => {
  it('is a page that says what it is, what is bought, and what it costs', async () => {
    const customer = await aCustomer(stripe)
    const session = await aCheckout(customer.id)
    expect(session).toMatchObject({
      status: 'open',
      payment_status: 'unpaid',
      amount_total: 50_000,
      subscription: null,
    })
    const response = await fetch(session.url ?? '')
    const text = await response.text()
    expect(response.headers.get('x-stripe-loopback')).toBe('true')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    for (const words of [BANNER, 'Plan at 50000', '$500.00</span> a month', 'Ann'])
      expect(text).toContain(words)
  })

  it('that is paid makes a subscription, tells of everything, and leads back', async () => {
    const customer = await aCustomer(stripe, null)
    const session = await aCheckout(customer.id)
    const before = opened.loopback.control.events().length
    const response = await send(session.url, { outcome: 'pay' })
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe(SUCCESS.replace('{CHECKOUT_SESSION_ID}', session.id))
    const types = eventsSince(before)
    for (const type of [
      'customer.subscription.created',
      'invoice.created',
      'invoice.finalized',
      'invoice.paid',
      'invoice.payment_succeeded',
      'customer.subscription.updated',
    ]) {
      expect(types).toContain(type)
    }
    expect(types.at(-1)).toBe('checkout.session.completed')
    const done = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['subscription', 'invoice', 'line_items'],
    })
    expect(done).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      client_reference_id: 't_1',
      url: null,
      subscription: { status: 'active', metadata: { plan: 'standard' } },
      invoice: { status: 'paid', total: 50_000 },
      customer_details: { email: 'ann@example.com' },
    })
    expect(done.line_items?.data).toHaveLength(1)
    const again = await send(session.url, { outcome: 'pay' })
    expect(await again.text()).toContain('is complete')
    expect((await stripe.subscriptions.list({ customer: customer.id })).data).toHaveLength(1)
  })

  it('whose card is declined says so and stays open', async () => {
    const customer = await aCustomer(stripe)
    const session = await aCheckout(customer.id)
    const before = opened.loopback.control.events().length
    const response = await send(session.url, { outcome: 'fail' })
    expect(response.status).toBe(402)
    expect(await response.text()).toContain('Your card was declined.')
    expect(eventsSince(before)).toContain('payment_intent.payment_failed')
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('open')
    expect((await send(session.url, { outcome: 'pay' })).status).toBe(303)
  })

  it('that is left leads elsewhere, and nothing happens', async () => {
    const customer = await aCustomer(stripe)
    const session = await aCheckout(customer.id)
    const before = opened.loopback.control.events().length
    expect((await send(session.url, { outcome: 'cancel' })).headers.get('location')).toBe(CANCEL)
    expect(eventsSince(before)).toEqual([])
  })

  it('without a customer asks for a mail address, and makes one', async () => {
    const price = await aPrice(stripe, 100)
    const session = await stripe.checkout.sessions.create({
      mode: 'subscription',
      line_items: [{ price: price.id }],
      success_url: SUCCESS,
    })
    expect(await (await fetch(session.url ?? '')).text()).toContain('type="email"')
    await send(session.url, { outcome: 'pay', email: 'new@example.com' })
    const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['customer'] })
    expect(done.customer).toMatchObject({ email: 'new@example.com' })
  })

  it('can save a card, or take one payment', async () => {
    const customer = await aCustomer(stripe, null)
    const setup = await stripe.checkout.sessions.create({
      mode: 'setup',
      currency: 'usd',
      customer: customer.id,
      success_url: SUCCESS,
    })
    opened.loopback.control.completeCheckout(setup.id)
    const saved = await stripe.checkout.sessions.retrieve(setup.id, { expand: ['setup_intent'] })
    expect(saved.setup_intent).toMatchObject({ status: 'succeeded', customer: customer.id })
    const product = await stripe.products.create({ name: 'Storm' })
    const price = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 10_000 })
    const once = await stripe.checkout.sessions.create({
      mode: 'payment',
      customer: customer.id,
      line_items: [{ price: price.id, quantity: 2 }],
      success_url: SUCCESS,
    })
    opened.loopback.control.completeCheckout(once.id)
    const paid = await stripe.checkout.sessions.retrieve(once.id, { expand: ['payment_intent'] })
    expect(paid.payment_intent).toMatchObject({ status: 'succeeded', amount: 20_000 })
  })

  it('ends after a day, or when it is told to', async () => {
    const customer = await aCustomer(stripe)
    const [told, old] = [await aCheckout(customer.id), await aCheckout(customer.id)]
    expect(await stripe.checkout.sessions.expire(told.id)).toMatchObject({ status: 'expired', url: null })
    expect((await failureOf(stripe.checkout.sessions.expire(told.id))).statusCode).toBe(400)
    expect((await fetch(told.url ?? '')).status).toBe(410)
    opened.clock.pass(86_400)
    opened.loopback.control.passTime()
    expect((await stripe.checkout.sessions.retrieve(old.id)).status).toBe('expired')
  })

  it('leads nowhere but to web pages', async () => {
    const given = { mode: 'setup', currency: 'usd' } as const
    const failure = await failureOf(
      stripe.checkout.sessions.create({ ...given, success_url: 'javascript:alert(1)' }),
    )
    expect(failure).toMatchObject({ param: 'success_url', code: 'url_invalid' })
  })

  it('refuses what it would not heed, inside of a parameter too', async () => {
    const price = await aPrice(stripe, 100)
    const request = { mode: 'subscription' as const, line_items: [{ price: price.id }], success_url: SUCCESS }
    const failure = await failureOf(
      stripe.checkout.sessions.create({ ...request, subscription_data: { billing_cycle_anchor: 1 } }),
    )
    expect(failure).toMatchObject({
      code: 'loopback_not_simulated',
      param: 'subscription_data[billing_cycle_anchor]',
    })
  })

  it('is paid by no form of another page', async () => {
    const customer = await aCustomer(stripe)
    const session = await aCheckout(customer.id)
    const response = await send(session.url, { outcome: 'pay' }, { origin: 'https://evil.example' })
    expect(response.status).toBe(403)
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('open')
  })
})

describe('the portal', () => {
  const aPortal = (customer: string): Promise<Stripe.BillingPortal.Session> =>
    stripe.billingPortal.sessions.create({ customer, return_url: 'https://app.example.com/billing' })

  it("shows the customer's invoices and nobody else's, and changes the card", async () => {
    const customer = await aCustomer(stripe, DECLINING)
    const stranger = await aCustomer(stripe)
    const [own, foreign] = [
      await anOpenInvoice(stripe, customer.id),
      await anOpenInvoice(stripe, stranger.id),
    ]
    const { url } = await aPortal(customer.id)
    const text = await (await fetch(url)).text()
    expect(text).toContain(BANNER)
    expect(text).toContain(own.number)
    expect(text).toContain('ending in 0341')
    expect(text).not.toContain(foreign.number)
    expect((await send(url, { action: 'pay', invoice: own.id })).headers.get('location')).toContain(
      'declined',
    )
    expect((await send(url, { action: 'pay', invoice: foreign.id })).headers.get('location')).toContain(
      'refused',
    )
    await send(url, { action: 'change-card', card: 'good' })
    expect(await (await fetch(url)).text()).toContain('ending in 4242')
    expect((await send(url, { action: 'pay', invoice: own.id })).headers.get('location')).toContain('paid')
    expect((await stripe.invoices.retrieve(own.id)).status).toBe('paid')
    expect((await stripe.invoices.retrieve(foreign.id)).status).toBe('open')
  })

  it('shows what people typed as text, whatever it looks like', async () => {
    const customer = await stripe.customers.create({ name: '<img src=x onerror=alert(1)>' })
    const { url } = await aPortal(customer.id)
    const text = await (await fetch(url)).text()
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(text).not.toContain('<img')
  })

  it('is no page without its address', async () => {
    expect((await fetch(`${opened.loopback.url}/portal/bps_guess`)).status).toBe(404)
  })
})
