/**
 * What the platform asks of Stripe, asked of the Stripe of our own and, with the key of a test account in
 * STRIPE_SECRET_KEY, of Stripe itself: both have to answer alike.
 *
 *     STRIPE_SECRET_KEY=sk_test_… npx -y pnpm@12 test test/billing/stripe-account.test.ts
 */
import { secret } from '@stormops/chassis/secret'
import { openStripeClient } from '@stormops/billing/stripe'
import type { StripeClient } from '@stormops/billing/ports'
import { newId } from '@stormops/chassis/values/ids'
import { openStripeLoopback } from '@stormops/stripe-loopback'
import { Stripe } from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Bill, SoldPlan } from '../../subgraphs/billing/src/domain/stripe-account.ts'

const key = process.env['STRIPE_SECRET_KEY'] ?? ''
const WITHOUT_KEY = key.startsWith('sk_test_') ? '' : ' (skipped: STRIPE_SECRET_KEY holds no sk_test_ key)'

type Account = {
  readonly client: StripeClient
  /** As somebody at Stripe's dashboard. */
  readonly sdk: Stripe
  readonly close: () => Promise<void>
}

const WEBHOOK_SECRET = secret('whsec_of_a_test')

const ourOwn = async (): Promise<Account> => {
  const { url: apiBase, apiKey: secretKey, host, port, close } = await openStripeLoopback()
  return {
    client: openStripeClient({
      secretKey: secret(secretKey),
      webhookSecret: WEBHOOK_SECRET,
      apiBase,
      genuine: false,
    }),
    sdk: new Stripe(secretKey, { host, port, protocol: 'http' }),
    close,
  }
}

const stripeItself = async (): Promise<Account> => ({
  client: openStripeClient({
    secretKey: secret(key),
    webhookSecret: WEBHOOK_SECRET,
    apiBase: null,
    genuine: true,
  }),
  sdk: new Stripe(key),
  close: async () => undefined,
})

const A_PLAN: SoldPlan = {
  catalogue: 'stormops',
  tier: 'STANDARD',
  version: 1,
  name: 'Standard',
  currency: 'USD',
  priceText: '$500.00 a month',
}

