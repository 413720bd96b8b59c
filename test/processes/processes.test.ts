/** The platform as separate processes: a pilot goes through them, and each may end without taking the others along. */
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '@stormops/chassis/clock'
import { signingKeys, signToken } from '@stormops/chassis/identity'
import type { SigningKeys, TokenClaims } from '@stormops/chassis/identity'
import { graphClient } from '@stormops/cli/client'
import type { GraphClient } from '@stormops/cli/client'
import { PROVISION, READY } from '@stormops/cli/demo/documents'
import { pilotRun } from '@stormops/cli/demo/pilot-run'
import { command, environmentOf, startProcesses } from '@stormops/cli/testing/platform-processes'
import type { PlatformProcesses } from '@stormops/cli/testing/platform-processes'
import { newId } from '@stormops/chassis/values/ids'
import { SUBGRAPHS } from '@stormops/schema/subgraphs.ts'
import { liftDebtSuspension, suspendForDebt } from '@stormops/tenancy/port'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRows } from '../storms/rows.ts'
import { CREATE_KEY } from '../tenancy/access-builders.ts'
import { openBrowser, refresh, signIn, SIGN_OUT, VIEWER } from '../tenancy/browser.ts'
import { given, idOf, PUBLISH } from '../tenancy/operation-builders.ts'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'
import { until } from '@stormops/chassis/testing/until'
import { uuidOf } from '../world/world.ts'

const TOKEN_SECONDS = 3_600
/** Eight processes start on as many cores as there are. */
const START_MS = 180_000

/** Of the company's first member. */
const EMAIL = 'owner@example.com'

const ACROSS = `{
  viewer { tenant { name plan { tier } } }
  activeModel(name: "uplift", environment: PRODUCTION) { version }
  storms(first: 1) { edges { node { name } } }
}`

let database: TestDatabase
let home: string
let processes: PlatformProcesses
let keys: SigningKeys
let owner: GraphClient
let tenantId: string

const tokenOf = (claims: Omit<TokenClaims, 'impersonation' | 'sessionId'>): Promise<string> =>
  signToken(keys, claims, systemClock, TOKEN_SECONDS)

const clientOf = async (claims: Pick<TokenClaims, 'kind' | 'tenantId' | 'role'>): Promise<GraphClient> =>
  graphClient(processes.url, await tokenOf({ subject: 'usr_1', ...claims }))

beforeAll(async () => {
  database = await cloneDatabase()
  home = mkdtempSync(join(tmpdir(), 'stormops-processes-'))
  processes = await startProcesses({ admin: database.admin, secret: database.secret, home })
  keys = await signingKeys(home)
  const staff = await clientOf({ kind: 'STAFF', tenantId: null, role: 'STAFF' })
  const input = { name: 'Far Roofing', tier: 'ENTERPRISE', adminEmail: EMAIL }
  const { provisionTenant } = await staff.ask<any>(PROVISION, { input })
  tenantId = uuidOf(provisionTenant.tenant.id)
  owner = await clientOf({ kind: 'USER', tenantId, role: 'OWNER' })
  // What follows on a company's beginning is done by the worker, which was told through the queue.
  await until(async () => {
    const { activeModel } = await owner.ask<any>(READY)
    return activeModel !== null
  })
}, START_MS)
afterAll(async () => {
  await processes?.close()
  await database?.close()
  rmSync(home, { recursive: true, force: true })
})

type Answer = {
  readonly status: number
  readonly data: any
  readonly errors?: readonly { readonly message: string; readonly path: unknown; readonly extensions: any }[]
}

const answerOf = async (query: string): Promise<Answer> => {
  const response = await fetch(`${processes.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${owner.token}` },
    body: JSON.stringify({ query }),
  })
  const body: any = await response.json()
  return { status: response.status, ...body }
}

const readiness = async (url: string): Promise<{ readonly status: number; readonly body: any }> => {
  const response = await fetch(`${url}/readyz`)
  return { status: response.status, body: await response.json() }
}

const PLAN = {
  storm: 'dfw',
  eventId: 'processes-1',
  name: 'Hail far away',
  properties: 600,
  policyMode: 'MODERATE',
  costMinorUnits: 100_000,
  crewHours: 10,
} as const

