/** A pilot's design says, before any outcome is known, what will be compared and what it can show. */
import type { PilotDesign, PolicyMode } from './pilot-measurements.ts'
import { POLICIES } from './policy.ts'
import { plannedEffect } from './report-pilot.ts'
import type { Storm } from './storm.ts'

export type PolicyDesignInput = {
  readonly storm: Storm
  readonly tenantName: string
  readonly mode: PolicyMode
  /** Properties at or above the threshold that are not left out. */
  readonly above: number
  readonly currency: string
  readonly cost: number | null
  readonly crewHours: number | null
}

const POINTS = 100

export const policyDesign = ({
  storm,
  tenantName,
  mode,
  above,
  currency,
  cost,
  crewHours,
}: PolicyDesignInput): PilotDesign => {
  const policy = POLICIES[mode]
  const control = Math.round(above * policy.holdoutShare)
  return {
    kind: 'POLICY',
    name: storm.name,
    tenantName,
    hypothesis: `Working properties with a predicted uplift of ${policy.threshold * POINTS} points or more raises conversion by at least 10 points over the random control.`,
    primaryMetric: 'Conversion rate, treated against random control',
    policyMode: mode,
    threshold: policy.threshold,
    holdoutShare: policy.holdoutShare,
    explorationShare: policy.explorationShare,
    capacityShare: policy.capacityShare,
    salt: storm.salt,
    modelVersion: storm.modelVersion,
    expectedTreatShare: 1 - policy.holdoutShare,
    plannedN: above,
    windowStart: storm.startsAt.toISOString(),
    windowEnd: storm.endsAt.toISOString(),
    minimumDetectableEffect: plannedEffect(above - control, control),
    currency,
    cost,
    crewHours,
  }
}

export type ImportedDesignInput = {
  readonly name: string
  readonly tenantName: string
  readonly rows: number
  readonly expectedTreatShare: number | null
  readonly currency: string
  readonly cost: number | null
  readonly crewHours: number | null
}

export const importedDesign = (input: ImportedDesignInput): PilotDesign => ({
  kind: 'IMPORTED',
  name: input.name,
  tenantName: input.tenantName,
  hypothesis: 'Treatment raises conversion over the control.',
  primaryMetric: 'Conversion rate, treated against control',
  policyMode: null,
  threshold: null,
  holdoutShare: null,
  explorationShare: null,
  capacityShare: null,
  salt: null,
  modelVersion: null,
  expectedTreatShare: input.expectedTreatShare,
  plannedN: input.rows,
  windowStart: null,
  windowEnd: null,
  minimumDetectableEffect: null,
  currency: input.currency,
  cost: input.cost,
  crewHours: input.crewHours,
})

export type CostInput = {
  readonly cost: { minorUnits: number; currency: string } | null
  readonly crewHours: number | null
}

/** Hours that a crew of the whole company could work in a year; more is a typing error. */
const MOST_CREW_HOURS = 1_000_000

/** What is wrong with cost and hours, or null. */
export const costFault = (
  { cost, crewHours }: CostInput,
  currency: string,
): { readonly field: string; readonly message: string } | null => {
  if (cost !== null && cost.minorUnits < 0) {
    return { field: 'cost.minorUnits', message: `The cost is ${cost.minorUnits}; it cannot be negative.` }
  }
  if (cost !== null && cost.currency !== currency) {
    return {
      field: 'cost.currency',
      message: `The cost is in ${cost.currency}, the outcomes in ${currency}.`,
    }
  }
  if (crewHours !== null && !(crewHours >= 0 && crewHours <= MOST_CREW_HOURS)) {
    return { field: 'crewHours', message: `Crew hours are from 0 to ${MOST_CREW_HOURS}.` }
  }
  return null
}
