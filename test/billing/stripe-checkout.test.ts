import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createCheckout,
  customerOf,
  handled,
  openStripeWorld,
  sessionIn,
  withCard,
} from './stripe-builders.ts'
import type { StripeWorld } from './stripe-builders.ts'

let world: StripeWorld
beforeAll(async () => {
  world = await openStripeWorld()
})
afterAll(() => world.close())

const planOf = async (tenant: Awaited<ReturnType<StripeWorld['tenant']>>) =>
  (await tenant.as('OWNER').data(`{ plan { tier version } }`)).plan

const planLines = (tenant: Awaited<ReturnType<StripeWorld['tenant']>>) =>
  world.data.withTenant(tenant.uuid, (tx) =>
    tx.rows<{ tier: string; starts_at: Date; ends_at: Date | null }>(
      `select tier, starts_at, ends_at from billing.subscription order by starts_at`,
    ),
  )

describe('a checkout', () => {
  it('puts the company on the plan, and charges nothing by itself', async () => {
    const tenant = await world.tenant({ tier: 'TRIAL' })
    const { url } = await createCheckout(tenant.as('OWNER'))
    expect(url).toMatch(new RegExp(`^${world.stripe.url}/pay/`))
    expect(await planOf(tenant)).toEqual({ tier: 'TRIAL', version: 1 })
    world.stripe.control.completeCheckout(sessionIn(url))
    await handled(world)
    expect(await planOf(tenant)).toEqual({ tier: 'STANDARD', version: 1 })
    const customer = await customerOf(world, tenant)
    const found = await world.sdk.customers.retrieve(customer)
    expect(found).toMatchObject({
      name: tenant.name,
      email: 'owner@example.com',
      metadata: { stormops_tenant: tenant.uuid },
    })
    const intents = await world.sdk.paymentIntents.list({ customer })
    expect(intents.data).toEqual([])
    const [subscription] = (await world.sdk.subscriptions.list({ customer })).data
    expect(subscription?.items.data.map(({ price }) => [price.lookup_key, price.unit_amount])).toEqual([
      ['stormops_STANDARD_v1', 0],
    ])
    const audit = await world.data.withTenant(tenant.uuid, (tx) =>
      tx.rows(
        `select action from tenancy.audit_event where action in ('billing.createCheckout', 'billing.applyPaidPlan') order by at`,
      ),
    )
    expect(audit).toEqual([{ action: 'billing.createCheckout' }, { action: 'billing.applyPaidPlan' }])
  })

  it('makes one product and one price of a plan, whoever asks at once', async () => {
    const tenants = await Promise.all([1, 2, 3].map(() => world.tenant()))
    await Promise.all(tenants.map((tenant) => createCheckout(tenant.as('OWNER'), { tier: 'ENTERPRISE' })))
    const { data: prices } = await world.sdk.prices.list({ lookup_keys: ['stormops_ENTERPRISE_v1'] })
    expect(prices).toHaveLength(1)
    const { data: products } = await world.sdk.products.list({ limit: 100 })
    expect(products.filter(({ id }) => id.includes('ENTERPRISE'))).toHaveLength(1)
  })

  it('is the same one for the same key, and one customer is made', async () => {
    const tenant = await world.tenant()
    const [one, two] = [
      await createCheckout(tenant.as('OWNER'), {}, 'a-key'),
      await createCheckout(tenant.as('OWNER'), {}, 'a-key'),
    ]
    expect(two).toEqual(one)
    const other = await createCheckout(tenant.as('OWNER'), {}, 'another-key')
    expect(other.url).not.toBe(one.url)
    const customers = await world.sdk.customers.list({ limit: 100 })
    expect(customers.data.filter(({ metadata }) => metadata['stormops_tenant'] === tenant.uuid)).toHaveLength(
      1,
    )
  })

  it('is begun again by the same key after Stripe was away', async () => {
    const tenant = await world.tenant()
    world.stripe.control.failNext({ method: 'POST', path: '/v1/customers', failure: 'ERROR', times: 2 })
    await expect(createCheckout(tenant.as('OWNER'), {}, 'a-key')).rejects.toThrow(/UNAVAILABLE/)
    expect(await createCheckout(tenant.as('OWNER'), {}, 'a-key')).toMatchObject({
      __typename: 'CreateCheckoutSuccess',
    })
    const checkouts = await world.data.withTenant(tenant.uuid, (tx) =>
      tx.rows(`select from billing.stripe_checkout`),
    )
    expect(checkouts).toHaveLength(1)
  })

  it('that is gone through twice leaves one subscription', async () => {
    const tenant = await world.tenant({ tier: 'TRIAL' })
    const urls = [
      await createCheckout(tenant.as('OWNER')),
      await createCheckout(tenant.as('OWNER'), { tier: 'ENTERPRISE' }),
    ]
    for (const { url } of urls) {
      world.stripe.control.completeCheckout(sessionIn(url))
      await handled(world)
    }
    const { data } = await world.sdk.subscriptions.list({ customer: await customerOf(world, tenant) })
    expect(data.map(({ items }) => items.data[0]?.price.lookup_key)).toEqual(['stormops_ENTERPRISE_v1'])
    expect(await planOf(tenant)).toEqual({ tier: 'ENTERPRISE', version: 1 })
  })

  it('of a smaller plan changes it when the month ends', async () => {
    const tenant = await world.tenant({ tier: 'ENTERPRISE' })
    await withCard(world, tenant)
    expect(await planOf(tenant)).toMatchObject({ tier: 'ENTERPRISE' })
    const lines = await planLines(tenant)
    expect(lines.map(({ tier }) => tier)).toEqual(['ENTERPRISE', 'STANDARD'])
    expect(lines[0]?.ends_at).toEqual(lines[1]?.starts_at)
    expect(lines[1]?.starts_at.getTime()).toBeGreaterThan(world.clock.now().getTime())
  })

  it('whose card is declined changes nothing', async () => {
    const tenant = await world.tenant({ tier: 'TRIAL' })
    const { url } = await createCheckout(tenant.as('OWNER'))
    world.stripe.control.failCheckout(sessionIn(url))
    await handled(world)
    expect(await planOf(tenant)).toMatchObject({ tier: 'TRIAL' })
  })

  it.each([
    ['successUrl', { successUrl: 'http://elsewhere.example.com/' }],
    ['successUrl', { successUrl: 'javascript:alert(1)' }],
    ['cancelUrl', { cancelUrl: 'not an address' }],
    ['tier', { tier: 'TRIAL' }],
  ])('is refused with a faulty %s: %j', async (field, over) => {
    const tenant = await world.tenant()
    expect(await createCheckout(tenant.as('OWNER'), over)).toMatchObject({
      __typename: 'InvalidInput',
      field,
    })
  })

  it('is begun by whoever manages the bill, suspended or not, and by nobody else', async () => {
    const tenant = await world.tenant()
    const { errors } = await tenant
      .as('ADMIN')
      .send(
        `mutation { createCheckout(input: { tier: STANDARD, successUrl: "https://a.example", cancelUrl: "https://a.example" }) { __typename } }`,
      )
    expect(errors[0]?.extensions.code).toBe('FORBIDDEN')
    await world.staff.data(
      `mutation ($id: ID!) { suspendTenant(input: { tenantId: $id, reason: "Papers" }) { __typename } }`,
      { id: tenant.id },
    )
    expect(await createCheckout(tenant.as('BILLING'))).toMatchObject({ __typename: 'CreateCheckoutSuccess' })
  })
})