describe('a pilot', () => {
  it('goes from nothing to its report, with scores from one process and jobs in another', async () => {
    const pilot = pilotRun(owner, PLAN, new Date())
    const stormId = await pilot.createStorm()
    const imported = await pilot.importProperties(stormId)
    expect(imported).toMatchObject({ status: 'COMPLETED' })
    await pilot.score(stormId)
    const counted = await (await fetch(`${processes.urlOf('models')}/metrics`)).text()
    expect(counted).toContain('http_requests_total{route="/port/models.scoreUplift",status="200"} 1')
    const pilotId = await pilot.start(stormId)
    const worked = await pilot.work(stormId)
    expect(worked.outcomes).toBeGreaterThan(400)
    const measured = await pilot.complete(pilotId)
    expect(measured.status).toBe('COMPLETED')
    expect(measured.report?.arms.reduce((sum, { n }) => sum + n, 0)).toBeGreaterThan(200)
    const pdf = await fetch(measured.reportPdf?.url ?? '')
    expect(pdf.status).toBe(200)
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
  })
})

describe('a question over several subgraphs', () => {
  it('is answered, and every process says that it is ready', async () => {
    const answer = await answerOf(ACROSS)
    expect(answer.errors).toBeUndefined()
    expect(answer.data).toMatchObject({
      viewer: { tenant: { name: 'Far Roofing', plan: { tier: 'ENTERPRISE' } } },
      activeModel: { version: expect.any(String) },
    })
    for (const name of ['gateway', 'worker', ...SUBGRAPHS] as const) {
      expect(await readiness(processes.urlOf(name))).toMatchObject({ status: 200, body: { status: 'ready' } })
    }
  })

  it('costs only its fields when one of them is gone, and is whole again once it is back', async () => {
    await processes.stop('billing', 'SIGKILL')
    const without = await answerOf(ACROSS)
    expect(without.status).toBe(200)
    expect(without.data.viewer.tenant).toEqual({ name: 'Far Roofing', plan: null })
    expect(without.data.activeModel.version).toEqual(expect.any(String))
    expect(without.errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['viewer', 'tenant', 'plan'], 'UNAVAILABLE'],
    ])
    expect((await readiness(processes.url)).body).toMatchObject({
      status: 'ready',
      checks: { billing: 'not ready', tenancy: 'ok', storms: 'ok' },
    })

    await processes.start('billing')
    const whole = await answerOf(ACROSS)
    expect(whole.errors).toBeUndefined()
    expect(whole.data.viewer.tenant.plan).toEqual({ tier: 'ENTERPRISE' })
  })
})

describe('the gateway', () => {
  it('lets somebody in by the mail that the worker sent, and out again when the session ends', async () => {
    const place = { url: processes.url, home }
    const browser = openBrowser(place, 'Far Browser/1.0')
    const { token } = await signIn(place, EMAIL, null, browser)
    const asked = `{ sessions { userAgent current } rateLimit { limit remaining resetAt } }`
    const { sessions, rateLimit } = await browser.data(asked, {}, token)
    expect(sessions).toEqual([{ userAgent: 'Far Browser/1.0', current: true }])
    expect(rateLimit.remaining).toBeGreaterThan(0)
    expect(rateLimit.remaining).toBeLessThan(rateLimit.limit)
    expect(Date.parse(rateLimit.resetAt)).toBeGreaterThan(Date.now() - 60_000)
    const refreshed = await refresh(browser)
    await browser.data(SIGN_OUT, {}, refreshed)
    await until(async () => (await browser.send(VIEWER, {}, refreshed)).status === 401)
  })

  it('knows a key and what its company published, and refuses what it did not', async () => {
    const { createApiKey } = await owner.ask<any>(CREATE_KEY, { input: { name: 'CRM' } })
    const document = 'query FarStorms { storms(first: 1) { edges { node { name } } } }'
    const input = { operations: given([document]), apiKeyId: null }
    const { publishOperations } = await owner.ask<any>(PUBLISH, { input })
    expect(publishOperations).toMatchObject({ published: 1 })
    const askedFor = async (bearer: string, id: string): Promise<any> => {
      const headers = { authorization: `Bearer ${bearer}`, 'x-request-timeout-ms': '9000' }
      const response = await fetch(`${processes.url}/graphql/${id}`, { headers })
      return { status: response.status, ...Object(await response.json()) }
    }
    const told = await askedFor(createApiKey.secret, idOf(document))
    expect(told.errors).toBeUndefined()
    expect(told.data.storms.edges).toHaveLength(1)
    expect((await askedFor(createApiKey.secret, idOf(`${document} `))).data ?? null).toBeNull()
    expect((await askedFor(`${createApiKey.secret}x`, idOf(document))).status).toBe(401)
  })
})

