import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aStorm, CREATE_STORM } from '../storms/storm-builders.ts'
import {
  anOpenInvoice,
  attemptsOf,
  chargesOf,
  handled,
  openStripeWorld,
  pay,
  statusOf,
  tenantStatus,
  withCard,
} from './stripe-builders.ts'
import type { StripeWorld } from './stripe-builders.ts'

let world: StripeWorld
beforeAll(async () => {
  world = await openStripeWorld()
})
afterAll(() => world.close())

const mailsAbout = async (text: string): Promise<readonly string[]> => {
  const page = await (await fetch(`${world.url}/dev/mail`)).text()
  return [...page.matchAll(/<a href="[^"]+">([^<]*)<\/a>/g)]
    .map(([, subject = '']) => subject)
    .filter((subject) => subject.includes(text))
}

describe('an open invoice', () => {
  it('is charged three days after it opened, once, line by line at Stripe', async () => {
    const tenant = await world.tenant()
    const customer = await withCard(world, tenant)
    const invoice = await anOpenInvoice(world, tenant)
    await world.collect()
    expect(await attemptsOf(world, tenant, invoice)).toEqual([])
    world.clock.pass(3)
    await world.collect()
    await world.collect()
    expect(await statusOf(world, tenant, invoice)).toBe('PAID')
    expect(await attemptsOf(world, tenant, invoice)).toEqual([
      { attempt: 1, source: 'SCHEDULE', state: 'SUCCEEDED', code: null },
    ])
    expect(await chargesOf(world, customer)).toEqual([85_000])
    const { data } = await world.sdk.invoices.list({ customer, status: 'paid' })
    const ours = data.filter(({ metadata }) => metadata?.['stormops_invoice'] === invoice.uuid)
    expect(ours).toHaveLength(1)
    expect(ours[0]).toMatchObject({ number: invoice.number, total: 85_000, auto_advance: false })
    const lines = await world.sdk.invoices.listLineItems(ours[0]?.id ?? '')
    expect(lines.data.map(({ amount, description }) => [description, amount]).toSorted()).toEqual([
      ['Line 1', 50_000],
      ['Line 2', 35_000],
    ])
  })

  it('is paid by its company at once, and a second click charges nothing', async () => {
    const tenant = await world.tenant()
    const customer = await withCard(world, tenant)
    const invoice = await anOpenInvoice(world, tenant)
    const owner = tenant.as('BILLING')
    const answers = await Promise.all([pay(owner, invoice), pay(owner, invoice), pay(owner, invoice)])
    expect(answers.filter(({ __typename }) => __typename === 'PayInvoiceSuccess').length).toBeGreaterThan(0)
    expect(
      answers.every(({ __typename }) => ['PayInvoiceSuccess', 'InvoiceNotPayable'].includes(__typename)),
    ).toBe(true)
    expect(await pay(owner, invoice)).toMatchObject({ __typename: 'InvoiceNotPayable' })
    expect(await chargesOf(world, customer)).toEqual([85_000])
    expect(await statusOf(world, tenant, invoice)).toBe('PAID')
  })

  it('gives the same answer for the same key', async () => {
    const tenant = await world.tenant()
    const customer = await withCard(world, tenant)
    const invoice = await anOpenInvoice(world, tenant)
    const first = await pay(tenant.as('OWNER'), invoice, 'a-key')
    expect(first).toMatchObject({ __typename: 'PayInvoiceSuccess', attempt: 1 })
    expect(await pay(tenant.as('OWNER'), invoice, 'a-key')).toEqual(first)
    expect(await chargesOf(world, customer)).toHaveLength(1)
  })

  it('is charged for what its credit notes leave', async () => {
    const tenant = await world.tenant()
    const customer = await withCard(world, tenant)
    const invoice = await anOpenInvoice(world, tenant)
    world.stripe.control.setCard(customer, 'DECLINING')
    expect(await pay(tenant.as('OWNER'), invoice)).toMatchObject({ __typename: 'PaymentDeclined' })
    await world.data.withTenant(tenant.uuid, (tx) =>
      tx.change(`update billing.invoice set credited = 35000 where id = $1`, [invoice.uuid]),
    )
    world.stripe.control.setCard(customer, 'GOOD')
    expect(await pay(tenant.as('OWNER'), invoice)).toMatchObject({ __typename: 'PayInvoiceSuccess' })
    const paid = await world.sdk.invoices.list({ customer, status: 'paid' })
    const ours = paid.data.find(({ metadata }) => metadata?.['stormops_invoice'] === invoice.uuid)
    expect(ours).toMatchObject({ amount_paid: 50_000 })
  })

  it('is another company’s to nobody', async () => {
    const [us, them] = [await world.tenant(), await world.tenant()]
    await withCard(world, them)
    const invoice = await anOpenInvoice(world, us)
    expect(await pay(them.as('OWNER'), invoice)).toMatchObject({ __typename: 'NotFound' })
    const { errors } = await us
      .as('ADMIN')
      .send(`mutation ($id: ID!) { payInvoice(input: { invoiceId: $id }) { __typename } }`, {
        id: invoice.id,
      })
    expect(errors[0]?.extensions.code).toBe('FORBIDDEN')
  })
})

describe('a payment that fails', () => {
  it('is told by mail with the way to pay, and tried again', async () => {
    const tenant = await world.tenant({ name: `Failing ${process.pid}` })
    const customer = await withCard(world, tenant)
    world.stripe.control.setCard(customer, 'DECLINING')
    const invoice = await anOpenInvoice(world, tenant)
    expect(await pay(tenant.as('OWNER'), invoice)).toMatchObject({
      __typename: 'PaymentDeclined',
      attempt: 1,
      declineCode: 'generic_decline',
    })
    expect(await statusOf(world, tenant, invoice)).toBe('OPEN')
    expect(await tenantStatus(tenant)).toBe('ACTIVE')
    await handled(world)
    await expect.poll(() => mailsAbout(invoice.number)).toHaveLength(1)
    world.stripe.control.setCard(customer, 'GOOD')
    world.clock.pass(3)
    await world.collect()
    expect(await attemptsOf(world, tenant, invoice)).toEqual([
      { attempt: 1, source: 'CUSTOMER', state: 'FAILED', code: 'generic_decline' },
      { attempt: 2, source: 'SCHEDULE', state: 'SUCCEEDED', code: null },
    ])
  })

  it('suspends on the third in a row over two invoices, and a payment lifts it within seconds', async () => {
    const tenant = await world.tenant()
    const owner = tenant.as('OWNER')
    const customer = await withCard(world, tenant)
    world.stripe.control.setCard(customer, 'DECLINING')
    const [one, two] = [
      await anOpenInvoice(world, tenant, { month: 1 }),
      await anOpenInvoice(world, tenant, { month: 2 }),
    ]
    await pay(owner, one)
    await pay(owner, two)
    expect(await tenantStatus(tenant)).toBe('ACTIVE')
    expect(await pay(owner, one)).toMatchObject({ __typename: 'PaymentDeclined', attempt: 2 })
    expect(await tenantStatus(tenant)).toBe('SUSPENDED')
    const refused = await owner.send(CREATE_STORM, { input: aStorm() })
    expect(refused.errors[0]?.extensions).toMatchObject({
      code: 'TENANT_SUSPENDED',
      invoice: { number: one.number },
    })
    world.stripe.control.setCard(customer, 'GOOD')
    expect(await pay(owner, one)).toMatchObject({ __typename: 'PayInvoiceSuccess' })
    await expect.poll(() => tenantStatus(tenant), { timeout: 5_000, interval: 20 }).toBe('ACTIVE')
    const { createStorm } = await owner.data(CREATE_STORM, { input: aStorm() })
    expect(createStorm.__typename).toBe('CreateStormSuccess')
    await expect.poll(() => mailsAbout(`suspended until invoice ${one.number}`)).toHaveLength(1)
  })

  it('begins a new row after a payment', async () => {
    const tenant = await world.tenant()
    const owner = tenant.as('OWNER')
    const customer = await withCard(world, tenant)
    const [one, two] = [
      await anOpenInvoice(world, tenant, { month: 1 }),
      await anOpenInvoice(world, tenant, { month: 2 }),
    ]
    world.stripe.control.setCard(customer, 'DECLINING')
    await pay(owner, one)
    await pay(owner, one)
    world.stripe.control.setCard(customer, 'GOOD')
    await pay(owner, one)
    world.stripe.control.setCard(customer, 'DECLINING')
    await pay(owner, two)
    await pay(owner, two)
    expect(await tenantStatus(tenant)).toBe('ACTIVE')
    await pay(owner, two)
    expect(await tenantStatus(tenant)).toBe('SUSPENDED')
  })

  it('is given up after the fourth time by schedule, and can still be paid', async () => {
    const tenant = await world.tenant()
    const customer = await withCard(world, tenant)
    world.stripe.control.setCard(customer, 'DECLINING')
    const invoice = await anOpenInvoice(world, tenant)
    for (const days of [3, 3, 5, 10]) {
      world.clock.pass(days)
      await world.collect()
    }
    expect((await attemptsOf(world, tenant, invoice)).map(({ state }) => state)).toEqual(
      Array.from({ length: 4 }, () => 'FAILED'),
    )
    expect(await statusOf(world, tenant, invoice)).toBe('UNCOLLECTIBLE')
    expect(await tenantStatus(tenant)).toBe('SUSPENDED')
    world.stripe.control.setCard(customer, 'GOOD')
    expect(await pay(tenant.as('OWNER'), invoice)).toMatchObject({ __typename: 'PayInvoiceSuccess' })
    expect(await statusOf(world, tenant, invoice)).toBe('PAID')
    expect(await tenantStatus(tenant)).toBe('ACTIVE')
  })

  it('fails for a company that never gave a card', async () => {
    const tenant = await world.tenant()
    const invoice = await anOpenInvoice(world, tenant)
    expect(await pay(tenant.as('OWNER'), invoice)).toMatchObject({
      __typename: 'PaymentDeclined',
      declineCode: 'no_payment_method',
    })
  })
})

describe('a charge whose answer was lost', () => {
  /** An invoice that Stripe has, so that the next thing asked of it is the charge itself. */
  const aPushedInvoice = async () => {
    const tenant = await world.tenant()
    const customer = await withCard(world, tenant)
    const invoice = await anOpenInvoice(world, tenant)
    world.stripe.control.setCard(customer, 'DECLINING')
    await pay(tenant.as('OWNER'), invoice)
    await handled(world)
    return { tenant, customer, invoice, owner: tenant.as('OWNER') }
  }
  /** Stripe does what it is asked, and nobody hears of it: both of the SDK's own tries break off. */
  const loseTheCharge = () =>
    world.stripe.control.failNext({
      method: 'POST',
      path: '/v1/invoices/in_',
      failure: 'LOST_ANSWER',
      times: 2,
    })

  it('is asked again under its key, and charged once', async () => {
    const { customer, invoice, owner, tenant } = await aPushedInvoice()
    world.stripe.control.setCard(customer, 'GOOD')
    world.stripe.control.pauseWebhooks()
    loseTheCharge()
    expect(await pay(owner, invoice)).toMatchObject({ __typename: 'PaymentPending', attempt: 2 })
    expect(await chargesOf(world, customer)).toEqual([85_000])
    expect(await statusOf(world, tenant, invoice)).toBe('OPEN')
    expect(await pay(owner, invoice)).toMatchObject({ __typename: 'PayInvoiceSuccess', attempt: 2 })
    expect(await chargesOf(world, customer)).toEqual([85_000])
    world.stripe.control.resumeWebhooks()
    await handled(world)
    expect((await attemptsOf(world, tenant, invoice)).map(({ state }) => state)).toEqual([
      'FAILED',
      'SUCCEEDED',
    ])
  })

  it('is learnt from the webhook when whoever asked is gone', async () => {
    const { customer, invoice, owner, tenant } = await aPushedInvoice()
    world.stripe.control.setCard(customer, 'GOOD')
    world.stripe.control.pauseWebhooks()
    loseTheCharge()
    expect(await pay(owner, invoice)).toMatchObject({ __typename: 'PaymentPending' })
    world.stripe.control.resumeWebhooks()
    await handled(world)
    expect(await statusOf(world, tenant, invoice)).toBe('PAID')
    expect(await chargesOf(world, customer)).toEqual([85_000])
  })

  it('counts once when it was a failure, however often it is told of', async () => {
    const { invoice, owner, tenant } = await aPushedInvoice()
    world.stripe.control.pauseWebhooks()
    loseTheCharge()
    expect(await pay(owner, invoice)).toMatchObject({ __typename: 'PaymentPending', attempt: 2 })
    world.stripe.control.resumeWebhooks()
    await handled(world)
    const failures = world.stripe.control.events().filter(({ type }) => type === 'invoice.payment_failed')
    for (const { id } of failures.slice(-3)) await world.stripe.control.redeliver(id)
    await handled(world)
    expect((await attemptsOf(world, tenant, invoice)).map(({ state }) => state)).toEqual(['FAILED', 'FAILED'])
    expect(await tenantStatus(tenant)).toBe('ACTIVE')
  })

  it('is looked after by the schedule when whoever asked is gone', async () => {
    const tenant = await world.tenant()
    const customer = await withCard(world, tenant)
    const invoice = await anOpenInvoice(world, tenant)
    world.stripe.control.pauseWebhooks()
    world.stripe.control.failNext({ path: '/v1/invoices', failure: 'NO_ANSWER', times: 2 })
    expect(await pay(tenant.as('OWNER'), invoice)).toMatchObject({ __typename: 'PaymentPending' })
    expect(await chargesOf(world, customer)).toEqual([])
    world.clock.pass(0.01)
    await world.collect()
    expect(await statusOf(world, tenant, invoice)).toBe('PAID')
    expect(await chargesOf(world, customer)).toEqual([85_000])
    world.stripe.control.resumeWebhooks()
    await handled(world)
  })

  it.each(['ERROR', 'RATE_LIMIT'] as const)('waits out a Stripe that answers %s', async (failure) => {
    const tenant = await world.tenant()
    const customer = await withCard(world, tenant)
    const invoice = await anOpenInvoice(world, tenant)
    world.stripe.control.failNext({ method: 'POST', path: '/v1/', failure, times: 4 })
    expect(await pay(tenant.as('OWNER'), invoice)).toMatchObject({ __typename: 'PaymentPending' })
    world.clock.pass(0.01)
    await world.collect()
    await sleep(100)
    await world.collect()
    expect(await statusOf(world, tenant, invoice)).toBe('PAID')
    expect(await chargesOf(world, customer)).toEqual([85_000])
  })
})
