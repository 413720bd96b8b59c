/**
 * The whole platform in the process of the test, each of its lines over a proxy: to its database, to Stripe, to the mail
 * server, and from its clients. Everything is real; the lines are what is spoilt.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openInvoicingDesk } from '@stormops/billing'
import { openStripeClient } from '@stormops/billing/stripe'
import { systemClock } from '@stormops/chassis/clock'
import type { Clock } from '@stormops/chassis/clock'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import type { DiskWatch } from '@stormops/chassis/disk/disk-watch'
import { signToken, temporaryKeys } from '@stormops/chassis/identity'
import type { SigningKeys } from '@stormops/chassis/identity'
import { secret } from '@stormops/chassis/secret'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import { openPlatform } from '@stormops/cli/all-in-one'
import type { PlatformOptions } from '@stormops/cli/all-in-one'
import { openJobWork } from '@stormops/cli/job-work'
import { DRIVEN_HARD } from '../world/driven-hard.ts'
import { openStripeLoopback } from '@stormops/stripe-loopback'
import type { StripeLoopback } from '@stormops/stripe-loopback'
import { SMTPServer } from 'smtp-server'
import { openRows } from '../storms/rows.ts'
import type { Rows } from '../storms/rows.ts'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'
import { until } from '@stormops/chassis/testing/until'
import { clientOf, uuidOf } from '../world/world.ts'
import type { Client } from '../world/world.ts'
import { openFaultProxy } from './fault-proxy.ts'
import type { FaultProxy, LineEnd } from './fault-proxy.ts'
import type { Suspect } from './invariants.ts'
import { openJournal } from './journal.ts'
import type { Company, Journal } from './journal.ts'

export type FaultyPlatform = Suspect & {
  readonly journal: Journal
  readonly rows: Rows
  readonly database: TestDatabase
  readonly stripe: StripeLoopback
  /** Mails that the mail server has taken, as they came. */
  readonly mails: readonly string[]
  readonly lines: {
    readonly clients: FaultProxy
    readonly database: FaultProxy
    readonly stripe: FaultProxy
    readonly mail: FaultProxy
  }
  /** Past the line of the clients. */
  readonly directUrl: string
  readonly staff: Client
  readonly clientOf: (company: Company) => Client
  readonly tokenOf: (tenantId: string) => Promise<string>
  /** A company with its models. */
  readonly company: (name: string, tier?: string) => Promise<Company>
  readonly close: () => Promise<void>
}

export type FaultyOptions = {
  readonly clock?: Clock
  readonly limits?: NonNullable<PlatformOptions['limits']>
  readonly disk?: DiskWatch
}

const PROVISION = `mutation ($input: ProvisionTenantInput!) {
  provisionTenant(input: $input) { ... on ProvisionTenantSuccess { tenant { id } } ... on UserError { message } }
}`
const READY = `{ activeModel(name: "uplift", environment: PRODUCTION) { id } }`
const TOKEN_SECONDS = 90 * 24 * 3_600

export const endOf = ({ host, port }: Pick<ConnectionSettings, 'host' | 'port'>): LineEnd =>
  host.startsWith('/') ? { path: join(host, `.s.PGSQL.${port}`) } : { host, port }

