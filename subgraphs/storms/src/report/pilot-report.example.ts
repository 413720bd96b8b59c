/**
 * Pilot reports as they come out of the statistics, for tests and for looking at the page. The figures belong
 * together: 4,812 treated homes and 1,203 of the random control, a cost of $18,400 and 640 crew hours.
 */
import type { PilotDesign } from '../domain/pilot-measurements.ts'
import type {
  Criterion,
  DayReport,
  DecileReport,
  Estimate,
  Gate,
  PilotReport,
  SegmentReport,
} from '../domain/pilot-report.ts'
import type { PilotReportContext } from './document.ts'

/** An estimate with a symmetric interval. */
export const around = (value: number, half: number): Estimate => ({
  value,
  interval: { low: value - half, high: value + half },
})

export const exampleContext: PilotReportContext = {
  pilotId: 'plt_8f3k2m9q4w7x',
  stormName: 'Hail of March 2, Tarrant County',
  tenantName: 'Lone Star Roofing & Restoration',
  generatedFor: 'Maria Delgado, Operations',
  completedAt: '2026-04-14T21:05:00.000Z',
  inputHash: '5a1f0c7d2e94b86381c4f7aa90d2b1e6734c58ef0b9d6a2147f3e85c0d9b7a62',
  synthetic: true,
  locale: 'en-US',
  timeZone: 'America/Chicago',
}

const design: PilotDesign = {
  kind: 'POLICY',
  name: 'March hail, moderate policy',
  tenantName: exampleContext.tenantName,
  hypothesis:
    'Knocking on homes with a predicted uplift of at least 0.10 raises signed contracts by 10 points.',
  primaryMetric: 'Signed contract within 30 days',
  policyMode: 'MODERATE',
  threshold: 0.1,
  holdoutShare: 0.2,
  explorationShare: 0.05,
  capacityShare: null,
  salt: 'storm-2026-03-02-tarrant',
  modelVersion: 'uplift-2026.02.3',
  expectedTreatShare: 0.8,
  plannedN: 6_000,
  windowStart: '2026-03-04T06:00:00.000Z',
  windowEnd: '2026-04-14T05:00:00.000Z',
  minimumDetectableEffect: 0.0311,
  currency: 'USD',
  cost: 1_840_000,
  crewHours: 640,
}

const gates: readonly Gate[] = [
  {
    name: 'SAMPLE_RATIO',
    status: 'PASS',
    detail: '80.0% of the homes were treated, 80.0% were planned.',
    pValue: 0.981,
  },
  { name: 'CONTAMINATION', status: 'PASS', detail: '0 of 1,203 control homes were touched.', pValue: 1 },
  {
    name: 'COMPLIANCE',
    status: 'PASS',
    detail: '4,571 of 4,812 homes meant for treatment were touched (95.0%).',
    pValue: null,
  },
  {
    name: 'MISSING_OUTCOMES',
    status: 'PASS',
    detail: 'Outcomes are missing for 1.1% of treated and 1.3% of control homes.',
    pValue: 0.562,
  },
  {
    name: 'ASSIGNMENT',
    status: 'PASS',
    detail: '6,015 assignments were computed again, 0 differ.',
    pValue: null,
  },
  { name: 'DUPLICATES', status: 'PASS', detail: 'No home was named twice.', pValue: null },
]

const criteria: readonly Criterion[] = [
  {
    name: 'LIFT',
    decides: true,
    status: 'MET',
    detail: 'The lift is +11.2 points; at least +10.0 is asked for.',
  },
  {
    name: 'INTERVAL_ABOVE_ZERO',
    decides: true,
    status: 'MET',
    detail: 'The interval starts at +9.1 points, above zero.',
  },
  {
    name: 'ROI',
    decides: true,
    status: 'MET',
    detail: 'The return is 31,204%; more than 300% is asked for.',
  },
  { name: 'DATA_QUALITY', decides: true, status: 'MET', detail: 'No data-quality issue was found.' },
  { name: 'SLO', decides: true, status: 'MET', detail: 'No service level was breached in the window.' },
  { name: 'CONTAMINATION', decides: true, status: 'MET', detail: 'No control home was touched.' },
  { name: 'INCREMENTAL_REVENUE', decides: false, status: 'MET', detail: '$5,760,000 is above $5,000.' },
  { name: 'CAC', decides: false, status: 'MET', detail: '$34.07 per extra job is below $500.' },
  { name: 'REVENUE_PER_HOUR', decides: false, status: 'MET', detail: '$9,000 per crew hour is above $100.' },
]

const deciles: readonly DecileReport[] = [
  0.212, 0.184, 0.163, 0.141, 0.128, 0.109, 0.094, 0.077, 0.058, 0.041,
].map((predicted, index) => ({
  decile: index + 1,
  treatN: 481,
  controlN: 120,
  predicted,
  realised: around(
    predicted + [0.018, -0.021, 0.006, -0.004, 0.022, -0.013, 0.008, 0.011, -0.027, 0.009][index]!,
    0.066,
  ),
}))

/** A readable segment with an interval that narrows with its size. */
export function segment(
  dimension: string,
  key: string,
  treatN: number,
  lift: number,
  pValue: number,
): SegmentReport {
  return {
    dimension,
    key,
    treatN,
    controlN: Math.round(treatN / 4),
    lift: around(lift, 1.2 / Math.sqrt(treatN)),
    pValue,
    adjustedPValue: Math.min(1, pValue * 7),
    status: 'SHOWN',
  }
}

