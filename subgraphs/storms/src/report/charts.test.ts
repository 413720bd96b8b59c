import { describe, expect, it } from 'vitest'
import { dailyChart, decileChart, liftChart, scale } from './charts.ts'
import { aPilotReport } from './pilot-report.example.ts'
import {
  anInvalidReport,
  anUnsuccessfulReport,
  aReportWithoutEnoughData,
} from './pilot-report-verdicts.example.ts'

describe('the charts of a pilot', () => {
  it('put zero and the goal on the scale of the lift', () => {
    const chart = liftChart(anUnsuccessfulReport())
    expect(chart?.axis.low).toBeLessThanOrEqual(-2.8)
    expect(chart?.axis.high).toBeGreaterThanOrEqual(10)
    expect(chart?.axis.ticks.map(({ label }) => label)).toContain('0')
  })

  it('say whether the interval clears zero and the goal', () => {
    expect(liftChart(aPilotReport())?.says).toBe(
      'The whole interval lies above zero, so treatment helped; the lift is past the goal, though the interval still reaches below it.',
    )
    expect(liftChart(anUnsuccessfulReport())?.says).toContain('no effect at all remains possible')
  })

  it('do not say that treatment helped when a gate failed', () => {
    expect(liftChart(anInvalidReport())?.says).not.toContain('helped')
  })

  it('are left out when there is nothing to draw', () => {
    const report = aReportWithoutEnoughData()
    expect([liftChart(report), decileChart(report), dailyChart(report)]).toEqual([null, null, null])
  })

  it('count the deciles whose prediction came true', () => {
    const [first, ...rest] = aPilotReport().deciles
    const missed = { ...first!, predicted: 0.9 }
    expect(decileChart(aPilotReport({ deciles: [missed, ...rest] }))?.says).toContain('In 9 of 10 deciles')
  })

  it('draw a pilot of one day', () => {
    const day = aPilotReport().daily.at(-1)!
    expect(dailyChart(aPilotReport({ daily: [day] }))?.days.map(({ at }) => at)).toEqual([0.5])
  })

  it('keep the scale of the days readable when the first day says nothing', () => {
    const [, ...days] = aPilotReport().daily
    const first = { ...days[0]!, cumulativeLift: { value: 0.1, interval: { low: -0.8, high: 0.9 } } }
    const chart = dailyChart(aPilotReport({ daily: [first, ...days.slice(1)] }))
    expect(chart?.axis.high).toBeLessThan(50)
    expect(chart?.says).toContain('cut off')
  })

  it('step by 1, 2 or 5 and end on a step', () => {
    expect(scale([-2.8, 10], '').ticks.map(({ at }) => at)).toEqual([-4, -2, 0, 2, 4, 6, 8, 10])
    expect(scale([0], '')).toMatchObject({ low: 0 })
  })
})
