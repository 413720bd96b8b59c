/** Separate processes: each kind is killed in the middle of writes, and a subgraph is slow, gone, or somebody else. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '@stormops/chassis/clock'
import { signingKeys, signToken } from '@stormops/chassis/identity'
import { graphClient } from '@stormops/cli/client'
import { PROVISION } from '@stormops/cli/demo/documents'
import { startProcesses } from '@stormops/cli/testing/platform-processes'
import type { PlatformProcesses, ProcessName } from '@stormops/cli/testing/platform-processes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRows } from '../storms/rows.ts'
import type { Rows } from '../storms/rows.ts'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'
import { until } from '@stormops/chassis/testing/until'
import { uuidOf } from '../world/world.ts'
import { work, workStorm } from './crew.ts'
import { openFaultProxy } from './fault-proxy.ts'
import { faultyInvoices } from './faulty-platform.ts'
import { assertUnharmed } from './invariants.ts'
import type { Suspect } from './invariants.ts'
import { openJournal } from './journal.ts'
import type { Company, Journal } from './journal.ts'

const START_MS = 240_000
const TOKEN_SECONDS = 3_600
const isLong = process.env['STORMOPS_LONG_FAULTS'] === '1'

let database: TestDatabase
let home: string
let processes: PlatformProcesses
let journal: Journal
let rows: Rows
let suspect: Suspect
let company: Company
let other: Company

const tokenOf = async (tenantId: string | null): Promise<string> =>
  signToken(
    await signingKeys(home),
    tenantId === null
      ? { subject: 'stf_test', kind: 'STAFF', tenantId, role: 'STAFF' }
      : { subject: 'usr_owner', kind: 'USER', tenantId, role: 'OWNER' },
    systemClock,
    TOKEN_SECONDS,
  )

const aCompany = async (name: string): Promise<Company> => {
  const staff = graphClient(processes.url, await tokenOf(null))
  const input = { name, tier: 'ENTERPRISE', adminEmail: `${crypto.randomUUID()}@example.com` }
  const { provisionTenant } = await staff.ask<any>(PROVISION, { input })
  const uuid = uuidOf(provisionTenant.tenant.id)
  const made = { uuid, name, token: await tokenOf(uuid) }
  journal.add(made)
  await until(async () => {
    const said = await journal.ask(made, `{ activeModel(name: "uplift", environment: PRODUCTION) { id } }`)
    return said.kind === 'answered' && said.data?.activeModel !== null
  })
  return made
}

beforeAll(async () => {
  database = await cloneDatabase()
  home = mkdtempSync(join(tmpdir(), 'stormops-faults-'))
  processes = await startProcesses({ admin: database.admin, secret: database.secret, home })
  rows = await openRows(database.admin)
  journal = openJournal(() => processes.url)
  suspect = { url: () => processes.url, rows, journal, provenInvoices: () => faultyInvoices(database) }
  company = await aCompany('Apart Roofing')
  other = await aCompany('Beside Roofing')
}, START_MS)
afterAll(async () => {
  await processes?.close()
  await rows?.close()
  await database?.close()
  rmSync(home, { recursive: true, force: true })
})

const whileTheyWork = async (happens: () => Promise<void>): Promise<void> => {
  let isOver = false
  const working = [company, other].map((who) =>
    work({ company: who, journal, isOver: () => isOver, pauseMs: 20 }),
  )
  await sleep(400)
  try {
    await happens()
  } finally {
    isOver = true
    await Promise.all(working)
  }
}

const KINDS: readonly ProcessName[] = isLong
  ? ['gateway', 'tenancy', 'storms', 'models', 'slos', 'billing', 'operations', 'worker']
  : ['gateway', 'tenancy', 'storms', 'billing', 'worker']

describe('a process that is killed in the middle of writes', () => {
  it.each(KINDS)('as %s takes nothing along that was acknowledged', async (name) => {
    const before = journal.acknowledged.length
    await whileTheyWork(async () => {
      await processes.stop(name, 'SIGKILL')
      await sleep(300)
      await processes.start(name)
      await sleep(300)
    })
    await assertUnharmed(suspect)
    expect(journal.acknowledged.length).toBeGreaterThan(before)
  })
})

const ACROSS = `{
  viewer { tenant { name plan { tier } } }
  activeModel(name: "uplift", environment: PRODUCTION) { version }
}`

/** Who answers at the address of billing instead of it. */
const impostor = async (answers: RequestListener): Promise<Server> => {
  const server = createServer(answers)
  const { port } = new URL(processes.urlOf('billing'))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(Number(port), '127.0.0.1', resolve)
  })
  return server
}

