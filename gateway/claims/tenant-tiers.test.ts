import { describe, expect, it } from 'vitest'
import { logLines } from '../testing/log-lines.ts'
import { FRESH_MILLISECONDS, NO_TIER_MILLISECONDS, TIER_MILLISECONDS, tenantTiers } from './tenant-tiers.ts'

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

describe('a plan that may be another now', () => {
  it('is asked for anew once it is forgotten', async () => {
    let tier = 'TRIAL'
    const { tierOf, forget } = start(async () => tier)
    await tierOf('a')
    tier = 'STANDARD'
    expect(await tierOf('a')).toBe('TRIAL')
    forget('a')
    expect(await tierOf('a')).toBe('STANDARD')
  })

  it('is asked for before somebody is refused, but not by everybody who is', async () => {
    let tier = 'TRIAL'
    const { tierOf, freshTierOf, asked, pass } = start(async () => tier)
    await tierOf('a')
    tier = 'STANDARD'
    pass(FRESH_MILLISECONDS - 1)
    expect(await freshTierOf('a')).toBe('TRIAL')
    pass(1)
    expect(await Promise.all([freshTierOf('a'), freshTierOf('a'), tierOf('a')])).toEqual(
      Array(3).fill('STANDARD'),
    )
    expect(asked).toEqual(['a', 'a'])
  })
})
