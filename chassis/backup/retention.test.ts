import { describe, expect, it } from 'vitest'
import { KEPT_EXPORTS, keptBackups, keptExports, keptWal } from './retention.ts'
import type { Dated } from './retention.ts'

const DAY_MS = 86_400_000
const ZONE = 'America/Chicago'

const backup = (endedAt: string, isVerified = false): Dated => ({
  id: endedAt,
  endedAt: new Date(endedAt),
  isVerified,
})

/** A backup every night at 09:30 UTC, which is half past three or four in Chicago; the last one on that day. */
const nights = (count: number, last: string): readonly Dated[] =>
  Array.from({ length: count }, (_, ago) => {
    const at = new Date(new Date(`${last}T09:30:00Z`).getTime() - ago * DAY_MS).toISOString()
    return { id: at.slice(0, 10), endedAt: new Date(at), isVerified: false }
  }).toReversed()

const kept = (backups: readonly Dated[]) => [...keptBackups(backups, ZONE).keys()].toSorted()

describe('base backups that are kept', () => {
  it('are none of none, and the only one there is', () => {
    expect(kept([])).toEqual([])
    expect(kept([backup('2020-01-01T00:00:00.000Z')])).toEqual(['2020-01-01T00:00:00.000Z'])
  })

  it('are all of the first week', () => {
    expect(kept(nights(7, '2026-11-21'))).toHaveLength(7)
  })

  it('are, after two years of nights, seven days, the newest of four weeks and of twelve months', () => {
    const of = keptBackups(nights(730, '2026-11-21'), ZONE)
    const withReason = (reason: string) =>
      [...of]
        .filter(([, reasons]) => reasons.some((one) => one === reason))
        .map(([id]) => id)
        .toSorted()
    expect(withReason('DAY')).toEqual([
      '2026-11-15',
      '2026-11-16',
      '2026-11-17',
      '2026-11-18',
      '2026-11-19',
      '2026-11-20',
      '2026-11-21',
    ])
    // Weeks begin on Monday; the running one has its newest, which is a Saturday.
    expect(withReason('WEEK')).toEqual(['2026-11-01', '2026-11-08', '2026-11-15', '2026-11-21'])
    expect(withReason('MONTH')).toEqual([
      '2025-12-31',
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
      '2026-05-31',
      '2026-06-30',
      '2026-07-31',
      '2026-08-31',
      '2026-09-30',
      '2026-10-31',
      '2026-11-21',
    ])
    expect(of.size).toBe(7 + 2 + 11)
  })

  it('are the same when nobody makes new ones: age alone takes nothing away', () => {
    const old = nights(3, '2021-03-03')
    expect(kept(old)).toEqual(['2021-03-01', '2021-03-02', '2021-03-03'])
  })

  it('count a day by the clock of the zone', () => {
    // Half past eleven in the evening and half past midnight, on the same day by UTC.
    const late = backup('2026-07-02T04:30:00.000Z')
    const early = backup('2026-07-02T05:30:00.000Z')
    expect(keptBackups([late, early], ZONE).get(late.id)).toContain('DAY')
    expect(keptBackups([late, early], 'UTC').has(late.id)).toBe(false)
  })

  it('are of a day with several the newest only', () => {
    expect(kept([backup('2026-11-21T15:00:00.000Z'), backup('2026-11-21T20:00:00.000Z')])).toEqual([
      '2026-11-21T20:00:00.000Z',
    ])
  })

  it('always have the newest verified one among them, whatever its age', () => {
    const proven = { ...backup('2019-05-05T09:30:00.000Z'), isVerified: true }
    const older = { ...backup('2019-05-04T09:30:00.000Z'), isVerified: true }
    const of = keptBackups([older, proven, ...nights(400, '2026-11-21')], ZONE)
    expect(of.get(proven.id)).toEqual(['VERIFIED'])
    expect(of.has(older.id)).toBe(false)
  })

  it('have the newest among them, verified or not', () => {
    const proven = { ...backup('2026-11-20T09:30:00.000Z'), isVerified: true }
    expect(kept([proven, backup('2026-11-20T20:00:00.000Z')])).toHaveLength(2)
  })

  it('keep weeks apart at the turn of the year', () => {
    const of = keptBackups(nights(10, '2027-01-04'), ZONE)
    const weeks = [...of].filter(([, reasons]) => reasons.includes('WEEK')).map(([id]) => id)
    expect(weeks.toSorted()).toEqual(['2026-12-27', '2027-01-03', '2027-01-04'])
  })
})

const segment = (timeline: number, position: number): string =>
  `${timeline.toString(16).padStart(8, '0')}${position.toString(16).padStart(16, '0')}`.toUpperCase()

const at = (position: number): string => segment(1, position).slice(8)

describe('pieces of the log that are kept', () => {
  it('are all while there is no base backup', () => {
    expect(keptWal([])(at(1))).toBe(true)
  })

  it('are all since the oldest backup kept for its day, and of older ones what they need themselves', () => {
    const isKept = keptWal([
      { startWal: segment(1, 10), stopWal: segment(1, 11), reasons: ['MONTH'] },
      { startWal: segment(1, 50), stopWal: segment(1, 52), reasons: ['DAY', 'WEEK'] },
      { startWal: segment(2, 60), stopWal: segment(2, 60), reasons: ['NEWEST', 'DAY'] },
    ])
    const found = [9, 10, 11, 12, 49, 50, 55, 60, 99].filter((position) => isKept(at(position)))
    expect(found).toEqual([10, 11, 50, 55, 60, 99])
  })

  it('follow the newest backup even when its day has a newer one on paper', () => {
    const isKept = keptWal([{ startWal: segment(1, 5), stopWal: segment(1, 5), reasons: ['NEWEST'] }])
    expect([4, 5, 6].filter((position) => isKept(at(position)))).toEqual([5, 6])
  })
})

describe('exports of companies that are kept', () => {
  it('are the newest of each of the last fourteen days', () => {
    const all = nights(40, '2026-11-21')
    const twice = { id: 'again', endedAt: new Date('2026-11-21T20:00:00Z') }
    const of = keptExports([...all, twice], ZONE)
    expect(of.size).toBe(KEPT_EXPORTS)
    expect(of.has('again')).toBe(true)
    expect(of.has('2026-11-21')).toBe(false)
    expect(of.has('2026-11-08')).toBe(true)
    expect(of.has('2026-11-07')).toBe(false)
  })
})
