/** What nobody waits for any more is ended down to the statement that runs, in one process and across several. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRows } from '../storms/rows.ts'
import type { Rows } from '../storms/rows.ts'
import { until } from '@stormops/chassis/testing/until'
import { openWorld } from '../world/world.ts'
import type { TestTenant, World } from '../world/world.ts'

/** SQL gives up by itself after five seconds; what ends sooner was ended. */
const SOONER_MS = 3_000

const STORMS = '{ storms(first: 1) { edges { node { name } } } }'

// About both shapes, whichever the run is about: the way down is another in each.
describe.each(['process', 'processes'] as const)('a question, in the shape %s,', (shape) => {
  let world: World
  let company: TestTenant
  let rows: Rows
  let held: Rows

  beforeAll(async () => {
    world = await openWorld({ shape })
    company = await world.tenant()
    rows = await openRows(world.database.admin)
    held = await openRows(world.database.admin)
  })
  afterAll(async () => {
    await held?.close()
    await rows?.close()
    await world?.close()
  })

  const waiting = async (): Promise<number> => {
    const { count } = await rows.one<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity
       where datname = current_database() and application_name = 'stormops storms' and wait_event_type = 'Lock'`,
    )
    return count
  }

  const ask = (signal: AbortSignal | null, milliseconds = 9_000): Promise<Response> =>
    fetch(`${world.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${company.as('OWNER').token}`,
        'x-request-timeout-ms': `${milliseconds}`,
      },
      body: JSON.stringify({ query: STORMS }),
      signal,
    })

  it('ends in the database once its client has hung up', async () => {
    await held.many('begin')
    await held.many('lock table storms.storm in access exclusive mode')
    const gone = new AbortController()
    const asked = ask(gone.signal).catch((error: Error) => error.name)
    await until(async () => (await waiting()) === 1)
    gone.abort()
    expect(await asked).toBe('AbortError')
    await until(async () => (await waiting()) === 0, SOONER_MS)
    await held.many('rollback')
    expect((await company.as('OWNER').send(STORMS)).errors).toEqual([])
  })

  it('ends in the database when the time of its client is over, which is told', async () => {
    await held.many('begin')
    await held.many('lock table storms.storm in access exclusive mode')
    const asked = ask(null, 1_500)
    await until(async () => (await waiting()) === 1)
    const answer = (await (await asked).json()) as { errors: { extensions: { code: string } }[] }
    expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['TIMEOUT'])
    await until(async () => (await waiting()) === 0, SOONER_MS)
    await held.many('rollback')
  })
})
