import { createHmac } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { hurryRetries } from '../world/hurry-retries.ts'
import { until } from '@stormops/chassis/testing/until'
import {
  anOpenInvoice,
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
import type { StripeWorld } from './stripe-builders.ts'

let world: StripeWorld
beforeAll(async () => {
  world = await openStripeWorld()
})
afterEach(() => world.stripe.control.resumeWebhooks())
afterAll(() => world.close())

const DELIVERIES = `query ($filter: WebhookDeliveryFilter, $first: Int, $after: String) {
  webhookDeliveries(filter: $filter, first: $first, after: $after) {
    edges { cursor node { eventId type object customer tenantId deliveries state attempts error settledAt } }
    pageInfo { hasNextPage endCursor }
  }
}`

const deliveries = async (filter: object = {}, page: object = {}) => {
  const { webhookDeliveries } = await world.staff.data(DELIVERIES, { filter, ...page })
  return webhookDeliveries.edges.map(({ node }: any) => node)
}
const delivery = async (eventId: string) =>
  (await deliveries({}, { first: 100 })).find((node: any) => node.eventId === eventId)

const anEvent = (over: object = {}) => ({
  id: `evt_${Math.random().toString(36).slice(2)}`,
  object: 'event',
  type: 'invoice.paid',
  created: Math.floor(world.clock.now().getTime() / 1_000),
  livemode: false,
  data: { object: { id: 'in_unknown', object: 'invoice', customer: 'cus_unknown' } },
  ...over,
})

const signed = (body: string, secondsAgo = 0, secret = world.stripe.webhookSecret): string => {
  const at = Math.floor(world.clock.now().getTime() / 1_000) - secondsAgo
  const digest = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')
  return `t=${at},v1=${digest}`
}

const send = (body: string, signature: string | null): Promise<Response> =>
  fetch(`${world.url}/webhooks/stripe`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(signature === null ? {} : { 'stripe-signature': signature }),
    },
    body,
  })

const codeIn = async (response: Response): Promise<string> => {
  const body: any = await response.json()
  return body.errors[0].extensions.code
}

const eventsOf = (type: string, objectId: string) =>
  world.stripe.control
    .events()
    .filter((event) => event.type === type && JSON.stringify(event.data.object).includes(objectId))

describe('the door', () => {
  it.each([
    ['without a signature', (_body: string) => null],
    ['with another secret', (body: string) => signed(body, 0, 'whsec_other')],
    ['with a signature over another body', () => signed('{}')],
    ['that was signed six minutes ago', (body: string) => signed(body, 360)],
    ['with no signature that can be read', () => 'v1=nothing'],
  ])('refuses a webhook %s, and keeps nothing', async (_what, signature) => {
    const event = anEvent()
    const body = JSON.stringify(event)
    const response = await send(body, signature(body))
    expect(response.status).toBe(400)
    expect(await codeIn(response)).toBe('BAD_INPUT')
    expect(await delivery(event.id)).toBeUndefined()
  })

  it('refuses one that is signed and no JSON, and one that is too large', async () => {
    expect((await send('not JSON', signed('not JSON'))).status).toBe(400)
    const large = JSON.stringify({ pad: 'x'.repeat(600_000) })
    expect((await send(large, signed(large))).status).toBe(413)
  })

  it('keeps one of an unknown customer, and does not try it again', async () => {
    const event = anEvent()
    const body = JSON.stringify(event, null, 2)
    expect((await send(body, signed(body))).status).toBe(200)
    await until(async () => (await delivery(event.id))?.state === 'UNMATCHED')
    expect(await delivery(event.id)).toMatchObject({
      type: 'invoice.paid',
      object: 'in_unknown',
      customer: 'cus_unknown',
      tenantId: null,
      attempts: 1,
      deliveries: 1,
    })
  })

  it('takes one that comes twice once', async () => {
    const event = anEvent({ type: 'charge.succeeded' })
    const body = JSON.stringify(event)
    await send(body, signed(body))
    await until(async () => (await delivery(event.id))?.state === 'IGNORED')
    expect((await send(body, signed(body, 200))).status).toBe(200)
    await handled(world)
    expect(await delivery(event.id)).toMatchObject({ deliveries: 2, attempts: 1, state: 'IGNORED' })
  })

  it('says that payments are not configured where they are not', async () => {
    const without = await openStripeWorld({ payments: 'none' })
    try {
      const response = await fetch(`${without.url}/webhooks/stripe`, { method: 'POST', body: '{}' })
      expect(response.status).toBe(503)
      expect(await codeIn(response)).toBe('UNAVAILABLE')
      const tenant = await without.tenant()
      const invoice = await anOpenInvoice(without, tenant)
      expect(await pay(tenant.as('OWNER'), invoice)).toMatchObject({ __typename: 'PaymentsNotConfigured' })
      expect(await createCheckout(tenant.as('OWNER'))).toMatchObject({ __typename: 'PaymentsNotConfigured' })
      await without.collect()
      expect(await statusOf(without, tenant, invoice)).toBe('OPEN')
    } finally {
      await without.close()
    }
  })
})

