import { describe, expect, it } from 'vitest'
import { aDesign, anArm, aPilot, aStratum } from './pilot-example.ts'
import type { PilotMeasurements } from './pilot-measurements.ts'
import { pilotReport } from './report-pilot.ts'

function verdict(difference: Partial<PilotMeasurements> = {}) {
  return pilotReport(aPilot(difference))
}

function criterion(name: string, difference: Partial<PilotMeasurements> = {}) {
  return verdict(difference).criteria.find((one) => one.name === name)!
}

describe('success', () => {
  it('is earned by lift, return and clean data together', () => {
    const report = verdict()
    expect(report.verdict).toBe('SUCCESS')
    expect(report.criteria.filter(({ decides }) => decides).every(({ status }) => status === 'MET')).toBe(
      true,
    )
    expect(report.reasons[0]).toBe('The lift is 15.0 points; the goal is at least 10 points.')
    expect(report.runbooks).toEqual([])
  })

  it('is reached at exactly ten points', () => {
    expect(verdict({ primary: aStratum([1200, 4000], [200, 1000]) }).verdict).toBe('SUCCESS')
    expect(verdict({ primary: aStratum([1199, 4000], [200, 1000]) }).verdict).toBe('INCONCLUSIVE')
  })

  it('is never printed as the very threshold that was missed or cleared', () => {
    const lift = (treated: number) =>
      criterion('LIFT', { primary: aStratum([treated, 4000], [200, 1000]) }).detail
    expect(lift(1200)).toBe('The lift is 10.0 points; the goal is at least 10 points.')
    expect(lift(1199)).toBe('The lift is 9.98 points; the goal is at least 10 points.')
    expect(lift(1190)).toBe('The lift is 9.8 points; the goal is at least 10 points.')
    const interval = (treated: number) =>
      criterion('INTERVAL_ABOVE_ZERO', { primary: aStratum([treated, 40_000], [2000, 10_000]) })
    expect(interval(8360)).toMatchObject({
      status: 'MET',
      detail: 'The 95 % interval of the lift is 0.01 to 1.77 points; all of it has to be above 0.',
    })
    expect(verdict({ primary: aStratum([1199, 4000], [250, 1000]) }).reasons[0]).toBe(
      'The lift is 4.98 points, under the 5 points that a pilot must reach.',
    )
  })

  it.each([
    [
      'a data-quality issue',
      { dataQuality: { status: 'WARN', issues: ['2 % of the outcomes have no time'] } },
    ],
    ['a breached service level', { sloBreaches: 1 }],
    ['one touched control', { touched: { treat: 3900, control: 1 } }],
  ] as const)('is not claimed with %s', (_, difference) => {
    expect(verdict(difference).verdict).toBe('INCONCLUSIVE')
  })

  it.each([
    ['the cost', { design: aDesign({ cost: null }) }, 'No cost was given, so the return on it is unknown.'],
    ['the service levels', { sloBreaches: null }, 'No service level was measured during the pilot.'],
    [
      'the data quality',
      { dataQuality: { status: 'NOT_EVALUATED', issues: [] } },
      'The quality of the data was not measured.',
    ],
    [
      'the touches',
      { touched: null },
      'Touches are not recorded, so nobody can say whether the control was left alone.',
    ],
  ] as const)('is not claimed without %s, and the report says what is missing', (_, difference, sentence) => {
    const report = verdict(difference)
    expect(report.verdict).toBe('INCONCLUSIVE')
    expect(report.reasons).toEqual([sentence])
  })

  it('does not need the business criteria, which stand beside', () => {
    const report = verdict({ design: aDesign({ crewHours: null }) })
    expect(report.verdict).toBe('SUCCESS')
    expect(report.criteria.find(({ name }) => name === 'REVENUE_PER_HOUR')).toMatchObject({
      status: 'NOT_EVALUATED',
      decides: false,
    })
  })
})

describe('a lift that chance may have made', () => {
  it('is not success, however large it looks', () => {
    // 12.5 points over 40 properties each: the interval reaches below 0.
    const report = verdict({
      primary: aStratum([15, 40], [10, 40]),
      assigned: { treat: 40, control: 40 },
      touched: { treat: 40, control: 0 },
      design: aDesign({ expectedTreatShare: 0.5, cost: 100_000 }),
    })
    expect(report.lift!.absolute.value).toBe(0.125)
    expect(report.verdict).toBe('INCONCLUSIVE')
    expect(report.reasons[0]).toMatch(/^The 95 % interval of the lift is -/)
  })
})