describe('a company that owes', () => {
  it('is refused by the processes, and works again the moment its payment is kept by another', async () => {
    const elsewhere = await database.open()
    const standing = async (): Promise<any> => {
      const query = `mutation { createStorm(input: {
        eventId: "debt-${newId()}", name: "Owed"
        startsAt: "2026-03-01T00:00:00Z", endsAt: "2026-03-15T00:00:00Z"
      }) { __typename } }`
      const { data, errors } = await answerOf(query)
      return errors === undefined ? data.createStorm.__typename : errors[0]?.extensions
    }
    expect(await standing()).toBe('CreateStormSuccess')
    const debt = { invoiceNumber: '2026-000123', amount: '85000', currency: 'USD', at: new Date() }
    await elsewhere.withTenant(tenantId, (tx) => suspendForDebt(tx, debt))
    expect(await standing()).toMatchObject({ code: 'TENANT_SUSPENDED', invoice: { number: '2026-000123' } })
    await elsewhere.withTenant(tenantId, (tx) => liftDebtSuspension(tx))
    expect(await standing()).toBe('CreateStormSuccess')
  })
})

describe('somebody on the network of the processes', () => {
  it.each(SUBGRAPHS)('gets nothing of %s, with a user’s token or without', async (name) => {
    for (const headers of [
      {},
      { authorization: `Bearer ${owner.token}` },
      { 'stormops-context': owner.token },
    ]) {
      for (const query of ['{ _service { sdl } }', '{ __schema { types { name } } }', '{ __typename }']) {
        const response = await fetch(`${processes.urlOf(name)}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify({ query }),
        })
        expect(response.status).toBe(401)
        expect(await response.json()).toEqual({
          errors: [{ message: expect.any(String), extensions: { code: 'UNAUTHENTICATED' } }],
        })
      }
    }
  })

  it('gets no scores either', async () => {
    for (const path of ['/port/models.scoreUplift', '/port/models.activeUpliftModel']) {
      const response = await fetch(`${processes.urlOf('models')}${path}`, { method: 'POST', body: '{}' })
      expect(response.status).toBe(401)
    }
  })
})

type Outcome = { readonly said: string; readonly isLast: boolean }
type Load = {
  readonly answered: () => number
  readonly told: () => number
  readonly others: readonly string[]
  readonly ended: Promise<unknown>
}

/** Milliseconds between an answer and the next question: below the ten a second that one person may ask. */
const PACE_MS = 110

/**
 * Several people ask over and over, each on a connection that is kept. As a balancer would, each sends nothing more
 * once it was told that the process leaves.
 */
const underLoad = async (people: number, stop: AbortSignal): Promise<Load> => {
  const tokens = await Promise.all(
    Array.from({ length: people }, (_person, place) =>
      tokenOf({ subject: `usr_load_${place}`, kind: 'USER', tenantId, role: 'VIEWER' }),
    ),
  )
  const others: string[] = []
  let [answered, told] = [0, 0]
  const ask = async (token: string): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    while (!stop.aborted) {
      const { said, isLast } = await once(agent, token)
      if (said === 'answered') answered += 1
      else others.push(said)
      if (isLast) {
        told += 1
        break
      }
      await sleep(PACE_MS)
    }
    agent.destroy()
  }
  const ended = Promise.all(tokens.map(ask))
  return { answered: () => answered, told: () => told, others, ended }
}

const once = (agent: Agent, token: string): Promise<Outcome> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(processes.url)
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
    const failed = (error: NodeJS.ErrnoException): void =>
      resolve({ said: error.code ?? error.message, isLast: true })
    const asking = request(
      { agent, hostname, port, path: '/graphql', method: 'POST', headers },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', failed)
        response.on('end', () => {
          const body = Buffer.concat(chunks).toString('utf8')
          const said = body.includes('"name":"Far Roofing"') ? 'answered' : `${response.statusCode} ${body}`
          resolve({ said, isLast: response.headers.connection === 'close' })
        })
      },
    )
    asking.on('error', failed)
    asking.end(JSON.stringify({ query: '{ viewer { tenant { name } } }' }))
  })

describe('a process that is told to stop', () => {
  it('loses no request that it took, as a gateway under load', async () => {
    const patience = new AbortController()
    const load = await underLoad(8, patience.signal)
    await until(async () => load.answered() > 20)
    const ended = await processes.stop('gateway', 'SIGTERM')
    await load.ended
    expect(ended).toEqual({ code: 0, signal: null })
    expect(load.others).toEqual([])
    expect(load.told()).toBe(8)
    await processes.start('gateway')
    expect((await answerOf(ACROSS)).errors).toBeUndefined()
  })

  it('ends what was asked of it, as a subgraph under load, and is missed only once it is gone', async () => {
    const patience = new AbortController()
    const load = await underLoad(8, patience.signal)
    await until(async () => load.answered() > 20)
    const ended = await processes.stop('tenancy', 'SIGTERM')
    await until(async () => load.others.length > 8)
    patience.abort()
    await load.ended
    expect(ended).toEqual({ code: 0, signal: null })
    // Nobody was cut off in the middle: whoever came too late is told so.
    expect(load.others.filter((outcome) => !outcome.includes('"code":"UNAVAILABLE"'))).toEqual([])
    await processes.start('tenancy')
    expect((await answerOf(ACROSS)).errors).toBeUndefined()
  })

  it('ends its job, as a worker, and the next one goes on', async () => {
    const rows = await openRows(database.admin)
    const imports = () =>
      rows.many<{ state: string; attempts: number }>(
        `select state, attempts from chassis.job_run where name = 'storms.import-properties' order by started_at desc`,
      )
    const before = (await imports()).length
    const pilot = pilotRun(owner, { ...PLAN, eventId: 'processes-2', properties: 30_000 }, new Date())
    const stormId = await pilot.createStorm()
    const importing = pilot.importProperties(stormId)
    await until(async () => {
      const [latest, ...earlier] = await imports()
      return earlier.length === before && latest?.state !== 'QUEUED'
    })
    expect(await processes.stop('worker', 'SIGTERM')).toEqual({ code: 0, signal: null })
    // Done by the worker that was told to stop, at its first attempt: there was no other.
    expect((await imports())[0]).toEqual({ state: 'SUCCEEDED', attempts: 1 })
    expect(await importing).toMatchObject({ status: 'COMPLETED' })
    await rows.close()
    await processes.start('worker')
    expect(await readiness(processes.urlOf('worker'))).toMatchObject({ status: 200 })
  })
})

describe('a process that cannot do its work', () => {
  it('says all of what it is not told', async () => {
    const { DATABASE_URL: _address, ...bare } = environmentOf({ ...database, home })
    const { code, complaint } = await command(['serve', 'subgraph', 'storms', '--port', 'http'], {
      ...bare,
      SUBGRAPH_URLS: 'billing=http://127.0.0.1:1',
    })
    expect(code).toBe(1)
    expect(
      complaint
        .trim()
        .split('\n')
        .map((line) => line.trim().split(':')[0]),
    ).toEqual(['The configuration has faults', 'PORT', 'DATABASE_URL', 'PUBLIC_URL', 'SUBGRAPH_URLS'])
    expect(complaint).toContain('models')
  })

  it('does not start on a database that nobody brought up to date', async () => {
    const fresh = await cloneDatabase()
    try {
      const { code, complaint } = await command(
        ['serve', 'subgraph', 'billing', '--port', '0'],
        environmentOf({ ...fresh, home }, { PUBLIC_URL: 'http://127.0.0.1:4000' }),
      )
      expect(code).toBe(1)
      expect(complaint).toContain('stormops db migrate')
      expect(complaint).toContain('the queue billing')
    } finally {
      await fresh.close()
    }
  })

  it('does not know a subgraph that there is none of', async () => {
    const { code, complaint } = await command(
      ['serve', 'subgraph', 'weather'],
      environmentOf({ ...database, home }),
    )
    expect(code).not.toBe(0)
    expect(complaint).toContain('tenancy, storms, models, slos, billing, operations')
  })
})
