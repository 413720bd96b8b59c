/** How Stripe is asked: what lets a request in, what it may say, and that it is done once. */
import { Stripe } from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aCustomer, failureOf, openForTest, sdkFor } from './testing/open-loopback.ts'
import type { Opened } from './testing/open-loopback.ts'

let opened: Opened
beforeAll(async () => {
  opened = await openForTest()
})
afterAll(async () => {
  await opened.loopback.close()
})

describe('a request', () => {
  it('is answered with an id, the version, and the mark by which production knows a loopback', async () => {
    const { lastResponse } = await opened.stripe.customers.create({})
    expect(lastResponse.requestId).toMatch(/^req_\w+$/)
    expect(lastResponse.headers['x-stripe-loopback']).toBe('true')
    expect(lastResponse.apiVersion).toBe(Stripe.API_VERSION)
  })

  it('carries the mark when it is refused, too', async () => {
    const failure = await failureOf(opened.stripe.customers.retrieve('cus_none'))
    expect(failure.headers?.['x-stripe-loopback']).toBe('true')
    expect(failure.requestId).toMatch(/^req_/)
  })

  it('needs the key of this account', async () => {
    const { host, port } = opened.loopback
    const failure = await failureOf(sdkFor({ host, port, apiKey: 'sk_test_another' }).customers.list())
    expect(failure).toBeInstanceOf(Stripe.errors.StripeAuthenticationError)
    expect(failure.message).toBe('Invalid API Key provided: sk_test_****ther')
  })

  it('is refused with a live key, which should never have come here', async () => {
    const { host, port } = opened.loopback
    const failure = await failureOf(
      sdkFor({ host, port, apiKey: `sk_live_${'x'.repeat(20)}` }).customers.list(),
    )
    expect(failure.statusCode).toBe(401)
    expect(failure.message).toContain('test keys')
    expect(failure.message).not.toContain('xxxx')
  })

  it('is refused in another version of the API', async () => {
    const failure = await failureOf(opened.stripe.customers.list({}, { apiVersion: '2024-06-20' }))
    expect(failure.statusCode).toBe(400)
    expect(failure.message).toContain('2024-06-20')
    expect(failure.message).toContain(Stripe.API_VERSION)
  })

  it('to an address Stripe does not have, or the loopback does not, is a 404', async () => {
    const failure = await failureOf(opened.stripe.coupons.list())
    expect(failure.statusCode).toBe(404)
    expect(failure.message).toContain('docs/stripe.md')
  })

  it('that names another host is refused, since a page elsewhere could have made the browser ask', async () => {
    const { promise, resolve } = Promise.withResolvers<number>()
    const { request } = await import('node:http')
    const { port, apiKey } = opened.loopback
    const headers = { host: `evil.example:${port}`, authorization: `Bearer ${apiKey}` }
    request({ host: '127.0.0.1', port, path: '/v1/customers', headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    }).end()
    expect(await promise).toBe(421)
  })
})

describe('a parameter', () => {
  it('that Stripe does not know is refused by its name', async () => {
    const unknown: object = { nonsense: 'x' }
    const failure = await failureOf(opened.stripe.customers.create(unknown))
    expect(failure).toMatchObject({ statusCode: 400, code: 'parameter_unknown', param: 'nonsense' })
  })

  it('that is unknown deep inside is refused by its whole name', async () => {
    const nested = { invoice_settings: { colour: 'red' } } as object
    const failure = await failureOf(opened.stripe.customers.create(nested))
    expect(failure).toMatchObject({ code: 'parameter_unknown', param: 'invoice_settings[colour]' })
  })

  it('that this version took away is refused: payment_method_types of a checkout', async () => {
    const given: object = {
      mode: 'setup',
      currency: 'usd',
      success_url: 'https://example.com/done',
      payment_method_types: ['card'],
    }
    const failure = await failureOf(opened.stripe.checkout.sessions.create(given))
    expect(failure).toMatchObject({ code: 'parameter_unknown', param: 'payment_method_types' })
  })

  it('that is required is asked for', async () => {
    const given = { active: true } as unknown as Stripe.ProductCreateParams
    const failure = await failureOf(opened.stripe.products.create(given))
    expect(failure).toMatchObject({ code: 'parameter_missing', param: 'name', statusCode: 400 })
  })

  it('has to have its type', async () => {
    const given = { customer: 'cus_x', amount: 1.5 }
    const failure = await failureOf(opened.stripe.invoiceItems.create(given))
    expect(failure).toMatchObject({ code: 'parameter_invalid_integer', param: 'amount' })
  })

  it('has to be one of its values', async () => {
    const failure = await failureOf(
      opened.stripe.invoices.list({ status: 'lost' as string & Record<never, never> }),
    )
    expect(failure).toMatchObject({ statusCode: 400, param: 'status' })
    expect(failure.message).toContain('uncollectible')
  })

  it('that Stripe knows and the loopback does not heed is refused, and never passed over', async () => {
    const failure = await failureOf(opened.stripe.customers.create({ balance: -500 }))
    expect(failure).toMatchObject({ code: 'loopback_not_simulated', param: 'balance', statusCode: 400 })
  })

  it('cannot reach the prototype of an object', async () => {
    const response = await fetch(`${opened.loopback.url}/v1/customers`, {
      method: 'POST',
      headers: { authorization: `Bearer ${opened.loopback.apiKey}` },
      body: new URLSearchParams({ 'metadata[__proto__]': 'x', '__proto__[email]': 'y' }),
    })
    expect(response.status).toBe(400)
    expect(({} as Record<string, unknown>)['email']).toBeUndefined()
  })
})

