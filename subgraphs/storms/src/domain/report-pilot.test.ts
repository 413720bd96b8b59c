import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aDesign, anArm, aPilot, aStratum } from './pilot-example.ts'
import type { ArmTally, PilotMeasurements, StratumTally } from './pilot-measurements.ts'
import type { Estimate, Verdict } from './pilot-report.ts'
import { pilotReport, plannedEffect } from './report-pilot.ts'

const share = fc.double({ min: 0, max: 1, noNaN: true })
const anyArm: fc.Arbitrary<ArmTally> = fc
  .tuple(
    fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 2_000_000 })),
    fc.oneof(fc.constantFrom(0, 1), share),
    fc.integer({ min: 0, max: 5_000_000 }),
    fc.double({ min: 1, max: 10, noNaN: true }),
  )
  .map(([n, rate, each, spread]) => {
    const conversions = Math.round(n * rate)
    return {
      n,
      conversions,
      value: conversions * each,
      valueSquares: Math.round(conversions * each * each * spread),
    }
  })
const anyStratum: fc.Arbitrary<StratumTally> = fc.record({ treat: anyArm, control: anyArm })
const anyCount = fc.integer({ min: 0, max: 2_000_000 })
const anyPair = fc.record({ treat: anyCount, control: anyCount })

const tangledPilot: fc.Arbitrary<PilotMeasurements> = fc.record({
  design: fc
    .record({
      kind: fc.constantFrom('POLICY', 'IMPORTED'),
      cost: fc.option(fc.integer({ min: 0, max: 1e9 })),
      crewHours: fc.option(fc.constantFrom(0, 0.5, 400)),
      expectedTreatShare: fc.option(share),
      plannedN: anyCount,
      minimumDetectableEffect: fc.option(share),
      currency: fc.constantFrom('USD', 'JPY'),
      capacityShare: fc.option(share),
      threshold: fc.option(share),
    })
    .map(aDesign),
  primary: anyStratum,
  exploration: fc.option(anyStratum),
  assigned: anyPair,
  decisions: fc.constant(null),
  touched: fc.option(anyPair),
  rehash: fc.option(fc.record({ checked: anyCount, differences: fc.constantFrom(0, 1) })),
  duplicates: fc.constantFrom(0, 3),
  deciles: fc.array(
    fc.tuple(anyStratum, fc.integer({ min: 1, max: 10 }), share).map(([stratum, decile, score]) => ({
      ...stratum,
      decile,
      predictedMean: score,
      lowestScore: score,
      highestScore: score,
    })),
    { maxLength: 4 },
  ),
  ranking: fc.option(
    fc.record({
      qiniArea: fc.double({ min: -1e12, max: 1e12, noNaN: true }),
      upliftArea: fc.double({ min: -1e12, max: 1e12, noNaN: true }),
      topTenth: anyStratum,
      topThreeTenths: anyStratum,
    }),
  ),
  segments: fc.array(
    fc.tuple(anyStratum, fc.constantFrom('75001', '75002', '')).map(([stratum, key]) => ({
      ...stratum,
      dimension: 'ZIP',
      key,
    })),
    { maxLength: 4 },
  ),
  daily: fc.array(
    fc
      .tuple(anyStratum, fc.constantFrom('2026-05-01', '2026-05-02'))
      .map(([stratum, day]) => ({ ...stratum, day })),
    { maxLength: 3 },
  ),
  dataQuality: fc.record({
    status: fc.constantFrom('PASS', 'WARN', 'FAIL', 'NOT_EVALUATED'),
    issues: fc.constant([]),
  }),
  sloBreaches: fc.option(fc.constantFrom(0, 2)),
})

