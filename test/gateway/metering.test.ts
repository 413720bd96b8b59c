import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clientConfig } from '@stormops/chassis/database/connection'
import type { MeteredOperation } from '@stormops/gateway/metering/metered-operation'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'
import { until } from '@stormops/chassis/testing/until'
import { openWorld } from '../world/world.ts'
import type { MeteredGatewayAddress, MeteredGatewayPlace } from './metered-gateway.fixture.ts'

const PROGRAM = fileURLToPath(new URL('./metered-gateway.fixture.ts', import.meta.url))
const CLIENTS = 12
const KILLS = 6

type Running = MeteredGatewayAddress & { readonly kill: () => Promise<void> }

/** Names of operations, each asked once. */
type Asked = { readonly answered: Set<string>; readonly cut: Set<string> }

describe('gateways that are killed', () => {
  let database: TestDatabase
  let rows: pg.Client
  let directory: string
  const children: ChildProcess[] = []
  let asked: Asked
  let numbers = 0

  beforeAll(async () => {
    database = await cloneDatabase()
    rows = new pg.Client(clientConfig(database.admin))
    await rows.connect()
    await rows.query(`create table metered (event_id uuid primary key, operation_name text not null)`)
    await rows.query(`create table attempt (event_id uuid not null)`)
  })
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'stormops-metering-'))
    asked = { answered: new Set(), cut: new Set() }
    await rows.query('truncate metered, attempt')
  })
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
    rmSync(directory, { recursive: true, force: true })
  })
  afterAll(async () => {
    await rows.end()
    await database.close()
  })

  const start = async (ledger: MeteredGatewayPlace['ledger']): Promise<Running> => {
    const place: MeteredGatewayPlace = { admin: database.admin, directory, ledger }
    const child = spawn(process.execPath, [PROGRAM, JSON.stringify(place)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.push(child)
    const kill = async (): Promise<void> => {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    }
    for await (const line of createInterface({ input: child.stdout })) {
      const address: MeteredGatewayAddress = JSON.parse(line)
      return { ...address, kill }
    }
    throw new Error('The gateway did not start.')
  }

  const ask = async ({ url, token }: Running, name: string): Promise<boolean> => {
    asked.cut.add(name)
    try {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query: `query ${name} { whoAsks storm(id: "a") { crewCount } }` }),
      })
      if (!(await response.text()).includes('"crewCount":2')) return false
    } catch {
      return false
    }
    asked.cut.delete(name)
    asked.answered.add(name)
    return true
  }

  /** Many clients ask until the gateway is gone; it is killed once so many answers came, while others are under way. */
  const loadAndKill = async (gateway: Running, answers: number): Promise<void> => {
    let left = answers
    const killed: Promise<void>[] = []
    const client = async (): Promise<void> => {
      while (await ask(gateway, `R${(numbers += 1)}`)) {
        left -= 1
        if (left === 0) killed.push(gateway.kill())
      }
    }
    await Promise.all(Array.from({ length: CLIENTS }, client))
    await Promise.all(killed)
    expect(killed).toHaveLength(1)
  }

  const stored = async (): Promise<readonly string[]> => {
    const { rows: found } = await rows.query<{ name: string }>('select operation_name as name from metered')
    return found.map(({ name }) => name)
  }
  const missing = async (): Promise<readonly string[]> => {
    const names = new Set(await stored())
    return [...asked.answered].filter((name) => !names.has(name))
  }
  const allIsStored = () => until(async () => (await missing()).length === 0)

  const requireExactlyOnce = async (): Promise<void> => {
    const names = await stored()
    expect(new Set(names).size, 'an operation is stored twice').toBe(names.length)
    expect(names.filter((name) => !asked.answered.has(name) && !asked.cut.has(name))).toEqual([])
    expect(await missing()).toEqual([])
  }

  it('store every answered operation exactly once, and nothing but those that were under way', async () => {
    for (let life = 0; life < KILLS; life += 1) {
      // Every other life leaves all it counted to the next.
      const gateway = await start(life % 2 === 0 ? 'unreliable' : 'stuck')
      await loadAndKill(gateway, 1 + Math.floor(Math.random() * 250))
    }
    expect(asked.answered.size).toBeGreaterThan(KILLS)
    expect(asked.cut.size).toBeLessThanOrEqual(KILLS * CLIENTS)
    await start('unreliable')
    await allIsStored()
    // Written is one thing, removed another: nothing waits any more once no segment of the dead is left.
    await until(async () => readdirSync(directory).filter((file) => file.endsWith('.spool')).length === 0)
    await requireExactlyOnce()
    expect(readdirSync(directory).filter((file) => file.endsWith('.damaged'))).toEqual([])
  })

  it('leave what they counted to a sibling that lives', async () => {
    const [doomed, sibling] = await Promise.all([start('stuck'), start('unreliable')])
    await loadAndKill(doomed, 60)
    expect(await missing()).toHaveLength(asked.answered.size)
    await ask(sibling, `R${(numbers += 1)}`)
    await allIsStored()
    await requireExactlyOnce()
  })

  it('write again what was written when the word of it did not reach them', async () => {
    const gateway = await start('forgetful')
    await loadAndKill(gateway, 400)
    await start('forgetful')
    await allIsStored()
    // Whichever of the two wrote first, it or the next one writes that batch again.
    await until(async () => {
      const { rows: found } = await rows.query<{ repeated: number }>(
        'select (count(*) - count(distinct event_id))::int as repeated from attempt',
      )
      return (found[0]?.repeated ?? 0) > 0
    })
    await requireExactlyOnce()
  })
})

describe('a platform with a ledger', () => {
  it('has every operation counted, under its home, and all of it written when it closes', async () => {
    const written: MeteredOperation[] = []
    const world = await openWorld({
      meter: { write: async (batch) => void written.push(...batch) },
    })
    const { uuid, as } = await world.tenant()
    written.length = 0
    await as('OWNER').data('query MyCompany { viewer { tenant { name } } }')
    await as('OWNER').send('query Wrong { nothing }')
    expect(readdirSync(join(world.home, 'spool', 'metering')).length).toBeGreaterThan(0)
    expect(await world.platform.gateway.registry.metrics()).toContain('stormops_metering_counted_total')
    await world.close()
    const own = written.filter(({ tenantId }) => tenantId === uuid)
    expect(own.map(({ operationName, outcome }) => [operationName, outcome])).toContainEqual([
      'MyCompany',
      'ok',
    ])
    expect(own.some(({ operationName }) => operationName === 'Wrong')).toBe(false)
  })
})
