/** The platform is killed between two writes, at each place where something would be lost or done twice. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStripeLoopback } from '@stormops/stripe-loopback'
import type { StripeLoopback } from '@stormops/stripe-loopback'
import { Stripe } from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toCsv } from '../../subgraphs/storms/src/synthetic/property-csv.ts'
import {
  aProperty,
  aStorm,
  CREATE_STORM,
  createStorm,
  IMPORT,
  START_PILOT,
  scoreStorm,
  importProperties,
  pilotIs,
  upload,
} from '../storms/storm-builders.ts'
import { until } from '@stormops/chassis/testing/until'
import type { Client } from '../world/world.ts'
import { work } from './crew.ts'
import { assertUnharmed } from './invariants.ts'
import type { Company } from './journal.ts'
import { openKilledPlatform } from './killed-platform.ts'
import type { KilledPlatform } from './killed-platform.ts'

let platform: KilledPlatform
let loopback: StripeLoopback
let company: Company
let owner: Client
beforeAll(async () => {
  loopback = await openStripeLoopback()
  platform = await openKilledPlatform()
  await startAt()
  company = await platform.company('Killed Roofing')
  await platform.company('Quiet Roofing')
  owner = await platform.killable.client(company.uuid)
})
afterAll(async () => {
  await platform?.close()
  await loopback?.close()
})

/** With the platform that runs, where one does: a start takes seconds. */
const startAt = async (failpoints = ''): Promise<void> => {
  if (await platform.killable.arm(failpoints)) return
  await platform.killable.start({
    failpoints,
    stripe: { secretKey: loopback.apiKey, webhookSecret: loopback.webhookSecret, apiBase: loopback.url },
  })
}

/** Asks something that kills the platform, and again once it is back. */
const askedTwice = async (failpoints: string, query: string, variables: object): Promise<any> => {
  await startAt(failpoints)
  const cut = await platform.journal.ask(company, query, variables)
  expect(cut.kind).toBe('lost')
  await platform.killable.died()
  await startAt()
  const said = await platform.journal.ask(company, query, variables)
  if (said.kind === 'lost') throw new Error(said.reason)
  expect(said.codes).toEqual([])
  return said.data
}

const count = async (table: string, where = 'true'): Promise<number> =>
  (
    await platform.rows.one<{ n: number }>(
      `select count(*)::int as n from ${table} where tenant_id = $1 and ${where}`,
      [company.uuid],
    )
  ).n