/** The same with arms as drawn, every outcome known and the control left alone, so that verdicts beyond INVALID come up. */
const soundPilot = tangledPilot.map((pilot): PilotMeasurements => ({
  ...pilot,
  design: { ...pilot.design, expectedTreatShare: null },
  assigned: { treat: pilot.primary.treat.n, control: pilot.primary.control.n },
  touched: pilot.touched === null ? null : { treat: pilot.primary.treat.n, control: 0 },
  rehash: { checked: 10, differences: 0 },
}))
const anyPilot = fc.oneof(tangledPilot, soundPilot)

/** Paths of everything in a value that is not fit to print: NaN, Infinity, undefined, an interval off its estimate. */
function faults(value: unknown, path = 'report'): string[] {
  if (value === undefined) return [`${path} is undefined`]
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} is ${value}`]
  if (typeof value === 'string')
    return /NaN|Infinity|undefined|null/.test(value) ? [`${path} says ${value}`] : []
  if (typeof value !== 'object' || value === null) return []
  const off = isEstimate(value) && !contains(value) ? [`${path} is outside its interval`] : []
  return [...off, ...Object.entries(value).flatMap(([key, inner]) => faults(inner, `${path}.${key}`))]
}

function isEstimate(value: object): value is Estimate {
  return 'value' in value && 'interval' in value
}

function contains({ value, interval }: Estimate): boolean {
  return interval.low <= value && value <= interval.high
}

function swapped<T extends StratumTally>(tally: T): T {
  return { ...tally, treat: tally.control, control: tally.treat }
}

describe('any pilot whatever', () => {
  it('has a report without a NaN, an Infinity, or an interval beside its estimate', () => {
    fc.assert(
      fc.property(anyPilot, (measurements) => {
        expect(faults(pilotReport(measurements))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('has the same report, to the byte, when computed again', () => {
    fc.assert(
      fc.property(anyPilot, (measurements) => {
        const once = JSON.stringify(pilotReport(measurements))
        expect(JSON.stringify(pilotReport(structuredClone(measurements)))).toBe(once)
      }),
      { numRuns: 50 },
    )
  })

  it('has the opposite lift when its arms are swapped', () => {
    fc.assert(
      fc.property(anyPilot, (measurements) => {
        const there = pilotReport(measurements)
        const back = pilotReport({
          ...measurements,
          primary: swapped(measurements.primary),
          exploration: measurements.exploration === null ? null : swapped(measurements.exploration),
        })
        expect(back.lift === null).toBe(there.lift === null)
        for (const [one, other] of [
          [there.lift?.absolute, back.lift?.absolute],
          [there.stratified, back.stratified],
        ]) {
          if (!one || !other) continue
          expect(other.value).toBeCloseTo(-one.value, 12)
          expect(other.interval.low).toBeCloseTo(-one.interval.high, 10)
          expect(other.interval.high).toBeCloseTo(-one.interval.low, 10)
        }
        expect(back.lift?.pValue).toBe(there.lift?.pValue)
      }),
      { numRuns: 200 },
    )
  })

  it('claims success only with every deciding criterion met and no gate failed', () => {
    const seen = new Set<Verdict>()
    fc.assert(
      fc.property(anyPilot, (measurements) => {
        const { verdict, criteria, gates, lift } = pilotReport(measurements)
        seen.add(verdict)
        const isFailed = gates.some(({ status }) => status === 'FAIL')
        expect(verdict === 'INVALID').toBe(isFailed)
        if (verdict !== 'SUCCESS') return
        expect(criteria.filter(({ decides }) => decides).every(({ status }) => status === 'MET')).toBe(true)
        expect(lift!.absolute.value).toBeGreaterThanOrEqual(0.1)
      }),
      { numRuns: 1000, seed: 7 },
    )
    expect([...seen].sort()).toEqual([
      'INCONCLUSIVE',
      'INVALID',
      'NOT_ENOUGH_DATA',
      'SUCCESS',
      'UNSUCCESSFUL',
    ])
  })
})

describe('the measured experiment', () => {
  const REAL = aPilot({
    design: aDesign({
      kind: 'IMPORTED',
      expectedTreatShare: 0.5,
      cost: null,
      crewHours: null,
      plannedN: 42_613,
    }),
    primary: { treat: anArm(3894, 21_307, 100), control: anArm(2262, 21_306, 100) },
    assigned: { treat: 21_307, control: 21_306 },
    decisions: null,
    touched: null,
    rehash: null,
  })

  it('lifts conversion from 10.6 % to 18.3 %', () => {
    const { arms, lift, verdict } = pilotReport(REAL)
    expect(arms[0].rate!.value).toBeCloseTo(0.18276, 5)
    expect(arms[1].rate!.value).toBeCloseTo(0.10617, 5)
    expect(lift!.absolute.value).toBeCloseTo(0.07659, 5)
    expect(lift!.probabilityPositive).toBeCloseTo(1, 12)
    // SciPy, by integration: 2.718821208e-12.
    expect(lift!.probabilityAtGoal).toBeCloseTo(0, 9)
    expect(lift!.alwaysValid!.low).toBeGreaterThan(0)
    expect(verdict).toBe('INCONCLUSIVE')
  })

  it('says which gates nobody can evaluate', () => {
    const open = pilotReport(REAL).gates.filter(({ status }) => status === 'NOT_EVALUATED')
    expect(open.map(({ name }) => name)).toEqual(['CONTAMINATION', 'COMPLIANCE', 'ASSIGNMENT'])
  })
})

describe('money', () => {
  it('carries the interval of the lift through to the return', () => {
    const { money } = pilotReport(aPilot())
    // 4,000 × 15 points; 4,000 × ($4,000 − $2,500); ($6,000,000 − $100,000) / $100,000; $6,000,000 / 2,000 h.
    expect(money!.incrementalConversions.value).toBeCloseTo(600, 9)
    expect(money!.incrementalRevenue!.value).toBeCloseTo(600_000_000, 3)
    expect(money!.roi!.value).toBeCloseTo(59, 9)
    expect(money!.revenuePerHour!.value).toBeCloseTo(300_000, 6)
    const { low, high } = money!.incrementalRevenue!.interval
    expect(money!.roi!.interval.low).toBeCloseTo(low / 10_000_000 - 1, 9)
    expect(money!.roi!.interval.high).toBeCloseTo(high / 10_000_000 - 1, 9)
  })

  it('costs a conversion between the ends of the lift', () => {
    const { money, lift } = pilotReport(aPilot())
    expect(money!.cac!.value).toBeCloseTo(10_000_000 / 600, 6)
    expect(money!.cac!.low).toBeCloseTo(10_000_000 / (4000 * lift!.absolute.interval.high), 6)
    expect(money!.cac!.high).toBeCloseTo(10_000_000 / (4000 * lift!.absolute.interval.low), 6)
  })

  it('has no upper end for the cost of a conversion that may not exist', () => {
    const { money } = pilotReport(aPilot({ primary: aStratum([1010, 4000], [250, 1000]) }))
    expect(money!.cac!.high).toBeNull()
    expect(pilotReport(aPilot({ primary: aStratum([1000, 4000], [250, 1000]) })).money!.cac).toBeNull()
  })

  it.each([
    ['no cost', { cost: null }, { roi: true, cac: true, hour: false }],
    ['a cost of 0', { cost: 0 }, { roi: true, cac: false, hour: false }],
    ['no hours', { crewHours: null }, { roi: false, cac: false, hour: true }],
    ['0 hours', { crewHours: 0 }, { roi: false, cac: false, hour: true }],
  ])('is null where %s leaves it undefined', (_, difference, expected) => {
    const { money } = pilotReport(aPilot({ design: aDesign(difference) }))
    const { roi, cac, revenuePerHour } = money!
    expect({ roi: roi === null, cac: cac === null, hour: revenuePerHour === null }).toEqual(expected)
  })
})

describe('the goal of ten points', () => {
  it('is under-powered for 1,000 properties split 80/20, and the report says so', () => {
    const { goal } = pilotReport(
      aPilot({
        design: aDesign({ plannedN: 1000, minimumDetectableEffect: plannedEffect(800, 200) }),
        primary: aStratum([320, 800], [50, 200]),
        assigned: { treat: 800, control: 200 },
        touched: { treat: 800, control: 0 },
      }),
    )
    expect(goal.underpowered).toBe(true)
    expect(goal.sentence).toBe(
      'The pilot is under-powered for its goal of 10 points: as planned it detects 10.24 points, and with the outcomes there are it detects 10.24 points at 80 % power, so it may miss a true lift of that size.',
    )
  })

  it('is within reach of five times as many', () => {
    expect(pilotReport(aPilot()).goal).toMatchObject({ lift: 0.1, underpowered: false })
  })

  it('is out of reach without a control', () => {
    const alone = { primary: aStratum([5, 10], [0, 0]), design: aDesign({ minimumDetectableEffect: null }) }
    expect(pilotReport(aPilot(alone)).goal).toMatchObject({ underpowered: true })
  })
})

describe('model and runbooks', () => {
  const decile = (number: number, predictedMean: number) => ({
    ...aStratum([160, 400], [25, 100]),
    decile: number,
    predictedMean,
    lowestScore: predictedMean,
    highestScore: predictedMean,
  })

  it('calls for the drift runbook when predictions leave 0.10–0.30', () => {
    const runbooks = (...means: number[]) =>
      pilotReport(aPilot({ deciles: means.map((mean, index) => decile(index + 1, mean)) })).runbooks
    expect(runbooks(0.3)).toEqual([])
    expect(runbooks(0.1)).toEqual([])
    expect(runbooks(0.31)).toEqual(['uplift-drift'])
    expect(runbooks(0.09)).toEqual(['uplift-drift'])
  })

  it('calls for the drift runbook when a predicted point is surely no real point', () => {
    const upsideDown = [
      { ...decile(1, 0.25), ...aStratum([800, 4000], [400, 4000]) },
      { ...decile(2, 0.15), ...aStratum([1600, 4000], [400, 4000]) },
    ]
    expect(pilotReport(aPilot({ deciles: upsideDown })).runbooks).toEqual(['uplift-drift'])
  })

  it('measures the ranking against what was scored, not against all of an imported experiment', () => {
    const scored = aStratum([30, 60], [10, 40])
    // A third of the rows has a score; their random line encloses 100 × 15 / 2.
    const report = pilotReport(
      aPilot({
        primary: aStratum([90, 180], [30, 120]),
        deciles: [{ ...decile(1, 0.2), ...scored }],
        ranking: { qiniArea: 750, upliftArea: 1250, topTenth: scored, topThreeTenths: scored },
      }),
    )
    expect(report.model!.qini).toBeCloseTo(0, 12)
    expect(report.model!.auuc).toBeCloseTo(0, 12)
    expect(report.model!.upliftAtTenth).toBe(0.25)
  })

  it('calls for the error runbook when a service level was breached', () => {
    expect(pilotReport(aPilot({ sloBreaches: 2 })).runbooks).toEqual(['high-error-rate'])
  })

  it('shows deciles from the highest scores down, and no model quality without scores', () => {
    const { deciles, model } = pilotReport(aPilot({ deciles: [decile(2, 0.15), decile(1, 0.25)] }))
    expect(deciles.map(({ decile: number }) => number)).toEqual([1, 2])
    expect(model).toBeNull()
  })

  it('describes the capacity rule where there was a cap', () => {
    const method = pilotReport(aPilot({ design: aDesign({ capacityShare: 0.5 }) })).method
    expect(method[0]).toContain('strictly above the highest cut score')
    expect(pilotReport(aPilot()).method[0]).not.toContain('cut score')
  })
})
