/**
 * Pilots that did not simply work: undecided, unprofitable, invalid, unfinished, and one imported from a
 * spreadsheet.
 */
import { importedDesign } from '../domain/pilot-design.ts'
import { anArm, aStratum } from '../domain/pilot-example.ts'
import type { PilotMeasurements } from '../domain/pilot-measurements.ts'
import type { Estimate, PilotReport } from '../domain/pilot-report.ts'
import { pilotReport } from '../domain/report-pilot.ts'
import { aPilotReport, around, daily } from './pilot-report.example.ts'

const { design, gates, criteria } = aPilotReport()

/** The lift is real but short of the goal, no cost was given, and the goal was out of reach of the plan. */
export function anInconclusiveReport(): PilotReport {
  const base = aPilotReport()
  return aPilotReport({
    design: { ...design, plannedN: 1_000, cost: null, minimumDetectableEffect: 0.1024 },
    arms: [
      { arm: 'TREAT', n: 801, conversions: 147, rate: around(0.1835, 0.0268), revenuePerProperty: 183_500 },
      { arm: 'CONTROL', n: 199, conversions: 21, rate: around(0.1055, 0.043), revenuePerProperty: 101_000 },
    ],
    lift: {
      absolute: { value: 0.078, interval: { low: 0.0212, high: 0.1231 } },
      relative: { value: 0.7391, interval: { low: 0.1322, high: 1.6714 } },
      pValue: 0.0082,
      probabilityPositive: 0.9962,
      probabilityAtGoal: 0.183,
      alwaysValid: { low: -0.0211, high: 0.1771 },
    },
    minimumDetectableEffect: 0.1024,
    goal: {
      lift: 0.1,
      underpowered: true,
      sentence:
        'The goal is +10.0 points, but 1,000 homes split 80/20 detect +10.2 points at 80% power: the pilot is too small for its goal.',
    },
    money: {
      currency: 'USD',
      incrementalConversions: around(62.5, 40.8),
      incrementalRevenue: around(66_082_500, 52_000_000),
      cost: null,
      roi: null,
      cac: null,
      revenuePerHour: around(103_254, 81_250),
    },
    intentToTreat: { value: 0.078, interval: { low: 0.0212, high: 0.1231 } },
    complierEffect: { value: 0.0821, interval: { low: 0.0223, high: 0.1296 } },
    gates: base.gates.map((gate) =>
      gate.name === 'CONTAMINATION'
        ? { ...gate, status: 'WARN', detail: '2 of 199 control homes were touched.', pValue: 0.911 }
        : gate,
    ),
    daily: daily(0.078),
    verdict: 'INCONCLUSIVE',
    reasons: [
      'The lift of +7.8 points lies between the 5 points that would be too little and the 10 points asked for.',
      'The return on cost could not be computed: no cost was given.',
    ],
    criteria: base.criteria.map((criterion) =>
      criterion.name === 'ROI' || criterion.name === 'CAC'
        ? { ...criterion, status: 'NOT_EVALUATED', detail: 'No cost was given.' }
        : criterion.name === 'LIFT'
          ? {
              ...criterion,
              status: 'NOT_MET',
              detail: 'The lift is +7.8 points; at least +10.0 is asked for.',
            }
          : criterion,
    ),
    recommendation: 'Enter the cost of the pilot, and run it again on at least 1,100 homes before deciding.',
    runbooks: ['uplift-drift'],
  })
}

/** Treatment did not move homes. */
export function anUnsuccessfulReport(): PilotReport {
  const absolute: Estimate = { value: 0.0121, interval: { low: -0.0094, high: 0.0318 } }
  const base = aPilotReport()
  return aPilotReport({
    lift: {
      absolute,
      relative: { value: 0.1137, interval: { low: -0.07, high: 0.3342 } },
      pValue: 0.271,
      probabilityPositive: 0.862,
      probabilityAtGoal: 0,
      alwaysValid: { low: -0.028, high: 0.0522 },
    },
    arms: [
      { arm: 'TREAT', n: 4_812, conversions: 570, rate: around(0.1185, 0.0091), revenuePerProperty: 111_000 },
      {
        arm: 'CONTROL',
        n: 1_203,
        conversions: 128,
        rate: around(0.1064, 0.0175),
        revenuePerProperty: 108_500,
      },
    ],
    intentToTreat: absolute,
    complierEffect: { value: 0.0127, interval: { low: -0.0099, high: 0.0335 } },
    money: {
      currency: 'USD',
      incrementalConversions: around(58.2, 99),
      incrementalRevenue: around(1_203_000, 48_000_000),
      cost: 1_840_000,
      roi: around(-0.35, 26),
      cac: { value: 31_615, low: 11_705, high: null },
      revenuePerHour: around(1_880, 75_000),
    },
    daily: daily(0.012),
    verdict: 'UNSUCCESSFUL',
    reasons: ['The lift of +1.2 points is below 5 points.', 'The return of \u221235% is below 100%.'],
    criteria: base.criteria.map((criterion) =>
      criterion.name === 'LIFT' || criterion.name === 'ROI' ? { ...criterion, status: 'NOT_MET' } : criterion,
    ),
    recommendation:
      'Do not roll this policy out. Find out why treatment moved so few homes before the next pilot.',
    runbooks: ['low-lift', 'uplift-drift'],
  })
}

