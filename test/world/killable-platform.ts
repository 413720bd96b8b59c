/**
 * The whole platform in a process of its own, which a test kills without warning and starts again over the same database
 * and home.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { systemClock } from '@stormops/chassis/clock'
import { QUEUE_SCHEMA } from '@stormops/chassis/database/migrate'
import { signingKeys, signToken } from '@stormops/chassis/identity'
import pg from 'pg'
import { clientConfig } from '@stormops/chassis/database/connection'
import { cloneDatabase } from './database.ts'
import type { TestDatabase } from './database.ts'
import type { PlatformPlace } from './platform-process.fixture.ts'
import { until } from '@stormops/chassis/testing/until'
import { clientOf, uuidOf } from './world.ts'
import type { Client } from './world.ts'

export type StartOptions = {
  /** As STORMOPS_FAILPOINTS has them. Default none. */
  readonly failpoints?: string
  /** What it is told of Stripe. Default nothing. */
  readonly stripe?: NonNullable<PlatformPlace['stripe']> | null
  /** The address it listens on. Default another one each time. */
  readonly port?: number
}

export type KillablePlatform = {
  readonly database: TestDatabase
  readonly home: string
  /** What a former process left is taken over at once, however short ago it was killed. */
  readonly start: (options?: StartOptions) => Promise<void>
  /** Arms these failpoints alone in the process that runs, which a start takes seconds for; false where none runs. */
  readonly arm: (failpoints: string) => Promise<boolean>
  readonly kill: () => Promise<void>
  /** Resolves once it was killed, by whomever: a failpoint, say. */
  readonly died: () => Promise<void>
  readonly url: () => string
  /** The company's owner, or staff; it finds the platform again after a new start. */
  readonly client: (tenantId: string | null) => Promise<Client>
  /** A company with its models, as the database names it. */
  readonly company: (name: string) => Promise<string>
  readonly close: () => Promise<void>
}

const PROVISION = `mutation ($input: ProvisionTenantInput!) {
  provisionTenant(input: $input) { ... on ProvisionTenantSuccess { tenant { id } } }
}`
const READY = `{ activeModel(name: "uplift", environment: PRODUCTION) { id } }`
const PROGRAM = fileURLToPath(new URL('./platform-process.fixture.ts', import.meta.url))
/** What a former process has compiled; half of the time of a start. */
const COMPILED = fileURLToPath(new URL('../../node_modules/.cache/stormops-compiled', import.meta.url))
const TOKEN_SECONDS = 600

export const killablePlatform = async (): Promise<KillablePlatform> => {
  const database = await cloneDatabase()
  const home = mkdtempSync(join(tmpdir(), 'stormops-killed-'))
  let url = ''
  let running: ChildProcess | null = null

  const start = async ({ failpoints = '', stripe = null, port = 0 }: StartOptions = {}): Promise<void> => {
    await backdateJobs(database)
    const { admin, secret } = database
    const place: PlatformPlace = { admin, secret, home, failpoints, stripe, port }
    const child = spawn(process.execPath, [PROGRAM, JSON.stringify(place)], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      env: { ...process.env, NODE_COMPILE_CACHE: COMPILED },
    })
    running = child
    const { stdout } = child
    if (stdout === null) throw new Error('The platform has no way to tell its address.')
    for await (const line of createInterface({ input: stdout })) {
      url = line
      return
    }
    throw new Error('The platform did not start.')
  }
  const arm = async (failpoints: string): Promise<boolean> => {
    const child = running
    if (child === null || child.signalCode !== null || child.exitCode !== null) return false
    const armed = once(child, 'message')
    child.send(failpoints)
    await armed
    return true
  }
  const kill = async (): Promise<void> => {
    const child = running
    if (child === null) return
    const ended = child.signalCode === null ? once(child, 'exit') : null
    child.kill('SIGKILL')
    await ended
    running = null
  }
  const died = async (): Promise<void> => {
    const child = running
    if (child === null) return
    if (child.signalCode === null) await once(child, 'exit')
    if (child.signalCode !== 'SIGKILL') throw new Error(`It ended by itself: ${child.exitCode}.`)
    running = null
  }
  const client = async (tenantId: string | null): Promise<Client> => {
    const role = tenantId === null ? 'STAFF' : 'OWNER'
    const kind = tenantId === null ? 'STAFF' : 'USER'
    const claims = { subject: 'test', kind, tenantId, role } as const
    const token = await signToken(await signingKeys(home), claims, systemClock, TOKEN_SECONDS)
    // A platform that comes back has another address.
    const now = (): Client => clientOf(url, token)
    return {
      token,
      send: (query, variables) => now().send(query, variables),
      named: (document, variables) => now().named(document, variables),
      data: (query, variables) => now().data(query, variables),
    }
  }
  return {
    database,
    home,
    start,
    arm,
    kill,
    died,
    url: () => url,
    client,
    company: async (name) => {
      const input = { name, tier: 'STANDARD', adminEmail: 'a@example.com' }
      const { provisionTenant } = await (await client(null)).data(PROVISION, { input })
      const tenantId = uuidOf(provisionTenant.tenant.id)
      const owner = await client(tenantId)
      await until(async () => (await owner.data(READY)).activeModel !== null)
      return tenantId
    },
    close: async () => {
      running?.kill('SIGKILL')
      await database.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

const backdateJobs = async ({ admin }: TestDatabase): Promise<void> => {
  const client = new pg.Client(clientConfig(admin))
  await client.connect()
  try {
    await client.query(
      `update ${QUEUE_SCHEMA}.job set heartbeat_on = heartbeat_on - interval '1 minute' where state = 'active'`,
    )
  } finally {
    await client.end()
  }
}
