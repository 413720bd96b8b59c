/** A pilot that succeeds on every count, from which a test changes the one thing it is about. */
import type { ArmTally, PilotDesign, PilotMeasurements, StratumTally } from './pilot-measurements.ts'

/** An arm whose every conversion is worth `each` minor units. */
export function anArm(conversions: number, n: number, each = 1_000_000): ArmTally {
  return { n, conversions, value: conversions * each, valueSquares: conversions * each * each }
}

export function aStratum(treat: readonly [number, number], control: readonly [number, number]): StratumTally {
  return { treat: anArm(...treat), control: anArm(...control) }
}

export function aDesign(difference: Partial<PilotDesign> = {}): PilotDesign {
  return {
    kind: 'POLICY',
    name: 'Dallas hail, May',
    tenantName: 'Lone Star Roofing',
    hypothesis: 'Visiting the roofs with the highest predicted uplift raises conversion by 10 points.',
    primaryMetric: 'conversion rate',
    policyMode: 'MODERATE',
    threshold: 0.1,
    holdoutShare: 0.2,
    explorationShare: 0.05,
    capacityShare: null,
    salt: 'salt',
    modelVersion: 'uplift@1',
    expectedTreatShare: 0.8,
    plannedN: 5000,
    windowStart: '2026-05-01T05:00:00Z',
    windowEnd: '2026-06-01T05:00:00Z',
    minimumDetectableEffect: 0.045,
    currency: 'USD',
    cost: 10_000_000,
    crewHours: 2000,
    ...difference,
  }
}

/** 4,000 treated convert at 40 %, 1,000 held back at 25 %; each sale is worth $10,000. */
export function aPilot(difference: Partial<PilotMeasurements> = {}): PilotMeasurements {
  return {
    design: aDesign(),
    primary: aStratum([1600, 4000], [250, 1000]),
    exploration: null,
    assigned: { treat: 4000, control: 1000 },
    decisions: { TREAT: 4000, HOLD: 1000 },
    touched: { treat: 3900, control: 0 },
    rehash: { checked: 5000, differences: 0 },
    duplicates: 0,
    deciles: [],
    ranking: null,
    segments: [],
    daily: [],
    dataQuality: { status: 'PASS', issues: [] },
    sloBreaches: 0,
    ...difference,
  }
}
