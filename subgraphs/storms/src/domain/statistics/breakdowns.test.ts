import { describe, expect, it } from 'vitest'
import type { ArmTally, SegmentTally } from '../pilot-measurements.ts'
import { dayReports } from './daily.ts'
import { holm } from './holm.ts'
import { counted, count, money, percent, pointRange, points, probability } from './plain-figures.ts'
import { segmentReports } from './segments.ts'

const tally = (conversions: number, n: number): ArmTally => ({ n, conversions, value: 0, valueSquares: 0 })

function segment(key: string, treat: ArmTally, control: ArmTally, dimension = 'ZIP'): SegmentTally {
  return { dimension, key, treat, control }
}

describe('Holm’s adjustment', () => {
  it('raises the worked example', () => {
    // p = 0.01, 0.04, 0.03, 0.005 in four tests: 4 × 0.005, 3 × 0.01, 2 × 0.03, then never less than before.
    expect(holm([0.01, 0.04, 0.03, 0.005]).map((p) => Number(p.toFixed(12)))).toEqual([
      0.03, 0.06, 0.06, 0.02,
    ])
  })

  it('stops at 1, leaves one test alone and accepts none', () => {
    expect(holm([0.6, 0.9])).toEqual([1, 1])
    expect(holm([0.02])).toEqual([0.02])
    expect(holm([])).toEqual([])
  })
})

describe('segments', () => {
  it('are shown from 30 properties per arm and five conversions on', () => {
    const statuses = segmentReports([
      segment('a', tally(4, 30), tally(1, 30)),
      segment('b', tally(4, 29), tally(1, 400)),
      segment('c', tally(3, 300), tally(1, 300)),
    ]).map(({ status, lift, adjustedPValue }) => [status, lift !== null, adjustedPValue !== null])
    expect(statuses).toEqual([
      ['SHOWN', true, true],
      ['TOO_SMALL', false, false],
      ['TOO_SMALL', false, false],
    ])
  })

  it('are adjusted over those that are shown, not over the small ones', () => {
    const [first, second, third] = segmentReports([
      segment('75001', tally(40, 100), tally(20, 100)),
      segment('75002', tally(1, 5), tally(0, 5)),
      segment('75003', tally(30, 100), tally(25, 100)),
    ])
    expect(first!.adjustedPValue).toBeCloseTo(first!.pValue! * 2, 14)
    expect(second!.adjustedPValue).toBeNull()
    expect(third!.adjustedPValue).toBeCloseTo(third!.pValue!, 14)
  })

  it('stand in the same order whatever order they came in, decile 10 after 9', () => {
    const all = ['10', '9', 'unknown', '1'].map((key) =>
      segment(key, tally(0, 1), tally(0, 1), 'SCORE_DECILE'),
    )
    const keys = (segments: SegmentTally[]) => segmentReports(segments).map(({ key }) => key)
    expect(keys(all)).toEqual(['1', '9', '10', 'unknown'])
    expect(keys(all.toReversed())).toEqual(keys(all))
  })

  it('have no p-value when everybody converted', () => {
    const [only] = segmentReports([segment('a', tally(30, 30), tally(30, 30))])
    expect(only).toMatchObject({ status: 'SHOWN', pValue: null, adjustedPValue: null })
  })
})

describe('days', () => {
  it('add up in the order of the calendar', () => {
    const reports = dayReports([
      { day: '2026-03-02', treat: tally(6, 20), control: tally(1, 10) },
      { day: '2026-03-01', treat: tally(2, 20), control: tally(0, 0) },
    ])
    expect(reports.map(({ day, treatConversions }) => [day, treatConversions])).toEqual([
      ['2026-03-01', 2],
      ['2026-03-02', 6],
    ])
    expect(reports[0]!.cumulativeLift).toBeNull()
    expect(reports[1]!.cumulativeLift!.value).toBeCloseTo(8 / 40 - 1 / 10, 14)
  })
})

describe('figures in words', () => {
  it('are grouped and carry their unit', () => {
    expect(count(1_234_567)).toBe('1,234,567')
    expect(counted(1, 'row', 'rows')).toBe('1 row')
    expect(counted(2000, 'row', 'rows')).toBe('2,000 rows')
    expect(percent(0.18276)).toBe('18.3 %')
    expect(points(-0.07659, 2)).toBe('-7.66 points')
    expect(points(-0.0000001)).toBe('0.0 points')
    expect(pointRange(-0.0034, 0.0832)).toBe('-0.3 to 8.3 points')
    expect(money(500_000, 'USD')).toBe('$5,000.00')
    expect(money(-123_456.7, 'USD')).toBe('-$1,234.57')
    expect(money(500_000, 'JPY')).toBe('500,000 JPY')
    expect(money(500_000, 'CAD')).toBe('5,000.00 CAD')
    expect(probability(1e-113)).toBe('p < 0.0001')
    expect(probability(0.01234)).toBe('p = 0.0123')
  })
})
