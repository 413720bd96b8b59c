/** Separate processes over a PostgreSQL that restarts, with a proxy on each line between them and the world. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '@stormops/chassis/clock'
import { startEmbeddedPostgres } from '@stormops/chassis/database/embedded/supervisor'
import type { EmbeddedPostgres } from '@stormops/chassis/database/embedded/supervisor'
import { signingKeys, signToken } from '@stormops/chassis/identity'
import { privateId } from '@stormops/chassis/values/ids'
import { graphClient } from '@stormops/cli/client'
import { PROVISION, READY } from '@stormops/cli/demo/documents'
import { command, environmentOf, startProcesses } from '@stormops/cli/testing/platform-processes'
import type { PlatformProcesses, ProcessesPlace } from '@stormops/cli/testing/platform-processes'
import { openStripeLoopback } from '@stormops/stripe-loopback'
import type { StripeLoopback } from '@stormops/stripe-loopback'
import { openFaultProxy } from './fault-proxy.ts'
import type { FaultProxy } from './fault-proxy.ts'
import type { Suspect } from './invariants.ts'
import { openJournal } from './journal.ts'
import type { Company, Journal } from './journal.ts'
import type { Rows } from '../storms/rows.ts'
import pg from 'pg'
import { clientConfig } from '@stormops/chassis/database/connection'

export type SoakPlatform = {
  readonly home: string
  readonly processes: PlatformProcesses
  readonly postgres: EmbeddedPostgres
  readonly stripe: StripeLoopback
  readonly lines: { readonly database: FaultProxy; readonly stripe: FaultProxy; readonly clients: FaultProxy }
  readonly journal: Journal
  readonly companies: readonly Company[]
  readonly suspect: Suspect
}

const SECRET = 'soak'
const TOKEN_SECONDS = 24 * 3_600
const READY_EVERY_MS = 200

export const withSoakPlatform = async <T>(work: (platform: SoakPlatform) => Promise<T>): Promise<T> => {
  const home = mkdtempSync(join(tmpdir(), 'stormops-soak-'))
  // Run by root, the database steps down to an account that must reach what is in there.
  chmodSync(home, 0o755)
  const closing: (() => Promise<unknown> | void)[] = [() => rmSync(home, { recursive: true, force: true })]
  try {
    return await work(await open(home, closing))
  } finally {
    for (const close of closing.toReversed()) await close()
  }
}

const open = async (home: string, closing: (() => Promise<unknown> | void)[]): Promise<SoakPlatform> => {
  const postgres = await startEmbeddedPostgres({ home, systemDirectory: home })
  closing.push(() => postgres.stop('immediate'))
  const { host, port } = postgres.connection('stormops', postgres.adminUser)
  const stripe = await openStripeLoopback()
  closing.push(stripe.close)
  const lines = {
    database: await openFaultProxy({ path: join(host, `.s.PGSQL.${port}`) }),
    stripe: await openFaultProxy({ host: stripe.host, port: stripe.port }),
    clients: await openFaultProxy({ host: '127.0.0.1', port: 1 }),
  }
  closing.push(() => Promise.all(Object.values(lines).map((line) => line.close())))
  const admin = { user: postgres.adminUser, database: 'stormops', password: null, tls: false }
  const place: ProcessesPlace = {
    admin: { ...admin, host: lines.database.host, port: lines.database.port },
    secret: SECRET,
    home,
    environment: {
      STRIPE_SECRET_KEY: stripe.apiKey,
      STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
      STRIPE_API_BASE: `http://127.0.0.1:${lines.stripe.port}`,
    },
  }
  const processes = await startProcesses(place)
  closing.push(processes.close)
  const gateway = new URL(processes.url)
  lines.clients.lead({ host: gateway.hostname, port: Number(gateway.port) })
  stripe.control.setWebhook({ url: `${processes.url}/webhooks/stripe`, secret: stripe.webhookSecret })

  const journal = openJournal(() => `http://127.0.0.1:${lines.clients.port}`)
  const companies = await Promise.all(
    ['Monday Roofing', 'Tuesday Roofing', 'Weekend Roofing'].map((name) =>
      openCompany(processes, home, name, journal),
    ),
  )
  const pool = new pg.Pool({ ...clientConfig({ ...admin, host, port }), max: 2 })
  // The database ends under it now and then.
  pool.on('error', () => undefined)
  closing.push(() => pool.end())
  const suspect: Suspect = {
    url: () => processes.url,
    rows: rowsOf(pool),
    journal,
    provenInvoices: () => provenInvoices({ ...place, admin: { ...admin, host, port } }),
  }
  return { home, processes, postgres, stripe, lines, journal, companies, suspect }
}

const rowsOf = (pool: pg.Pool): Rows => {
  const many: Rows['many'] = async <Row extends object>(sql: string, parameters: readonly unknown[] = []) =>
    (await pool.query<Row>(sql, [...parameters])).rows
  return {
    many,
    one: async (sql, parameters) => {
      const [row] = await many(sql, parameters)
      if (row === undefined) throw new Error('There is no row.')
      // The rows have the type that the caller gave to `one`.
      return row as never
    },
    close: async () => undefined,
  }
}

const tokenOf = async (home: string, tenantId: string | null): Promise<string> =>
  signToken(
    await signingKeys(home),
    tenantId === null
      ? { subject: 'stf_soak', kind: 'STAFF', tenantId, role: 'STAFF' }
      : { subject: 'usr_soak', kind: 'USER', tenantId, role: 'OWNER' },
    systemClock,
    TOKEN_SECONDS,
  )

const openCompany = async (
  processes: PlatformProcesses,
  home: string,
  name: string,
  journal: Journal,
): Promise<Company> => {
  const staff = graphClient(processes.url, await tokenOf(home, null))
  const input = { name, tier: 'ENTERPRISE', adminEmail: `${name.split(' ')[0]?.toLowerCase()}@example.com` }
  const { provisionTenant } = await staff.ask<{ provisionTenant: { tenant: { id: string } } }>(PROVISION, {
    input,
  })
  const uuid = privateId('ten', provisionTenant.tenant.id) ?? ''
  const company = { uuid, name, token: await tokenOf(home, uuid) }
  journal.add(company)
  for (;;) {
    const said = await journal.ask(company, READY)
    if (said.kind === 'answered' && said.data?.activeModel) return company
    await sleep(READY_EVERY_MS)
  }
}

/** As whoever keeps the books does it, with the command. */
const provenInvoices = async (place: ProcessesPlace): Promise<readonly string[]> => {
  const { code, output, complaint } = await command(['invoice', 'verify', '--all'], environmentOf(place))
  return code === 0 ? [] : [`Invoices do not hold: ${output}${complaint}`]
}