const segments: readonly SegmentReport[] = [
  segment('ZIP', '76101', 1_204, 0.131, 2.1e-7),
  segment('ZIP', '76109', 988, 0.104, 3.3e-5),
  segment('ZIP', '76116', 870, 0.119, 8.7e-6),
  segment('ZIP', '76132', 412, 0.062, 0.081),
  segment('PERSONA', 'Long-time owner', 2_110, 0.128, 4.4e-12),
  segment('PERSONA', 'Recent buyer', 1_377, 0.094, 1.9e-5),
  segment('PERSONA', 'Landlord', 642, 0.051, 0.094),
  {
    dimension: 'ZIP',
    key: '76177',
    treatN: 21,
    controlN: 6,
    lift: null,
    pValue: null,
    adjustedPValue: null,
    status: 'TOO_SMALL',
  },
  {
    dimension: 'ZIP',
    key: '76052',
    treatN: 17,
    controlN: 3,
    lift: null,
    pValue: null,
    adjustedPValue: null,
    status: 'TOO_SMALL',
  },
]

const EXAMPLE_DAYS = 40

/** Forty days on which the cumulative lift settles at `final`. */
export function daily(final: number): readonly DayReport[] {
  return Array.from({ length: EXAMPLE_DAYS }, (_, index) => {
    const day = new Date(Date.UTC(2026, 2, 4 + index)).toISOString().slice(0, 10)
    const wander = (Math.sin((EXAMPLE_DAYS - 1 - index) * 1.7) * 0.05) / Math.sqrt(index + 1)
    const cumulativeLift =
      index === 0 ? null : around(final + wander, 0.021 * Math.sqrt(EXAMPLE_DAYS / (index + 1)))
    return { day, treatConversions: 20 + ((index * 7) % 13), controlConversions: index % 6, cumulativeLift }
  })
}

/** A pilot that worked, with the given differences. */
export function aPilotReport(overrides: Partial<PilotReport> = {}): PilotReport {
  return {
    design,
    gates,
    arms: [
      {
        arm: 'TREAT',
        n: 4_812,
        conversions: 1_052,
        rate: around(0.2186, 0.0117),
        revenuePerProperty: 218_700,
      },
      {
        arm: 'CONTROL',
        n: 1_203,
        conversions: 128,
        rate: around(0.1064, 0.0175),
        revenuePerProperty: 99_000,
      },
    ],
    lift: {
      absolute: { value: 0.1122, interval: { low: 0.0907, high: 0.1319 } },
      relative: { value: 1.0545, interval: { low: 0.7363, high: 1.431 } },
      pValue: 4.3e-18,
      probabilityPositive: 1,
      probabilityAtGoal: 0.874,
      alwaysValid: { low: 0.0731, high: 0.1513 },
    },
    minimumDetectableEffect: 0.0311,
    goal: {
      lift: 0.1,
      underpowered: false,
      sentence:
        'The goal is +10.0 points; 6,015 homes split 80/20 detect +3.1 points at 80% power, so the pilot is large enough for it.',
    },
    money: {
      currency: 'USD',
      incrementalConversions: around(540, 102),
      incrementalRevenue: around(576_000_000, 121_000_000),
      cost: 1_840_000,
      roi: around(312.04, 65.76),
      cac: { value: 3_407, low: 2_866, high: 4_201 },
      revenuePerHour: around(900_000, 189_062),
    },
    intentToTreat: { value: 0.1122, interval: { low: 0.0907, high: 0.1319 } },
    complierEffect: { value: 0.1181, interval: { low: 0.0954, high: 0.1388 } },
    stratified: { value: 0.0894, interval: { low: 0.071, high: 0.1078 } },
    model: {
      qini: 0.214,
      auuc: 0.083,
      upliftAtTenth: 0.23,
      upliftAtThreeTenths: 0.187,
      calibration: { slope: 0.96, intercept: 0.004 },
    },
    deciles,
    segments,
    daily: daily(0.112),
    verdict: 'SUCCESS',
    reasons: [
      'All six deciding criteria are met.',
      'The lift of +11.2 points passes the goal of +10.0, and its interval lies above zero.',
      'The return of 31,204% passes the 300% asked for.',
    ],
    criteria,
    recommendation:
      'Roll the moderate policy out to the rest of the storm and keep the 20% random hold-out, so that the lift stays measured.',
    runbooks: [],
    outcomesMissing: 0,
    exploration: {
      treat: { n: 204, conversions: 19, value: 17_800_000, valueSquares: 1.7e13 },
      control: { n: 3_871, conversions: 302, value: 281_000_000, valueSquares: 2.1e14 },
    },
    decisions: {
      ABOVE_THRESHOLD: 4_866,
      RANDOM_CONTROL: 1_219,
      EXPLORATION: 207,
      BELOW_THRESHOLD: 3_920,
      UNSCORED: 88,
      SUPPRESSED: 143,
    },
    method: [
      'Rates: Wilson score interval. Lift: difference of rates with Newcombe’s method-10 interval, 95%.',
      'p-value: two-sided pooled z test without continuity correction. Relative lift: Katz log interval.',
      'Money: Welch interval of the value per home, carried through. Segments: Holm adjustment.',
      'Qini and area under the uplift curve: ratio to the perfect curve, random line removed, ties collapsed.',
      'The interval valid on every day holds however often it is looked at.',
    ],
    ...overrides,
  }
}