describe('no success', () => {
  it('is a lift under five points, with the runbook for it', () => {
    const report = verdict({ primary: aStratum([1196, 4000], [250, 1000]) })
    expect(report.verdict).toBe('UNSUCCESSFUL')
    expect(report.reasons[0]).toBe('The lift is 4.9 points, under the 5 points that a pilot must reach.')
    expect(report.runbooks).toContain('low-lift')
    expect(verdict({ primary: aStratum([1200, 4000], [250, 1000]) }).verdict).toBe('INCONCLUSIVE')
  })

  it('is a return under 100 %, whatever the lift', () => {
    // 4,000 × $1,500 more per property is $6,000,000; a cost of $3,100,000 returns 94 %.
    const report = verdict({ design: aDesign({ cost: 310_000_000 }) })
    expect(report.verdict).toBe('UNSUCCESSFUL')
    expect(report.reasons[0]).toBe('The return on cost is 94 %, under 100 %.')
  })

  it('is not said of a return between 100 % and 300 %', () => {
    const report = verdict({ design: aDesign({ cost: 200_000_000 }) })
    expect(report.verdict).toBe('INCONCLUSIVE')
    expect(report.reasons).toEqual(['The return on cost is 200 %; the goal is more than 300 %.'])
    expect(verdict({ design: aDesign({ cost: 150_000_000 }) }).verdict).toBe('INCONCLUSIVE')
    expect(verdict({ design: aDesign({ cost: 149_999_000 }) }).verdict).toBe('SUCCESS')
  })
})

describe('an invalid pilot', () => {
  it('is named so although its figures look fine, and still shows them', () => {
    const report = verdict({ rehash: { checked: 5000, differences: 3 } })
    expect(report.verdict).toBe('INVALID')
    expect(report.reasons[0]).toBe('3 of 5,000 assignments came out differently when computed again.')
    expect(report.lift!.absolute.value).toBe(0.15)
    expect(report.money!.roi).not.toBeNull()
  })
})

describe('too few outcomes', () => {
  const few = (treat: number, control: number) => ({
    primary: { treat: anArm(Math.min(10, treat), treat), control: anArm(0, control) },
    assigned: { treat, control },
    touched: { treat, control: 0 },
    design: aDesign({ expectedTreatShare: null, cost: 1_000_000 }),
  })

  it('say how many are missing', () => {
    const report = verdict(few(25, 10))
    expect(report.verdict).toBe('NOT_ENOUGH_DATA')
    expect(report.outcomesMissing).toBe(25)
    expect(report.reasons[0]).toBe(
      'A verdict needs 30 outcomes in each arm; TREAT has 25 and the control 10, so 25 are missing.',
    )
    expect(report.runbooks).toEqual([])
  })

  it('send nobody to a runbook for a low lift', () => {
    const none = { ...few(25, 10), primary: aStratum([0, 25], [1, 10]) }
    expect(verdict(none).runbooks).toEqual([])
  })

  it('are 29 in an arm, not 30', () => {
    expect(verdict(few(30, 29))).toMatchObject({ verdict: 'NOT_ENOUGH_DATA', outcomesMissing: 1 })
    expect(verdict(few(30, 30))).toMatchObject({ verdict: 'INCONCLUSIVE', outcomesMissing: 0 })
  })
})

describe('business criteria', () => {
  it('are read in dollars', () => {
    expect(criterion('INCREMENTAL_REVENUE')).toMatchObject({ status: 'MET', decides: false })
    // $100,000 over 600 conversions.
    expect(criterion('CAC').detail).toBe(
      'Cost per incremental conversion is $166.67; the goal is less than $500.00.',
    )
    expect(criterion('REVENUE_PER_HOUR').status).toBe('MET')
    expect(criterion('CAC', { design: aDesign({ cost: 30_000_000 }) }).status).toBe('NOT_MET')
  })

  it('are not compared across currencies', () => {
    expect(criterion('CAC', { design: aDesign({ currency: 'CAD' }) }).status).toBe('NOT_EVALUATED')
  })
})

describe('the advice on an experiment run elsewhere', () => {
  const elsewhere = (difference: Partial<PilotMeasurements> = {}) =>
    verdict({
      design: aDesign({ kind: 'IMPORTED' }),
      touched: null,
      rehash: null,
      dataQuality: { status: 'NOT_EVALUATED', issues: [] },
      sloBreaches: null,
      ...difference,
    })

  it('is to repeat it here, for no import can show its touches, its draw and its data', () => {
    const report = elsewhere()
    expect(report.verdict).toBe('INCONCLUSIVE')
    expect(report.recommendation).toContain('repeat it as a pilot here')
    expect(report.reasons).toEqual([
      'The quality of the data is not measured for an experiment run elsewhere.',
      'No service level applies to an experiment run elsewhere.',
      'An imported experiment brings no touches, so nobody can say whether the control was left alone.',
    ])
  })

  it('is not to extend it when it did not lift enough', () => {
    const report = elsewhere({ primary: aStratum([1196, 4000], [250, 1000]) })
    expect(report.reasons[0]).toBe(
      'The lift is 4.9 points, under the 5 points that an experiment must reach.',
    )
    expect(report.recommendation).toContain('Do not extend this treatment')
  })
})
