import { periodOfMonth } from '@stormops/chassis/values/periods'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  aMonth,
  aRatablePlan,
  EVENTS,
  NOVEMBER,
  november,
  perDay,
  perUnit,
  STORAGE,
  STORMS,
} from './a-month.ts'
import { projectedUsage } from './projection.ts'
import type { MonthToProject } from './projection.ts'
import { rateMonth } from './rating.ts'
import type { PhaseUsage } from './rating.ts'

const aProjection = (difference: Partial<MonthToProject>): MonthToProject => ({
  period: NOVEMBER,
  now: november('11'),
  timeZone: 'UTC',
  metrics: [STORMS, EVENTS, STORAGE],
  usage: [],
  phase: 0,
  ...difference,
})
const totalOf = (usage: readonly PhaseUsage[], metric: string): bigint =>
  usage.filter((entry) => entry.metric === metric).reduce((sum, { quantity }) => sum + quantity, 0n)

describe('a projection', () => {
  const usage = [{ metric: 'STORMS', phase: 0, quantity: 4n }]

  it('goes on in proportion to the seconds', () => {
    expect(totalOf(projectedUsage(aProjection({ usage })), 'STORMS')).toBe(12n)
    expect(totalOf(projectedUsage(aProjection({ usage, now: november('16') })), 'STORMS')).toBe(8n)
  })

  it('is rated by the same prices', () => {
    const rated = rateMonth(aMonth({ usage: projectedUsage(aProjection({ usage })) }))
    expect(rated.total.minorUnits).toBe(50_000n + 7n * 10_000n)
  })

  it('adds what is to come to the phase the month is in', () => {
    const later = [...usage, { metric: 'STORMS', phase: 1, quantity: 2n }]
    expect(projectedUsage(aProjection({ usage: later, phase: 1 }))).toEqual([
      ...later,
      { metric: 'STORMS', phase: 1, quantity: 12n },
    ])
  })

  it('is what was counted before the month begins and when it is over', () => {
    for (const now of [NOVEMBER.startsAt, new Date('2026-10-30'), NOVEMBER.endsAt, new Date('2026-12-03')]) {
      expect(projectedUsage(aProjection({ usage, now }))).toEqual(usage)
    }
  })

  it('leaves a maximum as it is, and what corrections took below nothing', () => {
    const still = [
      { metric: 'STORAGE', phase: 0, quantity: 12n },
      { metric: 'STORMS', phase: 0, quantity: -3n },
    ]
    expect(projectedUsage(aProjection({ usage: still }))).toEqual(still)
  })

  it('gives the days that are still to come their shares', () => {
    const byDay = [
      { metric: 'EVENTS', phase: 0, quantity: 300n, perDay: [{ day: '2026-11-01', quantity: 300n }] },
    ]
    const [, toCome] = projectedUsage(aProjection({ usage: byDay, now: november('29T12:00:00') }))
    // 300 in 28.5 days make 15.8 in the last 1.5, a third of them today.
    expect(toCome).toEqual({
      metric: 'EVENTS',
      phase: 0,
      quantity: 16n,
      perDay: [
        { day: '2026-11-29', quantity: 5n },
        { day: '2026-11-30', quantity: 11n },
      ],
    })
  })

  it('spreads over days in any zone what a daily allowance can rate', () => {
    const plan = aRatablePlan({ charges: [perDay(perUnit('EVENTS', 10n, 7n))] })
    const period = periodOfMonth('2026-11-01', 'America/Chicago')
    const anInstant = fc.date({ min: period.startsAt, max: period.endsAt, noInvalidDate: true })
    fc.assert(
      fc.property(anInstant, fc.bigInt({ min: 0n, max: 10_000n }), (now, quantity) => {
        const byDay = [{ metric: 'EVENTS', phase: 0, quantity, perDay: [{ day: '2026-11-01', quantity }] }]
        const projected = projectedUsage(
          aProjection({ period, now, timeZone: 'America/Chicago', usage: byDay }),
        )
        const phases = [{ plan, from: period.startsAt, to: period.endsAt }]
        const [, line] = rateMonth(aMonth({ period, phases, usage: projected })).lines
        expect(line?.quantity).toBe(totalOf(projected, 'EVENTS'))
      }),
      { numRuns: 50 },
    )
  })
})