describe('a platform that is killed', () => {
  it.each(['worked', 'committed'])(
    'when a command has %s does it once, for a client that asks again under its key',
    async (moment) => {
      const before = await count('storms.storm')
      const input = aStorm({ eventId: `killed-${moment}` })
      const variables = { input, key: `killed-${moment}` }
      const { createStorm: created } = await askedTwice(
        `storms.createStorm.${moment}=kill`,
        CREATE_STORM,
        variables,
      )
      expect(created.__typename).toBe('CreateStormSuccess')
      platform.journal.keep(company, { kind: 'storm', stormId: created.storm.id })
      expect(await count('storms.storm')).toBe(before + 1)
      await assertUnharmed(platform)
    },
  )

  it('when an answer is counted and not sent, or in the ledger and still on disk, counts it once', async () => {
    await startAt('metering.kept=kill')
    const calls = `metric = 'API_CALLS'`
    const before = await count('billing.usage_event', calls)
    const asked = `query KilledWhileCounting { viewer { tenant { name } } }`
    await platform.journal.ask(company, asked)
    await platform.killable.died()
    await startAt('metering.written=kill')
    // What was left on disk is carried to the ledger, which kills it before that is noted.
    await platform.killable.died()
    await startAt()
    await until(async () => (await count('billing.usage_event', `subject = 'KilledWhileCounting'`)) === 1)
    await assertUnharmed(platform)
    expect(await count('billing.usage_event', calls)).toBeGreaterThan(before)
    expect(await count('billing.usage_event', `subject = 'KilledWhileCounting'`)).toBe(1)
  })

  it('when a job is handed to the queue leaves neither the job nor what made it necessary', async () => {
    await startAt()
    const stormId = await createStorm(owner)
    platform.journal.keep(company, { kind: 'storm', stormId })
    await importProperties(
      owner,
      stormId,
      Array.from({ length: 30 }, () => aProperty()),
    )
    await scoreStorm(owner, stormId)
    const data = await askedTwice('job.storms.open-pilot.sent=kill', START_PILOT, {
      input: { stormId, policyMode: 'MODERATE' },
      key: 'killed-pilot',
    })
    expect(data.startPilot.__typename).toBe('StartPilotSuccess')
    const pilotId = data.startPilot.pilot.id
    platform.journal.keep(company, { kind: 'pilot', pilotId })
    await pilotIs(owner, pilotId, 'RUNNING')
    expect(await count('storms.pilot')).toBe(1)
    expect(await count('chassis.job_run', `name = 'storms.open-pilot'`)).toBe(1)
    await assertUnharmed(platform)
  })

  it('when a file is read, but still there, reads it once and leaves nothing behind', async () => {
    await startAt('storms.import.kept=kill')
    const stormId = await createStorm(owner)
    platform.journal.keep(company, { kind: 'storm', stormId })
    const roofs = Array.from({ length: 40 }, () => aProperty())
    const uploadId = await upload(owner, toCsv(roofs))
    await platform.journal.ask(company, IMPORT, { input: { stormId, uploadId }, key: 'killed-upload' })
    await platform.killable.died()
    await startAt()
    const uploads = join(platform.killable.home, 'files', 'tenants', company.uuid, 'uploads')
    mkdirSync(uploads, { recursive: true })
    await until(async () => readdirSync(uploads).length === 0)
    platform.journal.keep(company, { kind: 'properties', stormId, rows: roofs.length })
    await assertUnharmed(platform)
  })

  it('when a link to sign in is mailed, and not noted as such, mails once more and lets somebody in', async () => {
    await startAt('tenancy.sign-in-link.mailed=kill')
    const email = 'a@example.com'
    const request = `mutation ($input: RequestMagicLinkInput!) { requestMagicLink(input: $input) { __typename } }`
    await fetch(`${platform.url()}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: request, variables: { input: { email } } }),
    })
    await platform.killable.died()
    await startAt()
    const directory = join(platform.killable.home, 'mail')
    const links = (): readonly string[] =>
      readdirSync(directory)
        .map((file) => readFileSync(join(directory, file), 'utf8'))
        .filter((mail) => mail.includes('#token='))
    // The first link was told to nobody but the mailbox; a second one is a second letter, and both hold.
    await until(async () => links().length === 2)
    await assertUnharmed(platform)
    expect(links()).toHaveLength(2)
  })
})

describe('payments', () => {
  it('are told once, when the platform is killed with what Stripe told kept, and handed to nobody', async () => {
    await startAt('billing.webhook.kept=kill')
    loopback.control.setWebhook({
      url: `${platform.url()}/webhooks/stripe`,
      secret: loopback.webhookSecret,
    })
    const sdk = new Stripe(loopback.apiKey, { host: loopback.host, port: loopback.port, protocol: 'http' })
    await sdk.customers.create({ email: 'nobody@example.com' })
    loopback.control.pauseWebhooks()
    const [event] = loopback.control.events().slice(-1)
    await loopback.control.deliver([event?.id ?? '']).catch(() => undefined)
    await platform.killable.died()
    const deliveries = () =>
      platform.rows.many<{ state: string; attempts: number }>(
        `select state, attempts from billing.stripe_event where event_id = $1`,
        [event?.id],
      )
    expect(await deliveries()).toMatchObject([{ state: 'RECEIVED' }])
    await startAt()
    loopback.control.setWebhook({
      url: `${platform.url()}/webhooks/stripe`,
      secret: loopback.webhookSecret,
    })
    // Whoever was not answered tells it again.
    await loopback.control.deliver([event?.id ?? ''])
    await until(async () => (await deliveries())[0]?.state !== 'RECEIVED')
    expect(await deliveries()).toHaveLength(1)
    await assertUnharmed(platform)
  })
})

describe('a platform under load', () => {
  it('is killed at any moment, and what it acknowledged is there', async () => {
    const other = platform.journal.companies[1]
    for (let kill = 0; kill < 2; kill += 1) {
      await startAt()
      let isOver = false
      const working = [company, company, other, other].map((who) =>
        work({ company: who ?? company, journal: platform.journal, isOver: () => isOver }),
      )
      await new Promise((resolve) => setTimeout(resolve, 700 + 400 * Math.random()))
      isOver = true
      await platform.killable.kill()
      await Promise.all(working)
    }
    await startAt()
    await assertUnharmed(platform)
  })
})
