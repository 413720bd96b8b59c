import { describe, expect, it } from 'vitest'
import { aDesign, aPilot, aStratum } from './pilot-example.ts'
import { pilotGates } from './pilot-gates.ts'
import type { PilotMeasurements } from './pilot-measurements.ts'
import type { GateName } from './pilot-report.ts'

function gate(name: GateName, difference: Partial<PilotMeasurements> = {}) {
  return pilotGates(aPilot(difference)).find((one) => one.name === name)!
}

it('a sound pilot passes every gate', () => {
  expect(pilotGates(aPilot()).map(({ name, status }) => `${name} ${status}`)).toEqual([
    'SAMPLE_RATIO PASS',
    'CONTAMINATION PASS',
    'COMPLIANCE PASS',
    'MISSING_OUTCOMES PASS',
    'ASSIGNMENT PASS',
    'DUPLICATES PASS',
  ])
})

describe('the sample ratio', () => {
  const ratio = (treat: number, control: number, expectedTreatShare: number | null = 0.8) =>
    gate('SAMPLE_RATIO', { assigned: { treat, control }, design: aDesign({ expectedTreatShare }) })

  it('follows χ² with one degree of freedom', () => {
    // 4,100 of 5,000 where 4,000 are due: χ² = 100² / 4000 + 100² / 1000 = 12.5, p = 4.07e-4 (SciPy).
    expect(ratio(4100, 900).pValue).toBeCloseTo(0.00040695201744495946, 10)
    expect(ratio(4100, 900).status).toBe('FAIL')
  })

  it.each([
    [4000, 1000, 'PASS'],
    [4072, 928, 'PASS'],
    // χ² = 6.84, just beyond the 1 % point of 6.63.
    [4074, 926, 'WARN'],
    [4093, 907, 'WARN'],
    // χ² = 11.0, beyond the 0.1 % point of 10.83.
    [4094, 906, 'FAIL'],
    [3906, 1094, 'FAIL'],
  ])('of %i to %i where 80/20 was drawn is a %s', (treat, control, status) => {
    expect(ratio(treat, control).status).toBe(status)
  })

  it('only warns when it is certain but nearly right', () => {
    // 10,000,000 properties, 0.09 points off: p = 1e-12.
    expect(ratio(8_009_000, 1_991_000).status).toBe('WARN')
    expect(ratio(8_010_000, 1_990_000).status).toBe('FAIL')
  })

  it('is not evaluated without a stated share, and says when there are too few', () => {
    expect(ratio(10, 10, null).status).toBe('NOT_EVALUATED')
    expect(ratio(10, 0, 1).status).toBe('NOT_EVALUATED')
    expect(ratio(0, 0).status).toBe('NOT_EVALUATED')
    expect(ratio(10, 10).status).toBe('CANNOT_SHOW')
  })
})

describe('contamination', () => {
  const contamination = (touchedControl: number, control: number) =>
    gate('CONTAMINATION', {
      assigned: { treat: 4000, control },
      touched: { treat: 4000, control: touchedControl },
    })

  it.each([
    [0, 1000, 'PASS'],
    [0, 149, 'PASS'],
    // 0.98^148 = 0.0503: even 2 % of touched controls would show none in 148.
    [0, 148, 'CANNOT_SHOW'],
    [0, 0, 'CANNOT_SHOW'],
    [1, 1000, 'WARN'],
    // P(X ≥ 5 of 100 at 2 %) = 0.0508, P(X ≥ 6) = 0.0155.
    [5, 100, 'WARN'],
    [6, 100, 'FAIL'],
  ])('with %i of %i controls touched is %s', (touched, control, status) => {
    expect(contamination(touched, control).status).toBe(status)
  })

  it('is not evaluated where touches are not recorded', () => {
    expect(gate('CONTAMINATION', { touched: null }).status).toBe('NOT_EVALUATED')
  })

  it('says how many were touched', () => {
    expect(contamination(1, 1000).detail).toContain(
      '1 of 1,000 control properties had a treat touch (0.10 %)',
    )
  })
})

