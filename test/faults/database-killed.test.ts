/** PostgreSQL itself is killed under load: one backend, and the postmaster, whose supervisor starts it again. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startEmbeddedPostgres } from '@stormops/chassis/database/embedded/supervisor'
import type { EmbeddedPostgres } from '@stormops/chassis/database/embedded/supervisor'
import { systemClock } from '@stormops/chassis/clock'
import { appConnection } from '@stormops/chassis/database/migrate'
import { signToken, temporaryKeys } from '@stormops/chassis/identity'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import { openPlatform } from '@stormops/cli/all-in-one'
import type { Platform } from '@stormops/cli/all-in-one'
import { DRIVEN_HARD } from '../world/driven-hard.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRows } from '../storms/rows.ts'
import { until } from '@stormops/chassis/testing/until'
import { clientOf, uuidOf } from '../world/world.ts'
import { work } from './crew.ts'
import { faultyInvoices } from './faulty-platform.ts'
import { assertUnharmed } from './invariants.ts'
import { openJournal } from './journal.ts'
import type { Company, Journal } from './journal.ts'

const SECRET = 'faults'

let home: string
let postgres: EmbeddedPostgres
let platform: Platform
let journal: Journal
let url = ''
const admin = () => ({ ...postgres.connection('stormops', 'postgres'), password: null, tls: false })

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'stormops-database-'))
  // As in earnest: what is acknowledged is on disk.
  postgres = await startEmbeddedPostgres({ home })
  const keys = await temporaryKeys()
  platform = await openPlatform({
    admin: admin(),
    secret: SECRET,
    home,
    keys,
    clock: systemClock,
    newId,
    log: createLog(process.env['TEST_LOG_LEVEL'] ?? 'silent'),
    introspection: 'signed-in',
    limits: DRIVEN_HARD,
    mail: { kind: 'mailbox' },
    publicUrl: () => url,
  })
  url = (await platform.http.listen('127.0.0.1', 0)).url
  journal = openJournal(() => url)
  const token = (tenantId: string | null) =>
    signToken(
      keys,
      tenantId === null
        ? { subject: 'stf', kind: 'STAFF', tenantId, role: 'STAFF' }
        : { subject: 'usr', kind: 'USER', tenantId, role: 'OWNER' },
      systemClock,
      3_600,
    )
  const staff = clientOf(url, await token(null))
  for (const name of ['Crashed Roofing', 'Other Roofing']) {
    const { provisionTenant } = await staff.data(
      `mutation ($input: ProvisionTenantInput!) { provisionTenant(input: $input) { ... on ProvisionTenantSuccess { tenant { id } } } }`,
      { input: { name, tier: 'ENTERPRISE', adminEmail: 'a@example.com' } },
    )
    const uuid = uuidOf(provisionTenant.tenant.id)
    const company: Company = { uuid, name, token: await token(uuid) }
    journal.add(company)
    await until(async () => {
      const said = await journal.ask(
        company,
        `{ activeModel(name: "uplift", environment: PRODUCTION) { id } }`,
      )
      return said.kind === 'answered' && said.data?.activeModel !== null
    })
  }
})
afterAll(async () => {
  await platform?.close()
  await postgres?.stop('immediate')
  rmSync(home, { recursive: true, force: true })
})

const whileTheyWork = async (happens: () => Promise<void>): Promise<void> => {
  let isOver = false
  const working = journal.companies.map((company) => work({ company, journal, isOver: () => isOver }))
  await sleep(300)
  try {
    await happens()
  } finally {
    isOver = true
    await Promise.all(working)
  }
}

/** It takes nobody while it recovers. */
const takesUs = (): Promise<void> =>
  until(
    () =>
      openRows(admin()).then(
        async (rows) => {
          await rows.close()
          return true
        },
        () => false,
      ),
    60_000,
  )

const expectUnharmed = async (): Promise<void> => {
  await takesUs()
  const rows = await openRows(admin())
  try {
    const app = appConnection(admin(), SECRET)
    await assertUnharmed({ url: () => url, rows, journal, provenInvoices: () => faultyInvoices({ app }) })
  } finally {
    await rows.close()
  }
}

describe('PostgreSQL', () => {
  it('loses a backend in the middle of a write, and with it all others', async () => {
    await whileTheyWork(async () => {
      const rows = await openRows(admin())
      const [backend] = await rows.many<{ pid: number }>(
        `select pid from pg_stat_activity where application_name = 'stormops storms' limit 1`,
      )
      await rows.close()
      if (backend === undefined) throw new Error('Nobody was at work.')
      process.kill(backend.pid, 'SIGKILL')
      await sleep(1_000)
    })
    await expectUnharmed()
  })

  it('is killed, is started again, and has everything that was acknowledged', async () => {
    const before = postgres.pid
    const acknowledged = journal.acknowledged.length
    await whileTheyWork(async () => {
      process.kill(before ?? 0, 'SIGKILL')
      await sleep(1_500)
    })
    await until(async () => postgres.pid !== null && postgres.pid !== before)
    await expectUnharmed()
    expect(journal.acknowledged.length).toBeGreaterThan(acknowledged)
  })
})
