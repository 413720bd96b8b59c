import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OWN_ENDPOINT } from '@stormops/stripe-loopback/control'
import type { TestTenant } from '../world/world.ts'
import {
  anOpenInvoice,
  attemptsOf,
  chargesOf,
  createCheckout,
  customerOf,
  handled,
  openStripeWorld,
  pay,
  sessionIn,
  statusOf,
  tenantStatus,
  withCard,
} from './stripe-builders.ts'
import type { OpenInvoice, StripeWorld } from './stripe-builders.ts'

let world: StripeWorld
beforeAll(async () => {
  world = await openStripeWorld()
})
afterAll(() => world.close())

const reconcile = async (dryRun = false) => {
  const run = world.platform.payments.reconcile
  if (run === null) throw new Error('There is no Stripe.')
  return run(dryRun)
}

const differencesOf = async (tenant: TestTenant, dryRun = false) =>
  (await reconcile(dryRun)).differences
    .filter(({ tenantId }) => tenantId === tenant.uuid)
    .map(({ kind, outcome }) => [kind, outcome])

/** What happens at Stripe while it knows no address to tell it to: nobody ever hears of it. */
const losingWebhooks = async (work: () => Promise<unknown>): Promise<void> => {
  const { control, webhookSecret: secret } = world.stripe
  await handled(world)
  control.forget(OWN_ENDPOINT)
  try {
    await work()
  } finally {
    control.setWebhook({ url: `${world.url}/webhooks/stripe`, secret })
  }
}

const atStripe = async (customer: string, invoice: OpenInvoice) =>
  (await world.sdk.invoices.list({ customer, limit: 100 })).data.find(
    ({ metadata }) => metadata?.['stormops_invoice'] === invoice.uuid,
  )

/** A company with an invoice that Stripe has and whose card is declined. */
const aFailingCompany = async () => {
  const tenant = await world.tenant()
  const customer = await withCard(world, tenant)
  const invoice = await anOpenInvoice(world, tenant)
  world.stripe.control.setCard(customer, 'DECLINING')
  await pay(tenant.as('OWNER'), invoice)
  await handled(world)
  return { tenant, customer, invoice, id: (await atStripe(customer, invoice))?.id ?? '' }
}