describe('compliance', () => {
  it.each([
    [900, 'PASS'],
    [899, 'WARN'],
    [700, 'WARN'],
    [699, 'FAIL'],
    [0, 'FAIL'],
  ])('with %i of 1,000 touched is %s', (treat, status) => {
    const touched = { treat, control: 0 }
    expect(gate('COMPLIANCE', { assigned: { treat: 1000, control: 250 }, touched }).status).toBe(status)
  })

  it('is not evaluated without touches or without a treated arm', () => {
    expect(gate('COMPLIANCE', { touched: null }).status).toBe('NOT_EVALUATED')
    expect(gate('COMPLIANCE', { assigned: { treat: 0, control: 5 } }).status).toBe('NOT_EVALUATED')
  })
})

describe('missing outcomes', () => {
  const missing = (treatKnown: number, controlKnown: number) =>
    gate('MISSING_OUTCOMES', { primary: aStratum([100, treatKnown], [20, controlKnown]) })

  it.each([
    [4000, 1000, 'PASS'],
    [3000, 750, 'PASS'],
    // 20 % and 17 % missing: z = 2.14, p = 0.032.
    [3200, 830, 'PASS'],
    // 20 % and 16 %: z = 2.87, p = 0.004.
    [3200, 840, 'WARN'],
    // 2 % and 5 %: p = 1e-7, but only 3 points apart.
    [3920, 950, 'WARN'],
    // 10 % and 5 %: certain and exactly 5 points apart.
    [3600, 950, 'FAIL'],
  ])('with %i of 4,000 and %i of 1,000 known are %s', (treatKnown, controlKnown, status) => {
    expect(missing(treatKnown, controlKnown).status).toBe(status)
  })

  it('are not evaluated before any outcome, or with an empty arm', () => {
    expect(gate('MISSING_OUTCOMES', { primary: aStratum([0, 0], [0, 0]) }).status).toBe('NOT_EVALUATED')
    expect(gate('MISSING_OUTCOMES', { assigned: { treat: 0, control: 0 } }).status).toBe('NOT_EVALUATED')
  })
})

describe('assignment and duplicates', () => {
  it('fail on the first assignment that comes out differently', () => {
    expect(gate('ASSIGNMENT', { rehash: { checked: 5000, differences: 1 } })).toMatchObject({
      status: 'FAIL',
      detail: '1 of 5,000 assignments came out differently when computed again.',
    })
    expect(gate('ASSIGNMENT', { rehash: null }).status).toBe('NOT_EVALUATED')
  })

  it('warn of rows that named a property twice', () => {
    expect(gate('DUPLICATES', { duplicates: 1 })).toMatchObject({
      status: 'WARN',
      detail: '1 row named a property a second time and was refused.',
    })
  })
})

describe('the gates of an experiment run elsewhere', () => {
  const design = aDesign({ kind: 'IMPORTED' })

  it('count customers', () => {
    expect(gate('SAMPLE_RATIO', { design }).detail).toContain('4,000 of 5,000 customers went to TREAT')
    expect(gate('DUPLICATES', { design, duplicates: 2 }).detail).toBe(
      '2 rows named a customer a second time and were refused.',
    )
    expect(gate('MISSING_OUTCOMES', { design, assigned: { treat: 0, control: 0 } }).detail).toContain(
      'An arm has no customer yet',
    )
  })

  it('say that touches and the draw stayed where it was run', () => {
    const brought = { design, touched: null, rehash: null }
    expect(gate('COMPLIANCE', brought).detail).toBe(
      'An imported experiment brings no touches, so nobody can say how many treated customers were reached.',
    )
    expect(gate('ASSIGNMENT', brought).detail).toBe(
      'The arms were drawn elsewhere, so the draw cannot be computed again.',
    )
  })
})
