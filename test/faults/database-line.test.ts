/** The line between the platform and its database: slow, cut, silent; and all of it taken by somebody else. */
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientConfig } from '@stormops/chassis/database/connection'
import { CREATE_STORM, aStorm, moving } from '../storms/storm-builders.ts'
import { until } from '@stormops/chassis/testing/until'
import { work, workStorm } from './crew.ts'
import { openFaultyPlatform } from './faulty-platform.ts'
import type { FaultyPlatform } from './faulty-platform.ts'
import { assertUnharmed } from './invariants.ts'
import type { Company } from './journal.ts'

let platform: FaultyPlatform
let one: Company
let other: Company
beforeAll(async () => {
  platform = await openFaultyPlatform()
  one = await platform.company('Lines Roofing')
  other = await platform.company('Other Roofing')
})
afterAll(() => platform?.close())

/** Both companies work while something happens, and until the work they had begun is done. */
const whileTheyWork = async (happens: () => Promise<void>): Promise<void> => {
  let isOver = false
  const working = [one, one, other, other].map((company) =>
    work({ company, journal: platform.journal, isOver: () => isOver }),
  )
  await sleep(150)
  try {
    await happens()
  } finally {
    isOver = true
    await Promise.all(working)
  }
}

const refusalsOf = (company: Company): ReadonlyMap<string, number> =>
  platform.journal.countsOf(company).refused

const NAME = '{ viewer { tenant { name } } }'

describe('the line to the database', () => {
  it('is slow for a while, and nothing but time is lost', async () => {
    await whileTheyWork(() =>
      platform.lines.database.during({ kind: 'delay', milliseconds: 20, jitter: 15 }, () => sleep(1_000)),
    )
    await assertUnharmed(platform)
    expect([...refusalsOf(one).keys()]).toEqual([])
  })

  it('is cut again and again in the middle of writes', async () => {
    await whileTheyWork(async () => {
      for (let cut = 0; cut < 6; cut += 1) {
        platform.lines.database.cutNow()
        await sleep(120)
      }
    })
    await platform.lines.database.during({ kind: 'cut' }, async () => {
      const said = await platform.journal.ask(one, CREATE_STORM, { input: aStorm() })
      expect(said).toMatchObject({ kind: 'answered', codes: ['UNAVAILABLE'] })
      const ready = await fetch(`${platform.directUrl}/readyz`)
      expect(ready.status).toBe(503)
      await sleep(300)
    })
    await assertUnharmed(platform)
    // Whoever was cut off is told to come again, and not that something broke.
    expect(
      [...refusalsOf(one).keys()].filter((code) => code !== 'UNAVAILABLE' && code !== 'TIMEOUT'),
    ).toEqual([])
  })

  it('falls silent: whoever asks is told within the deadline, and it is whole again once it speaks', async () => {
    await platform.lines.database.during({ kind: 'black-hole' }, async () => {
      // Longer than the gateway remembers anything, so that it has to ask, too.
      await sleep(6_000)
      const started = performance.now()
      const asked = Array.from({ length: 30 }, () =>
        platform.journal.ask(one, CREATE_STORM, { input: aStorm() }),
      )
      for (const answer of await Promise.all(asked)) {
        expect(answer).toMatchObject({ kind: 'answered' })
        expect(
          answer.kind === 'answered' && answer.codes.every((code) => /UNAVAILABLE|TIMEOUT/.test(code)),
        ).toBe(true)
      }
      // The gateway gives up after ten seconds, and clients after thirty; the rest is a busy machine.
      expect(performance.now() - started).toBeLessThan(25_000)
    })
    await assertUnharmed(platform)
  })
})

describe('the connections of the database', () => {
  it('are held by what one company waits for, and the other one goes on', async () => {
    const stormId = await workStorm({ company: one, journal: platform.journal, isOver: () => false })
    const holder = new pg.Client(clientConfig(platform.database.admin))
    await holder.connect()
    try {
      await holder.query('begin')
      await holder.query(`select from storms.storm where tenant_id = $1 for update`, [one.uuid])
      const stuck = Array.from({ length: 40 }, () =>
        platform.journal.ask(one, moving('activateStorm'), { input: { stormId } }),
      )
      await until(async () => {
        const { n } = await platform.rows.one<{ n: number }>(
          `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
        return n > 3
      })
      const said = await platform.journal.ask(other, NAME)
      expect(said).toMatchObject({ kind: 'answered', status: 200 })
      const wrote = await workStorm({ company: other, journal: platform.journal, isOver: () => false })
      expect(wrote).not.toBeNull()
      await holder.query('rollback')
      await Promise.all(stuck)
    } finally {
      await holder.end()
    }
    await assertUnharmed(platform)
  })
})