describe('a subscription that ends', () => {
  it('leaves the plan to the end of the month, and the trial after it', async () => {
    const tenant = await world.tenant()
    const customer = await withCard(world, tenant)
    const [subscription] = (await world.sdk.subscriptions.list({ customer })).data
    await world.sdk.subscriptions.cancel(subscription?.id ?? '')
    await handled(world)
    expect(await planOf(tenant)).toMatchObject({ tier: 'STANDARD' })
    expect((await planLines(tenant)).map(({ tier }) => tier)).toEqual(['STANDARD', 'TRIAL'])
  })
})

describe('the portal', () => {
  const PORTAL = `mutation ($url: String!) {
    createBillingPortal(input: { returnUrl: $url }) {
      __typename ... on CreateBillingPortalSuccess { url } ... on InvalidInput { field }
    }
  }`

  it('opens for whoever manages the bill, and comes back to our own address too', async () => {
    const tenant = await world.tenant()
    const { createBillingPortal } = await tenant.as('BILLING').data(PORTAL, { url: `${world.url}/sandbox` })
    const page = await fetch(createBillingPortal.url)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain(`${world.url}/sandbox`)
  })

  it('comes back to the platform, as a checkout does, when nobody says where to', async () => {
    const billing = (await world.tenant()).as('BILLING')
    const { createBillingPortal, createCheckout } = await billing.data(`mutation {
      createBillingPortal { ... on CreateBillingPortalSuccess { url } }
      createCheckout(input: { tier: ENTERPRISE }) { ... on CreateCheckoutSuccess { url } }
    }`)
    const page = await (await fetch(createBillingPortal.url)).text()
    expect(page).toContain(world.url)
    const cancelled = await fetch(createCheckout.url, {
      method: 'POST',
      body: new URLSearchParams({ outcome: 'cancel' }),
      redirect: 'manual',
    })
    expect(cancelled.headers.get('location')).toMatch(new RegExp(`^${world.url}`))
  })

  it('sends nobody elsewhere', async () => {
    const tenant = await world.tenant()
    const { createBillingPortal } = await tenant
      .as('BILLING')
      .data(PORTAL, { url: 'http://elsewhere.example' })
    expect(createBillingPortal).toMatchObject({ __typename: 'InvalidInput', field: 'returnUrl' })
  })
})