describe('webhooks', () => {
  it('in any order, twice, and late end in the same', async () => {
    const tenant = await world.tenant({ tier: 'TRIAL' })
    const owner = tenant.as('OWNER')
    world.stripe.control.pauseWebhooks()
    const before = world.stripe.control.events().length
    const { url } = await createCheckout(owner)
    world.stripe.control.completeCheckout(sessionIn(url))
    const customer = await customerOf(world, tenant)
    const [subscription] = (await world.sdk.subscriptions.list({ customer })).data
    await world.sdk.subscriptions.update(subscription?.id ?? '', { description: 'looked at' })
    const ids = world.stripe.control
      .events()
      .slice(before)
      .map(({ id }) => id)
    expect(ids.length).toBeGreaterThan(5)
    const attempts = await world.stripe.control.deliver([...ids.toReversed(), ...ids])
    expect(attempts.every(({ status }) => status === 200)).toBe(true)
    await handled(world)
    const { plan } = await owner.data(`{ plan { tier version } }`)
    expect(plan).toEqual({ tier: 'STANDARD', version: 1 })
    const rows = await world.data.withTenant(tenant.uuid, (tx) =>
      tx.rows(`select tier, ends_at from billing.subscription order by starts_at`),
    )
    expect(rows).toHaveLength(2)
    for (const id of ids) {
      expect(await delivery(id)).toMatchObject({
        deliveries: 2,
        state: expect.stringMatching(/^(HANDLED|IGNORED)$/),
      })
    }
  })

  it('bring a payment that was made at Stripe within seconds', async () => {
    const tenant = await world.tenant()
    const customer = await withCard(world, tenant)
    const invoice = await anOpenInvoice(world, tenant)
    world.stripe.control.setCard(customer, 'DECLINING')
    for (let turn = 0; turn < 3; turn += 1) await pay(tenant.as('OWNER'), invoice)
    expect(await tenantStatus(tenant)).toBe('SUSPENDED')
    world.stripe.control.setCard(customer, 'GOOD')
    const [atStripe] = (await world.sdk.invoices.list({ customer, status: 'open' })).data
    await world.sdk.invoices.pay(atStripe?.id ?? '')
    await expect.poll(() => tenantStatus(tenant), { timeout: 5_000, interval: 20 }).toBe('ACTIVE')
    expect(await statusOf(world, tenant, invoice)).toBe('PAID')
    const [failed] = eventsOf('invoice.payment_failed', atStripe?.id ?? '')
    await world.stripe.control.redeliver(failed?.id ?? '')
    await handled(world)
    expect(await statusOf(world, tenant, invoice)).toBe('PAID')
    expect(await tenantStatus(tenant)).toBe('ACTIVE')
    expect(await chargesOf(world, customer)).toEqual([85_000])
  })

  it('wait out a Stripe that is away, and are dead letters for staff to replay after the last try', async () => {
    const tenant = await world.tenant()
    const customer = await withCard(world, tenant)
    const [subscription] = (await world.sdk.subscriptions.list({ customer })).data
    const id = subscription?.id ?? ''
    world.stripe.control.failNext({
      method: 'GET',
      path: `/v1/subscriptions/${id}`,
      failure: 'ERROR',
      times: 12,
    })
    await world.sdk.subscriptions.cancel(id)
    const [ended] = eventsOf('customer.subscription.deleted', id)
    const eventId = ended?.id ?? ''
    await until(async () => (await delivery(eventId))?.state === 'RETRYING')
    await until(async () => {
      // Minutes lie between the later tries; nobody here waits for them.
      await hurryRetries(world.database.admin)
      return (await delivery(eventId))?.state === 'DEAD'
    })
    const dead = await deliveries({ state: 'DEAD', tenantId: tenant.id })
    expect(dead).toHaveLength(1)
    expect(dead[0]).toMatchObject({
      eventId,
      attempts: 6,
      tenantId: tenant.id,
      error: expect.stringContaining('Stripe does not answer'),
    })
    const { replayWebhook } = await world.staff.data(
      `mutation ($id: ID!) { replayWebhook(input: { eventId: $id }) { __typename ... on ReplayWebhookSuccess { jobId } } }`,
      { id: eventId },
    )
    expect(replayWebhook.__typename).toBe('ReplayWebhookSuccess')
    await until(async () => (await delivery(eventId))?.state === 'HANDLED')
    const rows = await world.data.withTenant(tenant.uuid, (tx) =>
      tx.rows(`select status from billing.stripe_subscription`),
    )
    expect(rows).toEqual([{ status: 'canceled' }])
    const audit = await world.data.withTenant(tenant.uuid, (tx) =>
      tx.rows(
        `select actor_kind, subject_id from tenancy.audit_event where action = 'billing.replayWebhook'`,
      ),
    )
    expect(audit).toEqual([{ actor_kind: 'STAFF', subject_id: eventId }])
  })

  it('are listed for staff alone, page by page', async () => {
    const tenant = await world.tenant()
    for (const query of [DELIVERIES, `{ reconciliations { edges { node { id } } } }`]) {
      const { errors } = await tenant.as('OWNER').send(query)
      expect(errors[0]?.extensions.code).toBe('FORBIDDEN')
    }
    const every = await deliveries({}, { first: 5 })
    const { webhookDeliveries: first } = await world.staff.data(DELIVERIES, { first: 2 })
    const { webhookDeliveries: second } = await world.staff.data(DELIVERIES, {
      first: 3,
      after: first.pageInfo.endCursor,
    })
    const ids = [...first.edges, ...second.edges].map(({ node }: any) => node.eventId)
    expect(ids).toEqual(every.map(({ eventId }: any) => eventId))
    const unknown = await world.staff.data(
      `mutation { replayWebhook(input: { eventId: "evt_nothing" }) { __typename } }`,
    )
    expect(unknown.replayWebhook.__typename).toBe('NotFound')
  })
})
