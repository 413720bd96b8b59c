/** The platform is killed where money is counted: with invoices numbered and not written, and with a charge answered and not noted. */
import type { Database } from '@stormops/chassis/database/database'
import { openBoss } from '@stormops/chassis/jobs/boss'
import type { JobDefinition } from '@stormops/chassis/jobs/define-job'
import { createQueue } from '@stormops/chassis/jobs/queue'
import { createLog } from '@stormops/chassis/telemetry/log'
import { PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import { openStripeLoopback } from '@stormops/stripe-loopback'
import type { StripeLoopback } from '@stormops/stripe-loopback'
import { Stripe } from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLOSE_GRACE_MS, closeMonthJob } from '../../subgraphs/billing/src/jobs/close-months.ts'
import { collectPayments } from '../../subgraphs/billing/src/jobs/stripe-jobs.ts'
import { writeUsage } from '../../subgraphs/billing/src/store/ledger-write.ts'
import { anAccount } from '../billing/closing.ts'
import { aUsage } from '../billing/invoice-builders.ts'
import { anOpenInvoice, createCheckout, DAY_MS, sessionIn } from '../billing/stripe-builders.ts'
import { until } from '@stormops/chassis/testing/until'
import { assertUnharmed } from './invariants.ts'
import type { Company } from './journal.ts'
import { openKilledPlatform } from './killed-platform.ts'
import type { KilledPlatform } from './killed-platform.ts'

let platform: KilledPlatform
let loopback: StripeLoopback
let data: Database
let company: Company
beforeAll(async () => {
  loopback = await openStripeLoopback()
  platform = await openKilledPlatform()
  data = await platform.killable.database.open()
  await startAt('billing.close.numbered=kill,billing.charge.answered=kill')
  company = await platform.company('Charged Roofing')
})
afterAll(async () => {
  await platform?.close()
  await loopback?.close()
})

const startAt = async (failpoints: string): Promise<void> => {
  await platform.killable.start({
    failpoints,
    stripe: { secretKey: loopback.apiKey, webhookSecret: loopback.webhookSecret, apiBase: loopback.url },
  })
  loopback.control.setWebhook({
    url: `${platform.url()}/webhooks/stripe`,
    secret: loopback.webhookSecret,
  })
}

/** As the clock does; returns the job's id. */
const handIn = async (job: JobDefinition<object>): Promise<string> => {
  const boss = await openBoss(platform.killable.database.app, createLog('silent'), 'sends')
  try {
    return await data.withTenant(PLATFORM_TENANT_ID, (tx) => createQueue(boss).enqueue(tx, job, {}))
  } finally {
    await boss.stop({ graceful: false })
  }
}

const jobIs = (id: string, state: string): Promise<void> =>
  until(
    async () =>
      (await platform.rows.one<{ state: string }>('select state from chassis.job_run where id = $1', [id]))
        .state === state,
  )

const COMPANIES = 5

/** The last month of UTC that may be closed by now. */
const lastMonth = (): Date => {
  const now = new Date(Date.now() - CLOSE_GRACE_MS)
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1))
}

describe('a platform that is killed', () => {
  it('with a month’s invoices numbered and not written, asks each company once, and no number is missing', async () => {
    const opened = lastMonth()
    const worked = new Date(opened.getTime() + 10 * DAY_MS)
    for (let place = 0; place < COMPANIES; place += 1) {
      const { uuid } = await anAccount(data, { timeZone: 'UTC', openedAt: opened.toISOString() })
      const storms = aUsage(uuid, { quantity: 7n, occurredAt: worked })
      await data.withTenant(uuid, (tx) => writeUsage(tx, [storms], worked))
    }
    const job = await handIn(closeMonthJob)
    await platform.killable.died()
    const invoices = () =>
      platform.rows.many<{ number: string; tenant_id: string }>(
        'select number, tenant_id from billing.invoice order by number',
      )
    expect(await invoices()).toEqual([])
    await startAt('billing.charge.answered=kill')
    await jobIs(job, 'SUCCEEDED')
    const written = await invoices()
    expect(written.map(({ number }) => number)).toEqual(
      Array.from({ length: COMPANIES }, (_, place) => `INV-${String(place + 1).padStart(6, '0')}`),
    )
    expect(new Set(written.map(({ tenant_id }) => tenant_id)).size).toBe(COMPANIES)
    const closes = `select max(attempts)::int as attempts from chassis.job_run where name = $1`
    expect(await platform.rows.one(closes, [closeMonthJob.name])).toEqual({ attempts: 2 })
    await assertUnharmed(platform)
  })

  it('with a charge answered and not noted, has charged once, and knows by itself that it is paid', async () => {
    const owner = await platform.killable.client(company.uuid)
    const { url } = await createCheckout(owner)
    loopback.control.completeCheckout(sessionIn(url))
    const checkouts = `select from billing.stripe_checkout where tenant_id = $1 and state = 'COMPLETED'`
    await until(async () => (await platform.rows.many(checkouts, [company.uuid])).length === 1)
    // What Stripe tells of the charge must not be how it is found out.
    loopback.control.pauseWebhooks()
    const fourDaysAgo = { now: () => new Date(Date.now() - 4 * DAY_MS), pass: () => undefined }
    const tenant = { id: '', uuid: company.uuid, name: '', as: () => owner, publish: async () => undefined }
    const invoice = await anOpenInvoice({ data, clock: fourDaysAgo }, tenant)
    const before = await charges()
    await handIn(collectPayments)
    await platform.killable.died()
    const stored = () =>
      platform.rows.one<{ status: string; attempt: number; state: string }>(
        `select i.status, a.attempt, a.state from billing.invoice i
           join billing.payment_attempt a on a.tenant_id = i.tenant_id and a.invoice_id = i.id where i.id = $1`,
        [invoice.uuid],
      )
    expect(await stored()).toEqual({ status: 'OPEN', attempt: 1, state: 'PENDING' })
    expect(await charges()).toBe(before + 1)
    await startAt('')
    loopback.control.pauseWebhooks()
    await until(async () => (await stored()).status === 'PAID')
    expect(await stored()).toEqual({ status: 'PAID', attempt: 1, state: 'SUCCEEDED' })
    expect(await charges()).toBe(before + 1)
    loopback.control.resumeWebhooks()
    // The invoice of this test was written by hand, without a month behind it.
    await assertUnharmed({ ...platform, provenInvoices: async () => [] })
    expect(await charges()).toBe(before + 1)
  })
})

/** Payments of the company that Stripe has taken. */
const charges = async (): Promise<number> => {
  const sdk = new Stripe(loopback.apiKey, { host: loopback.host, port: loopback.port, protocol: 'http' })
  const customers = await sdk.customers.list({ limit: 100 })
  const ours = customers.data.find(({ metadata }) => metadata['stormops_tenant'] === company.uuid)
  const taken = await sdk.paymentIntents.list({ customer: ours?.id ?? '', limit: 100 })
  return taken.data.filter(({ status }) => status === 'succeeded').length
}
