/** What a test may do to this Stripe, and what it remembers. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Stripe } from 'stripe'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  DECLINING,
  aCustomer,
  anOpenInvoice,
  failureOf,
  openForTest,
  openReceiver,
  sdkFor,
} from './testing/open-loopback.ts'
import type { Opened } from './testing/open-loopback.ts'

let opened: Opened
beforeEach(async () => {
  opened = await openForTest()
})
afterEach(async () => {
  await opened.loopback.close()
})

describe('a failure that was planned', () => {
  it.each([
    ['ERROR', 500],
    ['RATE_LIMIT', 429],
  ] as const)('%s answers %i, as often as it was planned, and only there', async (failure, status) => {
    const { stripe, loopback } = opened
    loopback.control.failNext({ method: 'POST', path: '/v1/customers', failure, times: 2 })
    expect((await stripe.customers.list()).data).toEqual([])
    for (let count = 0; count < 2; count += 1) {
      expect((await failureOf(stripe.customers.create({}))).statusCode).toBe(status)
    }
    expect((await stripe.customers.create({})).id).toMatch(/^cus_/)
    expect((await stripe.customers.list()).data).toHaveLength(1)
  })

  it("is survived by the SDK's own retries", async () => {
    opened.loopback.control.failNext({ path: '/v1/customers', failure: 'ERROR' })
    const patient = sdkFor(opened.loopback, { maxNetworkRetries: 2 })
    expect((await patient.customers.create({})).id).toMatch(/^cus_/)
  })

  it('NO_ANSWER leaves the request hanging until the client gives up, with nothing done', async () => {
    opened.loopback.control.failNext({ path: '/v1/customers', failure: 'NO_ANSWER' })
    const failure = await failureOf(opened.stripe.customers.create({}, { timeout: 200 }))
    expect(failure).toBeInstanceOf(Stripe.errors.StripeConnectionError)
    expect((await opened.stripe.customers.list()).data).toEqual([])
  })

  it('LOST_ANSWER does it all, and the same key then tells what was done', async () => {
    const { loopback } = opened
    loopback.control.failNext({ path: '/v1/customers', failure: 'LOST_ANSWER' })
    // The SDK itself asks once more after a broken connection, by the same key.
    const customer = await opened.stripe.customers.create({}, { idempotencyKey: 'lost' })
    expect(customer.lastResponse.headers['idempotent-replayed']).toBe('true')
    expect((await opened.stripe.customers.list()).data).toHaveLength(1)
  })
})

describe("behind the platform's back", () => {
  it('an object is changed, or forgotten, and nobody is told', async () => {
    const { stripe, loopback } = opened
    const customer = await aCustomer(stripe)
    const open = await anOpenInvoice(stripe, customer.id)
    const before = loopback.control.events().length
    loopback.control.change(open.id, { status: 'void' })
    expect((await stripe.invoices.retrieve(open.id)).status).toBe('void')
    loopback.control.forget(open.id)
    expect((await failureOf(stripe.invoices.retrieve(open.id))).statusCode).toBe(404)
    expect(loopback.control.events()).toHaveLength(before)
  })

  it('a card goes bad, and good again', async () => {
    const { stripe, loopback } = opened
    const customer = await aCustomer(stripe)
    const open = await anOpenInvoice(stripe, customer.id)
    loopback.control.setCard(customer.id, 'DECLINING')
    expect((await failureOf(stripe.invoices.pay(open.id))).code).toBe('card_declined')
    loopback.control.setCard(customer.id, 'GOOD')
    expect((await stripe.invoices.pay(open.id)).status).toBe('paid')
  })

  it('everything is forgotten but the key', async () => {
    const { stripe, loopback } = opened
    await aCustomer(stripe)
    loopback.control.reset()
    expect((await stripe.customers.list()).data).toEqual([])
    expect(loopback.control.events()).toEqual([])
  })
})

describe('a card', () => {
  it('that declines everything cannot be attached, as with Stripe, but for the one that is made for it', async () => {
    const { stripe } = opened
    const { id: customer } = await stripe.customers.create({})
    const failure = await failureOf(stripe.paymentMethods.attach('pm_card_chargeDeclined', { customer }))
    expect(failure).toMatchObject({ statusCode: 402, code: 'card_declined' })
    const method = await stripe.paymentMethods.attach(DECLINING, { customer })
    expect(method).toMatchObject({ customer, card: { last4: '0341' } })
    expect((await stripe.customers.listPaymentMethods(customer)).data).toHaveLength(1)
    expect((await stripe.paymentMethods.detach(method.id)).customer).toBeNull()
    expect((await failureOf(stripe.paymentMethods.attach(method.id, { customer }))).statusCode).toBe(400)
  })

  it('that is not taken leaves no customer behind', async () => {
    const { stripe } = opened
    const failure = await failureOf(stripe.customers.create({ payment_method: 'pm_card_chargeDeclined' }))
    expect(failure.statusCode).toBe(402)
    expect((await stripe.customers.list()).data).toEqual([])
  })

  it('is saved by a setup that is confirmed', async () => {
    const { stripe } = opened
    const { id: customer } = await stripe.customers.create({})
    const setup = await stripe.setupIntents.create({
      customer,
      payment_method: 'pm_card_visa',
      confirm: true,
    })
    expect(setup.status).toBe('succeeded')
    const { data } = await stripe.paymentMethods.list({ customer })
    expect(data.map(({ id }) => id)).toEqual([setup.payment_method])
  })
})

describe('from another process, the control', () => {
  const post = (name: string, body: unknown, key: string): Promise<Response> =>
    fetch(`${opened.loopback.url}/__control/${name}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
    })

  it('does what it does in this one, for whoever has the key', async () => {
    const { stripe, loopback } = opened
    const customer = await aCustomer(stripe)
    const response = await post('change', [customer.id, { email: 'new@example.com' }], loopback.apiKey)
    expect(await response.json()).toMatchObject({ result: { email: 'new@example.com' } })
    expect((await stripe.customers.retrieve(customer.id)) as Stripe.Customer).toMatchObject({
      email: 'new@example.com',
    })
    expect((await post('passTime', [], loopback.apiKey)).status).toBe(200)
    expect((await post('reset', [], 'sk_test_other')).status).toBe(401)
    expect((await post('constructor', [], loopback.apiKey)).status).toBe(404)
    expect((await post('change', ['none', {}], loopback.apiKey)).status).toBe(400)
  })
})

describe('with a file', () => {
  let directory: string
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'stripe-loopback-'))
  })
  afterEach(() => {
    rmSync(directory, { recursive: true, force: true })
  })

  it('everything is there again after a restart: the key, the objects, and what was promised to a key', async () => {
    const file = join(directory, 'stripe', 'journal')
    const first = await openForTest({ file })
    const customer = await aCustomer(first.stripe, DECLINING)
    const open = await anOpenInvoice(first.stripe, customer.id)
    await failureOf(first.stripe.invoices.pay(open.id, {}, { idempotencyKey: 'pay' }))
    const events = first.loopback.control.events()
    await first.loopback.close()

    const second = await openForTest({ file })
    expect(second.loopback.apiKey).toBe(first.loopback.apiKey)
    expect(second.loopback.control.events()).toEqual(events)
    const replayed = await failureOf(second.stripe.invoices.pay(open.id, {}, { idempotencyKey: 'pay' }))
    expect(replayed.headers?.['idempotent-replayed']).toBe('true')
    second.loopback.control.setCard(customer.id, 'GOOD')
    expect((await second.stripe.invoices.pay(open.id)).status).toBe('paid')
    await second.loopback.close()
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('a line that was torn by a crash is passed over, and with it the whole request', async () => {
    const file = join(directory, 'journal')
    const first = await openForTest({ file })
    const { id } = await first.stripe.customers.create({})
    await first.loopback.close()
    writeFileSync(file, `${readFileSync(file, 'utf8')}[{"put":{"object":"customer","id":"cus_torn"`)
    const second = await openForTest({ file })
    expect((await second.stripe.customers.list()).data.map((customer) => customer.id)).toEqual([id])
    await second.loopback.close()
  })

  it('what nobody had taken is sent after the restart', async () => {
    const file = join(directory, 'journal')
    const receiver = await openReceiver()
    const webhook = { url: receiver.url, secret: 'whsec_x' }
    const first = await openForTest({ file, webhook })
    first.loopback.control.pauseWebhooks()
    await first.stripe.customers.create({})
    await first.loopback.close()
    const second = await openForTest({ file, webhook })
    await second.loopback.control.whenDelivered()
    expect(receiver.received).toHaveLength(1)
    await second.loopback.close()
    await receiver.close()
  })

  it('that is something else is left alone', async () => {
    const file = join(directory, 'letter')
    writeFileSync(file, '"Dear Ann"\n')
    await expect(openForTest({ file })).rejects.toThrow('is no journal')
    expect(readFileSync(file, 'utf8')).toBe('"Dear Ann"\n')
  })
})