describe.each([
  ['the Stripe of our own', ourOwn, false],
  [`Stripe itself${WITHOUT_KEY}`, stripeItself, WITHOUT_KEY !== ''],
] as const)('%s', (_name, open, isSkipped) => {
  describe.skipIf(isSkipped)('as the platform asks it', () => {
    let account: Account
    beforeAll(async () => {
      account = await open()
    })
    afterAll(() => account.close())

    const aCustomer = async (card: string | null) => {
      const tenantId = newId()
      const customerId = await account.client.createCustomer({
        tenantId,
        name: 'A test of StormOps',
        email: 'test@example.com',
      })
      if (card !== null) {
        const { id } = await account.sdk.paymentMethods.attach(card, { customer: customerId })
        await account.client.payBy(customerId, id)
      }
      return { tenantId, customerId }
    }

    const aBill = (of: { readonly tenantId: string; readonly customerId: string }): Bill => ({
      ...of,
      invoiceId: newId(),
      number: `T-${newId().slice(-12)}`,
      currency: 'USD',
      total: 85_000n,
      lines: [
        { position: 1, description: 'Standard, October', amount: 50_000n },
        { position: 2, description: '7 storms, 5 included', amount: 35_000n },
      ],
    })

    it('sells a plan at a price of its own, made once', async () => {
      const [one, two] = [await account.client.ensurePrice(A_PLAN), await account.client.ensurePrice(A_PLAN)]
      expect(two).toEqual(one)
      const price = await account.sdk.prices.retrieve(one.priceId)
      expect(price).toMatchObject({ lookup_key: 'stormops_STANDARD_v1', unit_amount: 0, currency: 'usd' })
    })

    it('makes a customer once, a checkout, and a portal', async () => {
      const { client } = account
      const { tenantId, customerId } = await aCustomer(null)
      const again = await client.createCustomer({
        tenantId,
        name: 'A test of StormOps',
        email: 'test@example.com',
      })
      expect(again).toBe(customerId)
      const { priceId } = await client.ensurePrice(A_PLAN)
      const checkoutId = newId()
      const { sessionId, url } = await client.openCheckout({
        checkoutId,
        tenantId,
        customerId,
        priceId,
        successUrl: 'https://example.com/done',
        cancelUrl: 'https://example.com/',
      })
      expect(url).toMatch(/^https?:/)
      expect(await client.maybeCheckout(sessionId)).toMatchObject({ status: 'OPEN', checkoutId, customerId })
      // A real account opens one only after its portal was configured in the dashboard.
      expect(await client.openPortal(customerId, 'https://example.com/')).toMatch(/^https?:/)
    })

    it('is handed an invoice line by line, once, and paid for it once', async () => {
      const { client } = account
      const bill = aBill(await aCustomer('pm_card_visa'))
      const pushed = await client.pushInvoice(bill)
      expect(pushed).toMatchObject({
        status: 'open',
        total: 85_000n,
        due: 85_000n,
        invoiceId: bill.invoiceId,
      })
      expect((await client.pushInvoice(bill)).id).toBe(pushed.id)
      const paid = await client.pay(pushed.id, `${bill.invoiceId}:1:0`)
      expect(paid).toMatchObject({ kind: 'paid', invoice: { status: 'paid', due: 0n } })
      expect(await client.pay(pushed.id, `${bill.invoiceId}:1:0`)).toMatchObject({ kind: 'paid' })
      expect(await client.pay(pushed.id, `${bill.invoiceId}:2:0`)).toMatchObject({ kind: 'paid' })
      const payments = await account.sdk.invoicePayments.list({ invoice: pushed.id })
      expect(payments.data.filter(({ status }) => status === 'paid')).toHaveLength(1)
    })

    it('says why a card was declined, and that there is none', async () => {
      const { client } = account
      const declined = await client.pushInvoice(aBill(await aCustomer('pm_card_chargeCustomerFail')))
      expect(await client.pay(declined.id, newId())).toMatchObject({ kind: 'declined' })
      const cardless = await client.pushInvoice(aBill(await aCustomer(null)))
      expect(await client.pay(cardless.id, newId())).toEqual({ kind: 'declined', code: 'no_payment_method' })
    })

    it('takes a credit off an open invoice, and lets nobody pay a void one', async () => {
      const { client } = account
      const invoice = await client.pushInvoice(aBill(await aCustomer('pm_card_visa')))
      await client.credit(invoice.id, 35_000n, 0n)
      await client.credit(invoice.id, 35_000n, 0n)
      expect(await client.maybeInvoice(invoice.id)).toMatchObject({ due: 50_000n, total: 85_000n })
      await client.voidInvoice(invoice.id)
      expect(await client.maybeInvoice(invoice.id)).toMatchObject({ status: 'void' })
    })

    it('keeps a subscription, shows another plan on it, and ends it', async () => {
      const { client, sdk } = account
      const { customerId } = await aCustomer('pm_card_visa')
      const { priceId } = await client.ensurePrice(A_PLAN)
      const other = await client.ensurePrice({ ...A_PLAN, tier: 'ENTERPRISE', name: 'Enterprise' })
      const { id } = await sdk.subscriptions.create({ customer: customerId, items: [{ price: priceId }] })
      const found = await client.maybeSubscription(id)
      expect(found).toMatchObject({ status: 'active', priceId, customerId })
      if (found !== null) await client.putOnPrice(found, other.priceId)
      expect(await client.maybeSubscription(id)).toMatchObject({ priceId: other.priceId })
      await client.endSubscription(id)
      await client.endSubscription(id)
      expect(await client.maybeSubscription(id)).toMatchObject({ status: 'canceled' })
    })

    it('knows nothing of what is not there', async () => {
      const { client } = account
      expect(await client.maybeInvoice('in_nothing')).toBeNull()
      expect(await client.maybeSubscription('sub_nothing')).toBeNull()
      expect(await client.maybeCheckout('cs_test_nothing')).toBeNull()
    })
  })
})

describe('a platform in production', () => {
  it('refuses a loopback in the place of Stripe, by whatever address', async () => {
    const loopback = await openStripeLoopback()
    try {
      const client = openStripeClient({
        secretKey: secret(loopback.apiKey),
        webhookSecret: WEBHOOK_SECRET,
        apiBase: loopback.url,
        genuine: true,
      })
      await expect(client.assertGenuine()).rejects.toThrow(/loopback/)
      await expect(client.createCustomer({ tenantId: newId(), name: 'A', email: null })).rejects.toThrow(
        /does not answer/,
      )
    } finally {
      await loopback.close()
    }
  })

  it('tells no key in a fault', async () => {
    const loopback = await openStripeLoopback()
    try {
      const secretKey = 'sk_test_verysecretindeed'
      const client = openStripeClient({
        secretKey: secret(secretKey),
        webhookSecret: WEBHOOK_SECRET,
        apiBase: loopback.url,
        genuine: false,
      })
      const fault = await client
        .createCustomer({ tenantId: newId(), name: 'A', email: null })
        .catch((error: unknown) => error)
      expect(fault).toMatchObject({ code: 'UNAVAILABLE' })
      const { cause } = fault instanceof Error ? fault : { cause: null }
      const told = `${String(fault)} ${String(cause)} ${JSON.stringify(cause)} ${Object.keys(Object(cause)).join()}`
      expect(told).not.toContain(secretKey)
      expect(told).not.toContain('verysecret')
    } finally {
      await loopback.close()
    }
  })
})
