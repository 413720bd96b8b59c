/** Events, and telling endpoints of them as Stripe does: signed, again until it is taken, and in no order. */
import { Stripe } from 'stripe'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aCustomer, openForTest, openReceiver } from './testing/open-loopback.ts'
import type { Opened, Receiver } from './testing/open-loopback.ts'

const SECRET = 'whsec_of_this_test'

let receiver: Receiver
let opened: Opened
beforeEach(async () => {
  receiver = await openReceiver()
  opened = await openForTest({ webhook: { url: receiver.url, secret: SECRET, retryDelaysMs: [20, 20] } })
})
afterEach(async () => {
  await opened.loopback.close()
  await receiver.close()
})

const typesReceived = (): readonly string[] =>
  receiver.received.map(({ body }) => (JSON.parse(body) as { type: string }).type)

describe('an event', () => {
  it('says what happened, when in whole seconds, in which version, and by which request', async () => {
    const { stripe, loopback, clock } = opened
    const customer = await stripe.customers.create({ email: 'a@example.com' }, { idempotencyKey: 'the key' })
    const [event] = loopback.control.events()
    expect(event).toMatchObject({
      object: 'event',
      type: 'customer.created',
      api_version: Stripe.API_VERSION,
      created: Math.floor(clock.now().getTime() / 1_000),
      livemode: false,
      request: { id: customer.lastResponse.requestId, idempotency_key: 'the key' },
    })
    expect(event?.id).toMatch(/^evt_/)
    const shown = await stripe.events.retrieve(event?.id ?? '')
    expect(shown.data.object).toMatchObject({ id: customer.id, email: 'a@example.com' })
  })

  it('of a change says what was there before', async () => {
    const { stripe, loopback } = opened
    const { id } = await stripe.customers.create({ name: 'Ann' })
    await stripe.customers.update(id, { name: 'Bea' })
    expect(loopback.control.events().at(-1)?.data.previous_attributes).toEqual({ name: 'Ann' })
  })

  it('is found in the list by its type', async () => {
    await aCustomer(opened.stripe)
    const { data } = await opened.stripe.events.list({ types: ['customer.updated', 'payment_method.*'] })
    expect(data.map(({ type }) => type)).toEqual(['customer.updated', 'payment_method.attached'])
  })
})

describe('a delivery', () => {
  it('is signed so that the SDK accepts it, and refuses it when a byte was changed', async () => {
    const { stripe, loopback, clock } = opened
    const { id } = await stripe.customers.create({})
    await loopback.control.whenDelivered()
    const [{ body, signature } = { body: '', signature: '' }] = receiver.received
    const at = clock.now().getTime()
    const construct = (text: string, secret = SECRET, now = at) =>
      stripe.webhooks.constructEvent(text, signature, secret, 300, undefined, now)
    expect(construct(body)).toMatchObject({ type: 'customer.created', data: { object: { id } } })
    expect(() => construct(body.replace(id, 'cus_other'))).toThrow(
      Stripe.errors.StripeSignatureVerificationError,
    )
    expect(() => construct(body, 'whsec_of_another')).toThrow(Stripe.errors.StripeSignatureVerificationError)
    expect(() => construct(body, SECRET, at + 301_000)).toThrow('Timestamp outside the tolerance zone')
  })

  it('is tried again until it is taken', async () => {
    receiver.answerWith(500, 404)
    await opened.stripe.customers.create({})
    await opened.loopback.control.whenDelivered()
    expect(receiver.received).toHaveLength(3)
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1)
    const [delivery] = opened.loopback.control.deliveries()
    expect(delivery?.state).toBe('delivered')
    expect(delivery?.attempts.map(({ status }) => status)).toEqual([500, 404, 200])
  })

  it('is given up in the end, and seen in what is pending', async () => {
    receiver.answerWith(500, 302, 500)
    await opened.stripe.customers.create({})
    await opened.loopback.control.whenDelivered()
    expect(opened.loopback.control.deliveries()[0]?.state).toBe('failed')
    const { data } = await opened.stripe.events.list({ delivery_success: false })
    expect(data[0]?.pending_webhooks).toBe(1)
  })

  it('goes to every endpoint that wants the type, each with a secret of its own that is told once', async () => {
    const { stripe, loopback } = opened
    const second = await openReceiver()
    const endpoint = await stripe.webhookEndpoints.create({
      url: second.url,
      enabled_events: ['customer.updated'],
    })
    expect(endpoint.secret).toMatch(/^whsec_/)
    expect((await stripe.webhookEndpoints.retrieve(endpoint.id)).secret).toBeUndefined()
    const { id } = await stripe.customers.create({})
    await stripe.customers.update(id, { name: 'Ann' })
    await loopback.control.whenDelivered()
    expect(typesReceived().toSorted()).toEqual(['customer.created', 'customer.updated'])
    const [{ body, signature } = { body: '', signature: '' }] = second.received
    const now = opened.clock.now().getTime()
    const event = stripe.webhooks.constructEvent(body, signature, endpoint.secret ?? '', 300, undefined, now)
    expect(event.type).toBe('customer.updated')
    expect(second.received).toHaveLength(1)
    await second.close()
  })
})

describe('under control, deliveries', () => {
  it('are held back, and sent when they may', async () => {
    const { stripe, loopback } = opened
    loopback.control.pauseWebhooks()
    await stripe.customers.create({})
    await loopback.control.whenDelivered()
    expect(receiver.received).toEqual([])
    loopback.control.resumeWebhooks()
    await loopback.control.whenDelivered()
    expect(typesReceived()).toEqual(['customer.created'])
  })

  it("are sent in an order of the test's choice, and twice", async () => {
    const { stripe, loopback } = opened
    loopback.control.pauseWebhooks()
    const { id } = await stripe.customers.create({})
    await stripe.customers.update(id, { name: 'Ann' })
    const [created = '', updated = ''] = loopback.control.events().map((event) => event.id)
    const attempts = await loopback.control.deliver([updated, created, created])
    expect(attempts.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(typesReceived()).toEqual(['customer.updated', 'customer.created', 'customer.created'])
  })

  it('are sent again, signed anew, though they were taken', async () => {
    const { stripe, loopback, clock } = opened
    await stripe.customers.create({})
    await loopback.control.whenDelivered()
    clock.pass(3_600)
    await loopback.control.redeliver(loopback.control.events()[0]?.id ?? '')
    expect(receiver.received).toHaveLength(2)
    expect(receiver.received[0]?.body).toBe(receiver.received[1]?.body)
    expect(receiver.received[0]?.signature).not.toBe(receiver.received[1]?.signature)
  })

  it('go elsewhere from now on', async () => {
    const { stripe, loopback } = opened
    const elsewhere = await openReceiver()
    loopback.control.setWebhook({ url: elsewhere.url, secret: SECRET })
    await stripe.customers.create({})
    await loopback.control.whenDelivered()
    expect([receiver.received.length, elsewhere.received.length]).toEqual([0, 1])
    await elsewhere.close()
  })
})