const json = (body: string, status = 200): RequestListener => {
  return (request, response) => {
    request.resume()
    response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    })
    response.end(body)
  }
}

const LIES: Readonly<Record<string, RequestListener>> = {
  'a page of HTML with status 200': (request, response) => {
    request.resume()
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end('<!doctype html><h1>It works!</h1>')
  },
  'what is no JSON': json('{"data": {'),
  'JSON that is no answer': json('[1, 2, 3]'),
  null: json('null'),
  'a body that breaks off': (request, response) => {
    request.resume()
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' })
    response.write('{"data":{"_entities":[{"plan":{')
    setTimeout(() => response.destroy(), 20)
  },
  'an error of a proxy': json('{"message":"upstream connect error"}', 502),
  'somebody else’s entity': (request, response) => {
    request.resume()
    const theirs = { __typename: 'Tenant', id: `ten_${other.uuid.replaceAll('-', '')}`, plan: { tier: 7 } }
    json(JSON.stringify({ data: { _entities: [theirs, theirs, theirs] } }))(request, response)
  },
}

describe('a subgraph that is somebody else', () => {
  beforeAll(() => processes.stop('billing', 'SIGKILL').then(() => undefined))
  afterAll(() => processes.start('billing'), START_MS)

  it.each(Object.keys(LIES))('and answers %s costs its own fields and nothing more', async (lie) => {
    const listener = LIES[lie]
    if (listener === undefined) throw new Error(lie)
    const server = await impostor(listener)
    try {
      const said = await journal.askPatiently(company, ACROSS)
      if (said.kind === 'lost') throw new Error(said.reason)
      expect(said.status).toBe(200)
      expect(said.data?.viewer?.tenant).toEqual({ name: 'Apart Roofing', plan: null })
      expect(said.data?.activeModel?.version).toEqual(expect.any(String))
      expect(said.codes.length).toBeGreaterThan(0)
      expect(said.codes.filter((code) => !/^(UNAVAILABLE|TIMEOUT|INTERNAL)$/.test(code))).toEqual([])
    } finally {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  })

  it('and never answers costs its own fields, within the deadline', async () => {
    const server = await impostor((request) => void request.resume())
    try {
      const said = await journal.askPatiently(company, ACROSS)
      if (said.kind === 'lost') throw new Error(said.reason)
      expect(said.data?.viewer?.tenant).toEqual({ name: 'Apart Roofing', plan: null })
      expect(said.codes).toEqual([expect.stringMatching(/TIMEOUT|UNAVAILABLE/)])
    } finally {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  })
})

describe('the processes after that', () => {
  it('are whole again', async () => {
    expect(await workStorm({ company, journal, isOver: () => false })).not.toBeNull()
    await assertUnharmed(suspect)
  })
})

describe('the line between a client and the gateway', () => {
  it('is cut after each question for a while: whoever asks again under a key has it once', async () => {
    const { hostname, port } = new URL(processes.url)
    const line = await openFaultProxy({ host: hostname, port: Number(port) })
    const over = openJournal(() => `http://127.0.0.1:${line.port}`)
    try {
      let tries = 0
      const before = await rows.one<{ n: number }>(
        `select count(*)::int as n from storms.storm where tenant_id = $1`,
        [company.uuid],
      )
      line.set({ kind: 'cut-after', bytes: 0 })
      const storm = await workStorm({
        company,
        journal: over,
        isOver: () => {
          tries += 1
          // Each question is delivered and answered to nobody, twice, before the line is mended.
          line.set(tries % 3 === 0 ? { kind: 'pass' } : { kind: 'cut-after', bytes: 0 })
          return false
        },
      })
      expect(storm).not.toBeNull()
      const after = await rows.one<{ n: number }>(
        `select count(*)::int as n from storms.storm where tenant_id = $1`,
        [company.uuid],
      )
      expect(after.n).toBe(before.n + 1)
      expect(over.countsOf(company).lost).toBeGreaterThan(2)
      for (const entry of over.acknowledged) journal.keep(company, entry)
    } finally {
      await line.close()
    }
    // What was asked over the other line is counted there.
    const { sent, answered } = over.countsOf(company)
    const counts = journal.countsOf(company)
    counts.sent += sent
    counts.answered += answered
    await assertUnharmed(suspect)
  })
})
