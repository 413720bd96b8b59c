/** Payments where a gateway, billing and a worker are processes of their own, and one of them is killed. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@stormops/chassis/clock'
import { signingKeys, signToken } from '@stormops/chassis/identity'
import { newId, publicId } from '@stormops/chassis/values/ids'
import { command, environmentOf, startProcesses } from '@stormops/cli/testing/platform-processes'
import type { PlatformProcesses } from '@stormops/cli/testing/platform-processes'
import { openStripeLoopback } from '@stormops/stripe-loopback'
import type { StripeLoopback } from '@stormops/stripe-loopback'
import { Stripe } from 'stripe'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'
import { until } from '@stormops/chassis/testing/until'
import { clientOf, uuidOf } from '../world/world.ts'
import type { Client } from '../world/world.ts'
import { anOpenInvoice, createCheckout, handled, pay, sessionIn } from './stripe-builders.ts'

let database: TestDatabase
let home: string
let loopback: StripeLoopback
let platform: PlatformProcesses
let staff: Client
let environment: Record<string, string>
beforeAll(async () => {
  database = await cloneDatabase()
  home = mkdtempSync(join(tmpdir(), 'stormops-stripe-'))
  loopback = await openStripeLoopback()
  environment = {
    STRIPE_SECRET_KEY: loopback.apiKey,
    STRIPE_WEBHOOK_SECRET: loopback.webhookSecret,
    STRIPE_API_BASE: loopback.url,
  }
  const { admin, secret } = database
  platform = await startProcesses({ admin, secret, home, environment })
  loopback.control.setWebhook({
    url: `${platform.url}/webhooks/stripe`,
    secret: loopback.webhookSecret,
  })
  staff = clientOf(platform.url, await tokenFor('STAFF', null))
})
afterAll(async () => {
  await platform?.close()
  await loopback?.close()
  await database?.close()
  rmSync(home, { recursive: true, force: true })
})

const tokenFor = async (role: 'STAFF' | 'OWNER', tenantId: string | null): Promise<string> =>
  signToken(
    await signingKeys(home),
    { subject: `test_${role}`, kind: role === 'STAFF' ? 'STAFF' : 'USER', tenantId, role },
    systemClock,
    3_600,
  )

const aCompany = async () => {
  const name = `Far Roofing ${newId().slice(-6)}`
  const { provisionTenant } = await staff.data(
    `mutation ($input: ProvisionTenantInput!) {
      provisionTenant(input: $input) { ... on ProvisionTenantSuccess { tenant { id } } ... on UserError { message } }
    }`,
    { input: { name, tier: 'STANDARD', adminEmail: 'owner@example.com' } },
  )
  const { id } = provisionTenant.tenant
  const uuid = uuidOf(id)
  const owner = clientOf(platform.url, await tokenFor('OWNER', uuid))
  const { url } = await createCheckout(owner)
  loopback.control.completeCheckout(sessionIn(url))
  const data = await database.open()
  await until(async () => {
    const rows = await data.withTenant(uuid, (tx) =>
      tx.rows(`select from billing.stripe_checkout where state = 'COMPLETED'`),
    )
    return rows.length === 1
  })
  const sdk = new Stripe(loopback.apiKey, { host: loopback.host, port: loopback.port, protocol: 'http' })
  const customers = await sdk.customers.list({ limit: 100 })
  const customer = customers.data.find(({ metadata }) => metadata['stormops_tenant'] === uuid)?.id ?? ''
  const tenant = { id, uuid, name, as: () => owner, publish: async () => undefined }
  return { tenant, owner, data, sdk, customer }
}

const statusOf = async (owner: Client): Promise<string> =>
  (await owner.data(`{ tenant { status } }`)).tenant.status

it('works again within seconds of a payment that another process is told of', async () => {
  const { tenant, owner, data, sdk, customer } = await aCompany()
  const invoice = await anOpenInvoice({ data, clock: { ...systemClock, pass: () => undefined } }, tenant)
  loopback.control.setCard(customer, 'DECLINING')
  for (let turn = 0; turn < 3; turn += 1) await pay(owner, invoice)
  expect(await statusOf(owner)).toBe('SUSPENDED')
  loopback.control.setCard(customer, 'GOOD')
  const [atStripe] = (await sdk.invoices.list({ customer, status: 'open' })).data
  await sdk.invoices.pay(atStripe?.id ?? '')
  await expect.poll(() => statusOf(owner), { timeout: 5_000, interval: 20 }).toBe('ACTIVE')
})

it('charges once when billing is killed between the charge and writing it down', async () => {
  const { tenant, owner, data, sdk, customer } = await aCompany()
  const invoice = await anOpenInvoice({ data, clock: { ...systemClock, pass: () => undefined } }, tenant)
  loopback.control.setCard(customer, 'DECLINING')
  await pay(owner, invoice)
  loopback.control.setCard(customer, 'GOOD')
  await handled({ staff, stripe: loopback })
  loopback.control.pauseWebhooks()
  // Stripe charges, and whoever asked is killed before it hears of it.
  loopback.control.failNext({
    method: 'POST',
    path: '/v1/invoices/in_',
    failure: 'LOST_ANSWER',
    times: 2,
  })
  const asked = owner
    .send(`mutation ($id: ID!) { payInvoice(input: { invoiceId: $id }) { __typename } }`, {
      id: publicId('inv', invoice.uuid),
    })
    .catch(() => null)
  const succeeded = async (): Promise<readonly number[]> => {
    const intents = await sdk.paymentIntents.list({ customer, limit: 100 })
    return intents.data.filter(({ status }) => status === 'succeeded').map(({ amount }) => amount)
  }
  await until(async () => (await succeeded()).length === 1)
  await platform.stop('billing', 'SIGKILL')
  await asked
  await platform.start('billing')
  expect(await succeeded()).toEqual([85_000])
  const states = () =>
    data.withTenant(tenant.uuid, (tx) =>
      tx.rows<{ state: string }>(
        `select state from billing.payment_attempt where invoice_id = $1 order by attempt`,
        [invoice.uuid],
      ),
    )
  expect(await states()).toEqual([{ state: 'FAILED' }, { state: 'PENDING' }])
  const compared = await reconcile('--dry-run')
  expect(compared.differences).toContainEqual(
    expect.objectContaining({ kind: 'PAYMENT_MISSED', tenantId: tenant.uuid, outcome: 'REPAIRABLE' }),
  )
  expect(await pay(owner, invoice)).toMatchObject({ __typename: 'PayInvoiceSuccess', attempt: 2 })
  expect(await states()).toEqual([{ state: 'FAILED' }, { state: 'SUCCEEDED' }])
  expect(await succeeded()).toEqual([85_000])
  loopback.control.resumeWebhooks()
  await loopback.control.whenDelivered()
  expect((await reconcile()).code).toBe(0)
  expect(await succeeded()).toEqual([85_000])
})

const reconcile = async (...parameters: readonly string[]) => {
  const { admin, secret } = database
  const { code, output, complaint } = await command(
    ['stripe', 'reconcile', '--json', ...parameters],
    environmentOf({ admin, secret, home }, { ...environment, PUBLIC_URL: platform.url }),
  )
  if (output === '') throw new Error(complaint)
  const found: { readonly differences: readonly { readonly kind: string }[] } = JSON.parse(output)
  return { code, differences: found.differences }
}