describe('a reconciliation', () => {
  it('finds nothing where nothing differs', async () => {
    const tenant = await world.tenant()
    await withCard(world, tenant)
    const invoice = await anOpenInvoice(world, tenant)
    await pay(tenant.as('OWNER'), invoice)
    await handled(world)
    expect(await differencesOf(tenant)).toEqual([])
  })

  it('brings a payment whose webhooks were lost, and lifts the suspension', async () => {
    const { tenant, customer, invoice, id } = await aFailingCompany()
    await pay(tenant.as('OWNER'), invoice)
    await pay(tenant.as('OWNER'), invoice)
    expect(await tenantStatus(tenant)).toBe('SUSPENDED')
    world.stripe.control.setCard(customer, 'GOOD')
    await losingWebhooks(() => world.sdk.invoices.pay(id))
    expect(await statusOf(world, tenant, invoice)).toBe('OPEN')
    expect(await differencesOf(tenant, true)).toEqual([['PAYMENT_MISSED', 'REPAIRABLE']])
    expect(await statusOf(world, tenant, invoice)).toBe('OPEN')
    expect(await differencesOf(tenant)).toEqual([['PAYMENT_MISSED', 'REPAIRED']])
    expect(await statusOf(world, tenant, invoice)).toBe('PAID')
    expect(await tenantStatus(tenant)).toBe('ACTIVE')
    expect(await differencesOf(tenant)).toEqual([])
  })

  it('ends a try that nobody wrote the end of, and charges nothing more', async () => {
    const { tenant, customer, invoice } = await aFailingCompany()
    await losingWebhooks(async () => {
      world.stripe.control.failNext({
        method: 'POST',
        path: '/v1/invoices/in_',
        failure: 'LOST_ANSWER',
        times: 2,
      })
      expect(await pay(tenant.as('OWNER'), invoice)).toMatchObject({ __typename: 'PaymentPending' })
    })
    expect(await differencesOf(tenant)).toEqual([['ATTEMPT_UNENDED', 'REPAIRED']])
    expect((await attemptsOf(world, tenant, invoice)).map(({ state }) => state)).toEqual(['FAILED', 'FAILED'])
    expect(await chargesOf(world, customer)).toEqual([])
  })

  it('brings a checkout that nobody heard of', async () => {
    const tenant = await world.tenant({ tier: 'TRIAL' })
    const { url } = await createCheckout(tenant.as('OWNER'))
    await losingWebhooks(async () => world.stripe.control.completeCheckout(sessionIn(url)))
    expect(await differencesOf(tenant)).toEqual([['CHECKOUT_MISSED', 'REPAIRED']])
    const { plan } = await tenant.as('OWNER').data(`{ plan { tier } }`)
    expect(plan.tier).toBe('STANDARD')
  })

  it('puts the label and the plan at Stripe as they are here', async () => {
    const tenant = await world.tenant()
    const customer = await withCard(world, tenant)
    const { url } = await createCheckout((await world.tenant()).as('OWNER'), { tier: 'ENTERPRISE' })
    expect(url).toContain('/pay/')
    const [other] = (await world.sdk.prices.list({ lookup_keys: ['stormops_ENTERPRISE_v1'] })).data
    const [subscription] = (await world.sdk.subscriptions.list({ customer })).data
    const item = subscription?.items.data[0]?.id ?? ''
    await losingWebhooks(async () => {
      await world.sdk.customers.update(customer, { metadata: { stormops_tenant: '' } })
      await world.sdk.subscriptions.update(subscription?.id ?? '', {
        items: [{ id: item, price: other?.id ?? '' }],
      })
    })
    expect(await differencesOf(tenant)).toEqual([
      ['CUSTOMER_UNLABELLED', 'REPAIRED'],
      ['PLAN_DIFFERENT', 'REPAIRED'],
    ])
    const [now] = (await world.sdk.subscriptions.list({ customer })).data
    expect(now?.items.data[0]?.price.lookup_key).toBe('stormops_STANDARD_v1')
    expect(await differencesOf(tenant)).toEqual([])
  })

  it('brings a subscription that ended without a word', async () => {
    const tenant = await world.tenant()
    const customer = await withCard(world, tenant)
    const [subscription] = (await world.sdk.subscriptions.list({ customer })).data
    await losingWebhooks(() => world.sdk.subscriptions.cancel(subscription?.id ?? ''))
    expect(await differencesOf(tenant)).toEqual([['SUBSCRIPTION_MISSED', 'REPAIRED']])
    const rows = await world.data.withTenant(tenant.uuid, (tx) =>
      tx.rows(`select status from billing.stripe_subscription`),
    )
    expect(rows).toEqual([{ status: 'canceled' }])
  })

  it('takes the possibility to pay from an invoice that is void here', async () => {
    const { tenant, customer, invoice } = await aFailingCompany()
    await world.data.withTenant(tenant.uuid, (tx) =>
      tx.change(`update billing.invoice set status = 'VOID', voided_at = now() where id = $1`, [
        invoice.uuid,
      ]),
    )
    expect(await differencesOf(tenant)).toEqual([['INVOICE_SETTLED_HERE', 'REPAIRED']])
    expect(await atStripe(customer, invoice)).toMatchObject({ status: 'void' })
  })

  it('leaves to staff what it cannot know, and says so in its report', async () => {
    const { tenant, customer, id } = await aFailingCompany()
    await world.sdk.invoices.voidInvoice(id)
    await handled(world)
    expect(await differencesOf(tenant)).toEqual([['INVOICE_VOID_THERE', 'LEFT']])
    await world.sdk.customers.create({ metadata: { stormops_tenant: 'somebody' } })
    world.stripe.control.forget(customer)
    const { id: report } = await reconcile()
    const { reconciliations } = await world.staff.data(
      `{ reconciliations(first: 1) { edges { node {
        id dryRun customers subscriptions invoices differences { kind subject tenantId message outcome }
      } } } }`,
    )
    const [{ node }] = reconciliations.edges
    expect(node.id).toBe(`rec_${report.replaceAll('-', '')}`)
    expect(node.dryRun).toBe(false)
    expect(node.customers).toBeGreaterThan(3)
    expect(node.differences).toContainEqual(
      expect.objectContaining({
        kind: 'CUSTOMER_MISSING',
        subject: customer,
        tenantId: tenant.id,
        outcome: 'LEFT',
      }),
    )
    expect(node.differences).toContainEqual(
      expect.objectContaining({ kind: 'CUSTOMER_UNKNOWN', tenantId: null, outcome: 'LEFT' }),
    )
  })

  it('fails as a whole while Stripe is away', async () => {
    world.stripe.control.failNext({ method: 'GET', path: '/v1/customers', failure: 'ERROR', times: 2 })
    await expect(reconcile()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(await customerOf(world, await world.tenant())).toBe('')
  })
})
