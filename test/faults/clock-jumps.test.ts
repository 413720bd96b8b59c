/** The platform's clock jumps: an hour forward and back, over the end of a month, over the change to summer time. */
import type { Clock } from '@stormops/chassis/clock'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { workStorm } from './crew.ts'
import { openFaultyPlatform } from './faulty-platform.ts'
import type { FaultyPlatform } from './faulty-platform.ts'
import { assertUnharmed } from './invariants.ts'
import type { Company } from './journal.ts'

const HOUR_MS = 3_600_000

/** Goes on from wherever it was put. */
const settableClock = () => {
  let offset = 0
  const clock: Clock = { now: () => new Date(Date.now() + offset) }
  return {
    clock,
    jump: (milliseconds: number) => void (offset += milliseconds),
    jumpTo: (instant: string) => void (offset = Date.parse(instant) - Date.now()),
    home: () => void (offset = 0),
  }
}

describe('a clock that jumps', () => {
  const time = settableClock()
  let platform: FaultyPlatform
  let company: Company
  beforeAll(async () => {
    platform = await openFaultyPlatform({ clock: time.clock })
    company = await platform.company('Timely Roofing')
    await platform.company('Other Roofing')
  })
  afterAll(() => platform?.close())

  const works = async (): Promise<void> => {
    // A token is good for its own time, and this is about what the platform writes.
    const worker = { ...company, token: await platform.tokenOf(company.uuid) }
    const storm = await workStorm({ company: worker, journal: platform.journal, isOver: () => false })
    expect(storm).not.toBeNull()
  }

  it('an hour forward, and back, loses and doubles nothing', async () => {
    await works()
    time.jump(HOUR_MS)
    await works()
    time.jump(-2 * HOUR_MS)
    await works()
    time.home()
    await works()
    await assertUnharmed(platform)
  })

  it('over the end of a month counts each use in one month, before it and after it', async () => {
    const now = new Date()
    const end = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)
    time.jumpTo(new Date(end - 400).toISOString())
    await works()
    // Past the end of the month wherever the company is.
    time.jumpTo(new Date(end + 14 * HOUR_MS).toISOString())
    await works()
    time.home()
    await works()
    await assertUnharmed(platform)
    const months = await platform.rows.many<{ month: string }>(
      `select distinct month::text as month from billing.usage_counter where tenant_id = $1 order by 1`,
      [company.uuid],
    )
    expect(months).toHaveLength(2)
    const doubled = await platform.rows.many(
      `select from billing.usage_event where tenant_id = $1 group by event_id having count(distinct month) > 1`,
      [company.uuid],
    )
    expect(doubled).toEqual([])
  })

  it('over the change to summer time and back counts the hour that is missing, and the one that comes twice', async () => {
    // In the middle of America: 2027-03-14 02:00 does not exist, and 2027-11-07 01:30 does so twice.
    for (const instant of ['2027-03-14T07:59:59.800Z', '2027-11-07T06:30:00Z', '2027-11-07T07:30:00Z']) {
      time.jumpTo(instant)
      await works()
    }
    time.home()
    await assertUnharmed(platform)
  })
})
