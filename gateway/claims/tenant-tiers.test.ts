import { describe, expect, it } from 'vitest'
import { logLines } from '../testing/log-lines.ts'
import { NO_TIER_MILLISECONDS, TIER_MILLISECONDS, tenantTiers } from './tenant-tiers.ts'

const start = (load: (tenantId: string) => Promise<string | null>) => {
  let now = 0
  const asked: string[] = []
  const log = logLines()
  const tiers = tenantTiers({
    load: (tenantId) => {
      asked.push(tenantId)
      return load(tenantId)
    },
    log: log.log,
    now: () => now,
  })
  return { ...tiers, asked, log, pass: (milliseconds: number) => void (now += milliseconds) }
}

describe('the plan of a company', () => {
  it('is asked once for all who want to know at the same time, and for a few seconds after', async () => {
    const { tierOf, asked, pass } = start(async () => 'STANDARD')
    expect(await Promise.all([tierOf('a'), tierOf('a'), tierOf('b')])).toEqual(Array(3).fill('STANDARD'))
    pass(TIER_MILLISECONDS - 1)
    await tierOf('a')
    expect(asked).toEqual(['a', 'b'])
    pass(1)
    await tierOf('a')
    expect(asked).toEqual(['a', 'b', 'a'])
  })

  it('is asked again soon where there is none yet', async () => {
    const { tierOf, asked, pass } = start(async () => null)
    await tierOf('a')
    pass(NO_TIER_MILLISECONDS - 1)
    await tierOf('a')
    expect(asked).toEqual(['a'])
    pass(1)
    await tierOf('a')
    expect(asked).toEqual(['a', 'a'])
  })

  it('is the last known one while it cannot be read, which the log says', async () => {
    let fails = false
    const { tierOf, pass, log } = start(async () => {
      if (fails) throw new Error('no connection')
      return 'ENTERPRISE'
    })
    await tierOf('a')
    fails = true
    pass(TIER_MILLISECONDS)
    expect([await tierOf('a'), await tierOf('b')]).toEqual(['ENTERPRISE', null])
    expect(log.lines().map(({ level, tenantId }) => [level, tenantId])).toEqual([
      ['warn', 'a'],
      ['warn', 'b'],
    ])
  })
})
