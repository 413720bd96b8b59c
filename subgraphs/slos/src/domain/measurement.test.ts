import { describe, expect, it } from 'vitest'
import { byMinute } from './measurement.ts'
import type { Measurement } from './measurement.ts'
import type { SloName } from './slo.ts'

const aMeasurement = (difference: Partial<Measurement>): Measurement => ({
  slo: 'MODEL_SCORING_LATENCY',
  value: 0.2,
  at: new Date('2026-03-01T12:00:30.500Z'),
  ...difference,
})

const judged = (slo: SloName, value: number): string => {
  const [count] = byMinute([aMeasurement({ slo, value })])
  if (count?.good === 1) return 'good'
  return count?.beyondAlertLine === 1 ? 'beyond the alert line' : 'bad'
}

describe('judging a measurement', () => {
  it.each<[SloName, number, string]>([
    ['JOURNEY_INGESTION_LATENCY', 4.999, 'good'],
    ['JOURNEY_INGESTION_LATENCY', 5, 'bad'],
    ['JOURNEY_INGESTION_LATENCY', 10, 'bad'],
    ['JOURNEY_INGESTION_LATENCY', 10.001, 'beyond the alert line'],
    ['ATTRIBUTION_FRESHNESS', 59, 'good'],
    ['ATTRIBUTION_FRESHNESS', 60, 'bad'],
    ['ATTRIBUTION_FRESHNESS', 301, 'beyond the alert line'],
    ['MODEL_SCORING_LATENCY', 0.999, 'good'],
    ['MODEL_SCORING_LATENCY', 1, 'bad'],
    ['MODEL_SCORING_LATENCY', 5.001, 'beyond the alert line'],
    ['UI_ERROR_RATE', 0, 'good'],
    ['UI_ERROR_RATE', 1, 'beyond the alert line'],
    ['QUERY_LATENCY_P99', 4.999, 'good'],
    ['QUERY_LATENCY_P99', 10, 'bad'],
    ['QUERY_LATENCY_P99', 10.001, 'beyond the alert line'],
    ['DATA_QUALITY_SCORE', 0.991, 'good'],
    ['DATA_QUALITY_SCORE', 0.99, 'bad'],
    ['DATA_QUALITY_SCORE', 0.95, 'bad'],
    ['DATA_QUALITY_SCORE', 0.949, 'beyond the alert line'],
  ])('finds a %s of %d %s', (slo, value, verdict) => {
    expect(judged(slo, value)).toBe(verdict)
  })

  it('takes a latency below 0 for a clock that was set back, and for no wait at all', () => {
    expect(byMinute([aMeasurement({ value: -3 })])).toMatchObject([{ total: 1, good: 1, sum: 0 }])
  })
})

describe('counting by the minute', () => {
  it('adds what happened in one minute of one SLO', () => {
    const measured = byMinute([
      aMeasurement({ value: 0.25, at: new Date('2026-03-01T12:00:00.000Z') }),
      aMeasurement({ value: 2, at: new Date('2026-03-01T12:00:30.000Z') }),
      aMeasurement({ value: 8, at: new Date('2026-03-01T12:00:59.999Z') }),
    ])
    expect(measured).toEqual([
      {
        slo: 'MODEL_SCORING_LATENCY',
        minute: new Date('2026-03-01T12:00:00.000Z'),
        total: 3,
        good: 1,
        beyondAlertLine: 1,
        sum: 10.25,
      },
    ])
  })

  it('gives the same order whatever the order of what happened', () => {
    const later = new Date('2026-03-01T12:01:00.000Z')
    const measurements = [
      aMeasurement({ slo: 'DATA_QUALITY_SCORE', value: 1 }),
      aMeasurement({ at: later }),
      aMeasurement({ slo: 'JOURNEY_INGESTION_LATENCY', at: later }),
      aMeasurement({}),
    ]
    const order = byMinute(measurements).map(({ slo, minute }) => [slo, minute.getUTCMinutes()])
    expect(order).toEqual([
      ['JOURNEY_INGESTION_LATENCY', 1],
      ['MODEL_SCORING_LATENCY', 0],
      ['MODEL_SCORING_LATENCY', 1],
      ['DATA_QUALITY_SCORE', 0],
    ])
    expect(byMinute(measurements.toReversed())).toEqual(byMinute(measurements))
  })

  it('counts nothing of nothing', () => {
    expect(byMinute([])).toEqual([])
  })
})
