/**
 * The words a report uses for the codes of the statistics, and nothing else.
 */
import type { CriterionStatus, GateName, GateStatus, PilotReport } from '../domain/pilot-report.ts'
import type { PilotDesign, PolicyMode } from '../domain/pilot-measurements.ts'
import { capitalised, pilotWords } from '../domain/pilot-words.ts'

type Kind = PilotDesign['kind']

const GATES: Readonly<Record<GateName, string | ((kind: Kind) => string)>> = {
  SAMPLE_RATIO: 'The arms have the planned sizes',
  CONTAMINATION: (kind) =>
    kind === 'IMPORTED' ? 'The control was left alone' : 'Control homes were left alone',
  COMPLIANCE: (kind) => `${capitalised(pilotWords(kind).printedUnit.many)} meant for treatment were treated`,
  MISSING_OUTCOMES: 'Outcomes are as complete in both arms',
  ASSIGNMENT: 'The draw can be computed again',
  DUPLICATES: (kind) => `No ${pilotWords(kind).printedUnit.one} counts twice`,
}

const GATE_STATUSES: Readonly<Record<GateStatus, string>> = {
  PASS: '✓ Pass',
  WARN: '▲ Warning',
  FAIL: '✘ Fail',
  CANNOT_SHOW: '○ Cannot show',
  NOT_EVALUATED: '○ Not evaluated',
}

const CRITERION_STATUSES: Readonly<Record<CriterionStatus, string>> = {
  MET: '✓ Met',
  NOT_MET: '✘ Not met',
  NOT_EVALUATED: '○ Not evaluated',
}

const CRITERIA: Readonly<Record<string, string | ((kind: Kind) => string)>> = {
  LIFT: 'Lift',
  INTERVAL_ABOVE_ZERO: 'Interval above zero',
  ROI: 'Return on cost',
  DATA_QUALITY: 'Data quality',
  SLO: 'Service levels',
  CONTAMINATION: 'Control left alone',
  INCREMENTAL_REVENUE: 'Incremental revenue',
  CAC: (kind) => `Cost per extra ${pilotWords(kind).gain.one}`,
  REVENUE_PER_HOUR: (kind) => `Revenue per ${pilotWords(kind).hour}`,
}

const DIMENSIONS: Readonly<Record<string, string>> = {
  ZIP: 'ZIP code',
  PERSONA: 'Persona',
  SCORE_DECILE: 'Score decile',
}

const MODES: Readonly<Record<PolicyMode, string>> = {
  CONSERVATIVE: 'Conservative',
  MODERATE: 'Moderate',
  AGGRESSIVE: 'Aggressive',
}

const RUNBOOKS: Readonly<Record<PilotReport['runbooks'][number], string | ((kind: Kind) => string)>> = {
  'uplift-drift': 'Runbook uplift-drift: check whether the ranking of the model still holds.',
  'low-lift': (kind) =>
    `Runbook low-lift: find out why treatment moved so few ${pilotWords(kind).printedUnit.many}.`,
  'high-error-rate':
    'Runbook high-error-rate: find the fault in the data or the service before the next pilot.',
}

const DECISIONS: Readonly<Record<string, string>> = {
  ABOVE_THRESHOLD: 'Treat: score at or above the threshold',
  RANDOM_CONTROL: 'Hold: random control',
  EXPLORATION: 'Treat: exploration below the threshold',
  BELOW_THRESHOLD: 'Hold: score below the threshold',
  CAPACITY: 'Hold: crew capacity reached',
  UNSCORED: 'Hold: no score',
  SUPPRESSED: 'Excluded: opted out, duplicate or outside the swath',
  EXCLUDED: 'Excluded: opted out, duplicate or outside the swath',
}

/** A code nobody has named yet reads as lower-case words. */
function inWords(code: string): string {
  const words = code.replaceAll('_', ' ').toLowerCase()
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}

const named = <Name>(names: Readonly<Record<string, Name>>, code: string): Name | undefined =>
  Object.hasOwn(names, code) ? names[code] : undefined

const worded = (words: string | ((kind: Kind) => string), kind: Kind): string =>
  typeof words === 'string' ? words : words(kind)

export const gateLabel = (name: GateName, kind: Kind): string => worded(GATES[name], kind)
export const gateStatusLabel = (status: GateStatus): string => GATE_STATUSES[status]
export const criterionLabel = (name: string, kind: Kind): string =>
  worded(named(CRITERIA, name) ?? inWords(name), kind)
export const criterionStatusLabel = (status: CriterionStatus): string => CRITERION_STATUSES[status]
/** An imported column keeps its own name. */
export const dimensionLabel = (dimension: string): string => named(DIMENSIONS, dimension) ?? dimension
/** Only a draw of ours is known to be random. */
export const controlLabel = (kind: Kind): string => (kind === 'POLICY' ? 'Random control' : 'Control')
export const modeLabel = (mode: PolicyMode): string => MODES[mode]
export const runbookSentence = (runbook: PilotReport['runbooks'][number], kind: Kind): string =>
  worded(RUNBOOKS[runbook], kind)
export const decisionLabel = (reason: string): string => named(DECISIONS, reason) ?? inWords(reason)