/** The control was treated too. */
export function anInvalidReport(): PilotReport {
  const base = aPilotReport()
  return aPilotReport({
    gates: base.gates.map((gate) =>
      gate.name === 'CONTAMINATION'
        ? {
            ...gate,
            status: 'FAIL',
            detail: '187 of 1,203 control homes were touched (15.5%); 2% is the most that can be borne.',
            pValue: 3.2e-120,
          }
        : gate,
    ),
    verdict: 'INVALID',
    reasons: ['187 of 1,203 control homes were touched, so the control is no control any more.'],
    recommendation: 'Do not use these figures. Keep crews away from control homes and repeat the pilot.',
    runbooks: ['high-error-rate'],
  })
}

/** Nine days in, no control home has an outcome. */
export function aReportWithoutEnoughData(): PilotReport {
  return aPilotReport({
    arms: [
      { arm: 'TREAT', n: 41, conversions: 6, rate: around(0.1463, 0.1), revenuePerProperty: 131_000 },
      { arm: 'CONTROL', n: 0, conversions: 0, rate: null, revenuePerProperty: null },
    ],
    lift: null,
    minimumDetectableEffect: null,
    money: null,
    intentToTreat: null,
    complierEffect: null,
    stratified: null,
    model: { qini: null, auuc: null, upliftAtTenth: null, upliftAtThreeTenths: null, calibration: null },
    deciles: [],
    segments: [],
    daily: [{ day: '2026-03-04', treatConversions: 6, controlConversions: 0, cumulativeLift: null }],
    verdict: 'NOT_ENOUGH_DATA',
    reasons: ['Each arm needs 30 outcomes; the control has none, so 30 are missing.'],
    criteria: criteria.map((criterion) => ({
      ...criterion,
      status: 'NOT_EVALUATED',
      detail: 'There are too few outcomes.',
    })),
    gates: gates.map((gate) => ({
      ...gate,
      status: 'NOT_EVALUATED',
      detail: 'There are too few outcomes.',
      pValue: null,
    })),
    recommendation: 'Let the pilot run until the control has its outcomes.',
    outcomesMissing: 30,
    exploration: null,
  })
}

/** What an import brings: two arms with their outcomes and values, a cost, a segment column, and nothing else. */
export function anImport(difference: Partial<PilotMeasurements> = {}): PilotMeasurements {
  const treat = anArm(3_894, 21_307, 11_600)
  const control = anArm(2_262, 21_306, 11_400)
  return {
    design: importedDesign({
      name: 'Spring letters',
      tenantName: 'Lone Star Services',
      rows: 42_613,
      expectedTreatShare: 0.5,
      currency: 'USD',
      cost: 2_100_000,
      crewHours: null,
    }),
    primary: { treat, control },
    exploration: null,
    assigned: { treat: treat.n, control: control.n },
    decisions: null,
    touched: null,
    rehash: null,
    duplicates: 0,
    deciles: [],
    ranking: null,
    segments: [
      { dimension: 'Channel', key: 'Web', ...aStratum([2_300, 11_000], [1_200, 10_900]) },
      { dimension: 'Channel', key: 'Phone', ...aStratum([3, 12], [1, 14]) },
    ],
    daily: [],
    dataQuality: { status: 'NOT_EVALUATED', issues: [] },
    sloBreaches: null,
    ...difference,
  }
}

/** An experiment that somebody ran in a spreadsheet, as the statistics report it: no scores, no touches, no dates. */
export function anImportedReport(difference: Partial<PilotMeasurements> = {}): PilotReport {
  return pilotReport(anImport(difference))
}