describe('an idempotency key', () => {
  it('gets the same answer again, and nothing is done twice', async () => {
    const options = { idempotencyKey: 'once' }
    const first = await opened.stripe.customers.create({ email: 'once@example.com' }, options)
    const again = await opened.stripe.customers.create({ email: 'once@example.com' }, options)
    expect(again.id).toBe(first.id)
    expect(first.lastResponse.headers['idempotent-replayed']).toBeUndefined()
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true')
    expect(again.lastResponse.headers['original-request']).toBe(first.lastResponse.requestId)
    expect((await opened.stripe.customers.list({ email: 'once@example.com' })).data).toHaveLength(1)
  })

  it('is refused with another body', async () => {
    const options = { idempotencyKey: 'other body' }
    await opened.stripe.customers.create({ email: 'a@example.com' }, options)
    const failure = await failureOf(opened.stripe.customers.create({ email: 'b@example.com' }, options))
    expect(failure).toBeInstanceOf(Stripe.errors.StripeIdempotencyError)
    expect(failure.statusCode).toBe(400)
  })

  it('keeps a refusal that came after the work began, so that a card is not tried twice', async () => {
    const { stripe, loopback } = opened
    const customer = await aCustomer(stripe, 'pm_card_chargeCustomerFail')
    const draft = await stripe.invoices.create({ customer: customer.id })
    await stripe.invoiceItems.create({ customer: customer.id, invoice: draft.id, amount: 100 })
    await stripe.invoices.finalizeInvoice(draft.id)
    const pay = () => failureOf(stripe.invoices.pay(draft.id, {}, { idempotencyKey: 'pay once' }))
    expect([(await pay()).code, (await pay()).code]).toEqual(['card_declined', 'card_declined'])
    const failed = loopback.control.events().filter(({ type }) => type === 'invoice.payment_failed')
    expect(failed).toHaveLength(1)
  })

  it('is not used up by a request that was wrong from the start', async () => {
    const options = { idempotencyKey: 'wrong first' }
    const wrong: object = { nonsense: 'x' }
    await failureOf(opened.stripe.customers.create(wrong, options))
    expect((await opened.stripe.customers.create({}, options)).id).toMatch(/^cus_/)
  })
})

describe('metadata', () => {
  it('is merged, a key with nothing is taken away, and nothing at all takes everything away', async () => {
    const { customers } = opened.stripe
    const { id } = await customers.create({ metadata: { a: '1', b: 2 } })
    expect((await customers.update(id, { metadata: { b: '', c: '3' } })).metadata).toEqual({ a: '1', c: '3' })
    expect((await customers.update(id, { name: 'Ann' })).metadata).toEqual({ a: '1', c: '3' })
    expect((await customers.update(id, { metadata: '' })).metadata).toEqual({})
  })

  it('has at most fifty keys, of at most forty characters', async () => {
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`k${at}`, 'x']))
    expect((await failureOf(opened.stripe.customers.create({ metadata: many }))).param).toBe('metadata')
    const long = { ['k'.repeat(41)]: 'x' }
    expect((await failureOf(opened.stripe.customers.create({ metadata: long }))).statusCode).toBe(400)
  })
})