export const openFaultyPlatform = async (options: FaultyOptions = {}): Promise<FaultyPlatform> => {
  const { clock = systemClock } = options
  const database = await cloneDatabase()
  const home = mkdtempSync(join(tmpdir(), 'stormops-faults-'))
  const keys = await temporaryKeys()
  const log = createLog(process.env['TEST_LOG_LEVEL'] ?? 'silent')
  const stripe = await openStripeLoopback({ clock })
  const mail = await openMailServer()
  const lines = {
    clients: await openFaultProxy({ host: '127.0.0.1', port: 1 }),
    database: await openFaultProxy(endOf(database.admin)),
    stripe: await openFaultProxy({ host: stripe.host, port: stripe.port }),
    mail: await openFaultProxy({ host: '127.0.0.1', port: mail.port }),
  }
  const url = `http://127.0.0.1:${lines.clients.port}`
  const platform = await openPlatform({
    admin: { ...database.admin, host: lines.database.host, port: lines.database.port },
    secret: database.secret,
    home,
    keys,
    clock,
    newId,
    log,
    introspection: 'signed-in',
    limits: options.limits ?? DRIVEN_HARD,
    mail: { kind: 'smtp', url: secret(`smtp://127.0.0.1:${lines.mail.port}`), from: 'no-reply@example.com' },
    stripe: openStripeClient({
      secretKey: secret(stripe.apiKey),
      webhookSecret: secret(stripe.webhookSecret),
      apiBase: `http://127.0.0.1:${lines.stripe.port}`,
      genuine: false,
    }),
    ...(options.disk === undefined ? {} : { disk: options.disk }),
    publicUrl: () => url,
  })
  const { url: directUrl, port } = await platform.http.listen('127.0.0.1', 0)
  lines.clients.lead({ host: '127.0.0.1', port })
  stripe.control.setWebhook({ url: `${directUrl}/webhooks/stripe`, secret: stripe.webhookSecret })

  const journal = openJournal(() => url)
  const rows = await openRows(database.admin)
  const tokenOf = (tenantId: string) => tokenFor(keys, clock, tenantId)
  const staff = clientOf(directUrl, await tokenFor(keys, clock, null))
  return {
    url: () => url,
    directUrl,
    database,
    journal,
    rows,
    stripe,
    mails: mail.taken,
    lines,
    staff,
    clientOf: ({ token }) => clientOf(url, token),
    tokenOf,
    provenInvoices: () => faultyInvoices(database, clock),
    company: async (name, tier = 'STANDARD') => {
      const input = { name, tier, adminEmail: `${crypto.randomUUID()}@example.com` }
      const { provisionTenant } = await staff.data(PROVISION, { input })
      const uuid = uuidOf(provisionTenant.tenant.id)
      const company = { uuid, name, token: await tokenOf(uuid) }
      journal.add(company)
      await until(async () => {
        const said = await journal.ask(company, READY)
        return said.kind === 'answered' && said.data?.activeModel !== null
      })
      return company
    },
    close: async () => {
      for (const line of Object.values(lines)) line.set({ kind: 'pass' })
      await platform.close()
      for (const line of Object.values(lines)) await line.close()
      await Promise.all([stripe.close(), mail.close(), rows.close()])
      await database.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

const tokenFor = (keys: SigningKeys, clock: Clock, tenantId: string | null): Promise<string> =>
  signToken(
    keys,
    tenantId === null
      ? { subject: 'stf_test', kind: 'STAFF', tenantId, role: 'STAFF' }
      : { subject: 'usr_owner', kind: 'USER', tenantId, role: 'OWNER' },
    clock,
    TOKEN_SECONDS,
  )

/** A line for each invoice of any company that is not what the ledger says. */
export const faultyInvoices = async (
  { app }: Pick<TestDatabase, 'app'>,
  clock: Clock = systemClock,
): Promise<readonly string[]> => {
  const work = await openJobWork(app, createLog('silent'), 'sends')
  const desk = await openInvoicingDesk({ connection: app, queue: work.queue, clock, newId })
  try {
    const proofs = await desk.prove({ tenantId: null, number: null })
    return proofs.flatMap(({ number, faults }) => faults.map((fault) => `The invoice ${number}: ${fault}.`))
  } finally {
    await desk.close()
    await work.close()
  }
}

const openMailServer = async () => {
  const taken: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        taken.push(Buffer.concat(chunks).toString('utf8'))
        done()
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address with one.
  const { port } = server.server.address() as AddressInfo
  return { port, taken, close: () => new Promise<void>((resolve) => server.close(() => resolve())) }
}
