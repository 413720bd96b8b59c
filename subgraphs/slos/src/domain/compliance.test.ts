import { describe, expect, it } from 'vitest'
import { breachesIn, complianceOf, isBreached, rollingWindow } from './compliance.ts'
import { SLOS } from './slo.ts'

const OF_99 = { targetPerMille: 990 }
const OF_99_9 = { targetPerMille: 999 }

describe('the promise', () => {
  it('is kept at exactly the promised share and broken by one more failure', () => {
    expect(isBreached(OF_99, { total: 100, good: 99 })).toBe(false)
    expect(isBreached(OF_99, { total: 100, good: 98 })).toBe(true)
    expect(isBreached(OF_99_9, { total: 1_000, good: 999 })).toBe(false)
    expect(isBreached(OF_99_9, { total: 1_000, good: 998 })).toBe(true)
  })

  it('counts one failure among nine thousand billion', () => {
    const total = 9_000_000_000_000
    expect(isBreached(OF_99, { total, good: total * 0.99 })).toBe(false)
    expect(isBreached(OF_99, { total, good: total * 0.99 - 1 })).toBe(true)
  })

  it('names what was broken among what was measured, and is silent about what had no traffic', () => {
    const breaches = breachesIn(
      new Map([
        ['JOURNEY_INGESTION_LATENCY', { total: 10, good: 10 }],
        ['UI_ERROR_RATE', { total: 100, good: 99 }],
      ]),
    )
    expect(breaches).toEqual({ measured: 2, breached: ['UI_ERROR_RATE'] })
    expect(breachesIn(new Map())).toEqual({ measured: 0, breached: [] })
  })
})

describe('the error budget', () => {
  it('is whole while nothing went wrong', () => {
    expect(complianceOf(OF_99, { total: 500, good: 500 })).toEqual({
      total: 500,
      good: 500,
      goodShare: 1,
      budgetLeftShare: 1,
    })
  })

  it('is half used when half of what may go wrong did', () => {
    expect(complianceOf(OF_99, { total: 1_000, good: 995 }).budgetLeftShare).toBe(0.5)
  })

  it('is exactly used up at the promised share', () => {
    expect(complianceOf(OF_99, { total: 100, good: 99 }).budgetLeftShare).toBe(0)
    expect(complianceOf(OF_99_9, { total: 1_000, good: 999 }).budgetLeftShare).toBe(0)
  })

  it('goes below 0 when it is overspent', () => {
    expect(complianceOf(OF_99, { total: 100, good: 90 }).budgetLeftShare).toBe(-9)
    expect(complianceOf(OF_99, { total: 1, good: 0 })).toMatchObject({
      goodShare: 0,
      budgetLeftShare: -99,
    })
  })
})

describe('the rolling window', () => {
  it('is 28 times 24 hours long and ends now', () => {
    const now = new Date('2026-03-29T12:00:00Z')
    expect(rollingWindow(SLOS.UI_ERROR_RATE, now)).toEqual({
      from: new Date('2026-03-01T12:00:00Z'),
      to: now,
    })
  })
})
