/**
 * What the platform asks of others hangs, and what it answers is lost on the way. Others go on meanwhile, and whatever is
 * asked again is done once.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { publicId, newId } from '@stormops/chassis/values/ids'
import { Stripe } from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toCsv } from '../../subgraphs/storms/src/synthetic/property-csv.ts'
import { anOpenInvoice, createCheckout, sessionIn } from '../billing/stripe-builders.ts'
import {
  APPLY,
  aProperty,
  aStorm,
  CREATE_STORM,
  CREATE_UPLOAD,
  daysFromNow,
  IMPORT,
  INGEST,
  moving,
  RECORD,
  SCORE,
  START_PILOT,
} from '../storms/storm-builders.ts'
import { until } from '@stormops/chassis/testing/until'
import { workStorm } from './crew.ts'
import { openFaultyPlatform } from './faulty-platform.ts'
import type { FaultyPlatform } from './faulty-platform.ts'
import { assertUnharmed } from './invariants.ts'
import type { Company } from './journal.ts'

let platform: FaultyPlatform
let company: Company
let other: Company
beforeAll(async () => {
  platform = await openFaultyPlatform()
  company = await platform.company('Waiting Roofing')
  other = await platform.company('Busy Roofing')
})
afterAll(() => platform?.close())

/** Asks with the answer cut off, and then again under the same key. */
const lostAndAsked = async (query: string, input: object | undefined, key: string): Promise<any> => {
  const variables = input === undefined ? { key } : { input, key }
  const cut = await platform.lines.clients.during({ kind: 'cut-after', bytes: 0 }, () =>
    platform.journal.ask(company, query, variables),
  )
  expect(cut.kind).toBe('lost')
  const said = await platform.journal.ask(company, query, variables)
  if (said.kind === 'lost') throw new Error(said.reason)
  expect(said.codes).toEqual([])
  // And once more, as a client does that lost its memory.
  const again = await platform.journal.ask(company, query, variables)
  expect(again).toMatchObject({ kind: 'answered', data: said.data })
  return Object.values<any>(said.data)[0]
}

const count = async (table: string, where = 'true'): Promise<number> =>
  (
    await platform.rows.one<{ n: number }>(
      `select count(*)::int as n from ${table} where tenant_id = $1 and ${where}`,
      [company.uuid],
    )
  ).n

const CREATE_KEY = `mutation ($input: CreateApiKeyInput!, $key: String) {
  createApiKey(input: $input, idempotencyKey: $key) { __typename ... on CreateApiKeySuccess { apiKey { id } } ... on UserError { message } }
}`
const INVITE = `mutation ($input: InviteMemberInput!, $key: String) {
  inviteMember(input: $input, idempotencyKey: $key) { __typename ... on UserError { message } }
}`
describe('an answer that is lost', () => {
  it('to any of the most important mutations is the same answer when it is asked again, and the effect is one', async () => {
    const created = await lostAndAsked(CREATE_STORM, aStorm(), 'lost-storm')
    const stormId = created.storm.id
    platform.journal.keep(company, { kind: 'storm', stormId })
    const roofs = Array.from({ length: 30 }, () => aProperty())
    const [, imported] = [stormId, await lostAndAsked(IMPORT, { stormId, csv: toCsv(roofs) }, 'lost-import')]
    expect(imported.import.rowsAccepted).toBe(30)
    platform.journal.keep(company, { kind: 'properties', stormId, rows: 30 })
    expect(await lostAndAsked(SCORE, { stormId }, 'lost-score')).toMatchObject({ scored: 30 })
    platform.journal.keep(company, { kind: 'scores', stormId, rows: 30 })
    const applied = await lostAndAsked(APPLY, { stormId, mode: 'AGGRESSIVE' }, 'lost-policy')
    expect(applied.__typename).toBe('ApplyPolicySuccess')
    expect((await lostAndAsked(moving('activateStorm'), { stormId }, 'lost-move')).storm.status).toBe(
      'ACTIVE',
    )
    const events = roofs.map(({ externalId }) => ({
      stormId,
      externalId,
      kind: 'KNOCK',
      at: daysFromNow(-1),
      clientEventId: `lost-${externalId}`,
    }))
    expect((await lostAndAsked(INGEST, { events }, 'lost-events')).received).toBe(30)
    const outcomes = roofs.map(({ externalId }) => ({ externalId, converted: false, at: daysFromNow(-1) }))
    expect((await lostAndAsked(RECORD, { stormId, outcomes }, 'lost-outcomes')).recorded).toBe(30)
    platform.journal.keep(company, { kind: 'outcomes', stormId, rows: 30 })
    expect((await lostAndAsked(CREATE_UPLOAD, undefined, 'lost-upload')).__typename).toBe(
      'CreateUploadSuccess',
    )
    const keyed = await lostAndAsked(CREATE_KEY, { name: 'Lost', scopes: null, expiresAt: null }, 'lost-key')
    expect(keyed.__typename).toBe('CreateApiKeySuccess')
    const invited = { email: 'lost@example.com', role: 'VIEWER' }
    expect((await lostAndAsked(INVITE, invited, 'lost-invitation')).__typename).toBe('InviteMemberSuccess')

    expect(await count('storms.storm', `id = '${uuidIn(stormId)}'`)).toBe(1)
    expect(await count('storms.property_import')).toBe(1)
    expect(await count('storms.upload')).toBe(1)
    expect(await count('tenancy.api_key', `name = 'Lost'`)).toBe(1)
    await until(async () => platform.mails.filter((mail) => mail.includes('lost@example.com')).length > 0)
    await assertUnharmed(platform)
    expect(platform.mails.filter((mail) => /^To:.*lost@example\.com/m.test(mail))).toHaveLength(1)
  })

  it('to the start of a pilot is one pilot', async () => {
    const stormId = await workStorm({ company, journal: platform.journal, isOver: () => false })
    const started = await lostAndAsked(START_PILOT, { stormId, policyMode: 'MODERATE' }, 'lost-pilot')
    expect(started.__typename).toBe('StartPilotSuccess')
    platform.journal.keep(company, { kind: 'pilot', pilotId: started.pilot.id })
    expect(await count('storms.pilot')).toBe(1)
    expect(await count('chassis.job_run', `name = 'storms.open-pilot'`)).toBe(1)
    await assertUnharmed(platform)
  })
})

const uuidIn = (id: string): string =>
  (id.split('_').at(-1) ?? '').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

describe('a mail server that hangs', () => {
  it('holds up no other job, and gets each mail once it listens', async () => {
    const email = 'hangs@example.com'
    const invite = (address: string) =>
      platform.journal.ask(company, INVITE, { input: { email: address, role: 'VIEWER' }, key: address })
    await platform.lines.mail.during({ kind: 'black-hole' }, async () => {
      for (let place = 0; place < 6; place += 1) await invite(`${place}-${email}`)
      // More mails hang than are sent at once, and a pilot of somebody else is opened all the same.
      const stormId = await workStorm({ company: other, journal: platform.journal, isOver: () => false })
      const said = await platform.journal.ask(other, START_PILOT, {
        input: { stormId, policyMode: 'MODERATE' },
        key: 'while-mail-hangs',
      })
      expect(said).toMatchObject({ data: { startPilot: { __typename: 'StartPilotSuccess' } } })
      await until(async () => {
        const { n } = await platform.rows.one<{ n: number }>(
          `select count(*)::int as n from storms.pilot where tenant_id = $1 and status = 'RUNNING'`,
          [other.uuid],
        )
        return n === 1
      })
      expect(platform.mails.filter((mail) => mail.includes(email))).toEqual([])
    })
    const sent = () =>
      platform.mails.filter((mail) => new RegExp(`^To:.*\\d-${email}`, 'm').test(mail)).length
    await until(async () => sent() === 6)
    await assertUnharmed(platform)
    expect(sent()).toBe(6)
  })
})

describe('Stripe that takes money and does not answer', () => {
  it('is asked again and charges once, and nobody waits for it', async () => {
    const { stripe } = platform
    const sdk = new Stripe(stripe.apiKey, { host: stripe.host, port: stripe.port, protocol: 'http' })
    const owner = platform.clientOf(company)
    const { url } = await createCheckout(owner)
    // Asked past the journal.
    platform.journal.countsOf(company).sent += 1
    stripe.control.completeCheckout(sessionIn(url))
    await until(async () => (await count('billing.stripe_checkout', `state = 'COMPLETED'`)) === 1)
    const clock = { now: () => new Date(), pass: () => undefined }
    const data = await platform.database.open()
    const tenant = { id: '', uuid: company.uuid, name: '', as: () => owner, publish: async () => undefined }
    const invoice = await anOpenInvoice({ data, clock }, tenant)
    const pay = (key: string) =>
      platform.journal.ask(
        company,
        `mutation ($id: ID!, $key: String) { payInvoice(input: { invoiceId: $id }, idempotencyKey: $key) { __typename ... on UserError { message } } }`,
        { id: publicId('inv', invoice.uuid), key },
      )
    const customers = await sdk.customers.list({ limit: 100 })
    const customer =
      customers.data.find(({ metadata }) => metadata['stormops_tenant'] === company.uuid)?.id ?? ''
    const charges = async (): Promise<number> =>
      (await sdk.paymentIntents.list({ customer, limit: 100 })).data.filter(
        ({ status }) => status === 'succeeded',
      ).length
    const before = await charges()
    const hung = platform.lines.stripe.during({ kind: 'half-open' }, async () => {
      const said = await pay(newId())
      // Two tries of three and a half seconds each, inside what an operation may take.
      expect(said.kind === 'answered' && said.codes.every((code) => /UNAVAILABLE|TIMEOUT/.test(code))).toBe(
        true,
      )
    })
    await sleep(500)
    const name = await platform.journal.ask(other, '{ viewer { tenant { name } } }')
    expect(name).toMatchObject({ kind: 'answered', status: 200 })
    await hung
    await until(async () => {
      const said = await pay(newId())
      return said.kind === 'answered' && said.codes.length === 0
    })
    const [stored] = await platform.rows.many<{ status: string }>(
      `select status from billing.invoice where id = $1`,
      [invoice.uuid],
    )
    expect(stored?.status).toBe('PAID')
    expect(await charges()).toBe(before + 1)
    // The invoice of this test was written by hand, without a month behind it.
    await assertUnharmed({ ...platform, provenInvoices: async () => [] })
  })
})
