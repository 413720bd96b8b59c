/**
 * What a pilot proves. Success has to be earned on every count: the lift, the return on what it cost, and data that
 * can be trusted. A figure that cannot be computed is said to be missing, and success is then not claimed.
 */
import type { PilotDesign, PilotMeasurements } from './pilot-measurements.ts'
import type { Criterion, CriterionStatus, Gate, LiftReport, MoneyReport, Verdict } from './pilot-report.ts'
import { pilotWords } from './pilot-words.ts'
import { count, counted, money, percent, pointRange, points } from './statistics/plain-figures.ts'

/** The goal of every pilot: at least 10 points of lift. */
export const GOAL_LIFT = 0.1

/** Under 5 points a pilot has not worked, whatever its interval. */
export const LOW_LIFT = 0.05

/** Return on cost: above 300 % is success, under 100 % is failure. */
const GOAL_ROI = 3
const LOW_ROI = 1

/** Outcomes an arm needs before a verdict is given at all. */
export const OUTCOMES_PER_ARM = 30

/** Business criteria, stated in US dollars and in cents here. */
const GOAL_CURRENCY = 'USD'
const GOAL_REVENUE = 500_000
const GOAL_CAC = 50_000
const GOAL_REVENUE_PER_HOUR = 10_000

/** What the verdict is read from. */
export type Findings = {
  readonly measurements: PilotMeasurements
  readonly gates: readonly Gate[]
  readonly lift: LiftReport | null
  readonly money: MoneyReport | null
}

export type Judgement = {
  readonly verdict: Verdict
  readonly reasons: readonly string[]
  readonly criteria: readonly Criterion[]
  readonly recommendation: string
  readonly outcomesMissing: number
}

/** Verdict, its reasons with the deciding one first, all criteria, and what to do next. */
export function judge(findings: Findings): Judgement {
  const criteria = [...decidingCriteria(findings), ...businessCriteria(findings)]
  const outcomesMissing = missingOutcomes(findings.measurements)
  const { verdict, reasons } = decideVerdict(findings, criteria, outcomesMissing)
  return {
    verdict,
    reasons,
    criteria,
    recommendation: RECOMMENDATIONS[findings.measurements.design.kind][verdict],
    outcomesMissing,
  }
}

const RECOMMENDATIONS: Readonly<Record<PilotDesign['kind'], Readonly<Record<Verdict, string>>>> = {
  POLICY: {
    SUCCESS:
      'Roll the policy out to the next storm, and keep the random hold-out so that the lift stays measured.',
    INCONCLUSIVE:
      'Do not roll out yet: settle what is named above, or run the next storm with a larger control.',
    UNSUCCESSFUL: 'Do not roll out: follow the runbook, and try another model or policy on the next storm.',
    INVALID: 'Do not act on these figures: mend what failed and run the pilot again.',
    NOT_ENOUGH_DATA: 'Wait for more outcomes before deciding anything.',
  },
  IMPORTED: {
    SUCCESS: 'Treat more customers in the same way, and keep a control so that the lift stays measured.',
    INCONCLUSIVE:
      'Do not act on this alone: repeat it as a pilot here, where the touches, the draw and the quality of the data are on record.',
    UNSUCCESSFUL:
      'Do not extend this treatment: try another one, or other customers, in the next experiment.',
    INVALID:
      'Do not act on these figures: mend what failed, in the file or in the experiment, and import it again.',
    NOT_ENOUGH_DATA: 'Decide nothing yet: import the experiment again when more outcomes are known.',
  },
}

function missingOutcomes({ primary }: PilotMeasurements): number {
  return Math.max(0, OUTCOMES_PER_ARM - primary.treat.n) + Math.max(0, OUTCOMES_PER_ARM - primary.control.n)
}

function decideVerdict(
  { measurements, gates, lift, money: earned }: Findings,
  criteria: readonly Criterion[],
  outcomesMissing: number,
): { verdict: Verdict; reasons: string[] } {
  const failed = gates.filter(({ status }) => status === 'FAIL')
  const warnings = gates.filter(({ status }) => status === 'WARN').map(({ detail }) => detail)
  if (failed.length > 0) {
    return { verdict: 'INVALID', reasons: [...failed.map(({ detail }) => detail), ...warnings] }
  }
  if (outcomesMissing > 0 || lift === null) {
    return { verdict: 'NOT_ENOUGH_DATA', reasons: [tooFew(measurements, outcomesMissing), ...warnings] }
  }
  const deciding = criteria.filter(({ decides }) => decides)
  const open = deciding.filter(({ status }) => status !== 'MET')
  if (open.length === 0) {
    return { verdict: 'SUCCESS', reasons: [...deciding.map(({ detail }) => detail), ...warnings] }
  }
  const failures = failuresOf(measurements, lift, earned)
  if (failures.length > 0) return { verdict: 'UNSUCCESSFUL', reasons: [...failures, ...warnings] }
  const notMet = open.filter(({ status }) => status === 'NOT_MET')
  const missing = open.filter(({ status }) => status === 'NOT_EVALUATED')
  const said = [...notMet, ...missing].map(({ detail }) => detail)
  return {
    verdict: 'INCONCLUSIVE',
    reasons: [...said, ...warnings.filter((warning) => !said.includes(warning))],
  }
}

function tooFew({ primary }: PilotMeasurements, missing: number): string {
  const have = `TREAT has ${count(primary.treat.n)} and the control ${count(primary.control.n)}`
  return `A verdict needs ${OUTCOMES_PER_ARM} outcomes in each arm; ${have}, so ${counted(missing, 'is', 'are')} missing.`
}

function failuresOf({ design }: PilotMeasurements, lift: LiftReport, earned: MoneyReport | null): string[] {
  const failures: string[] = []
  if (lift.absolute.value < LOW_LIFT) {
    failures.push(
      `The lift is ${points(lift.absolute.value, digitsAgainst(lift.absolute.value, LOW_LIFT))}, under the ${points(LOW_LIFT, 0)} that ${pilotWords(design.kind).aTrial} must reach.`,
    )
  }
  const roi = earned?.roi?.value
  if (roi !== undefined && roi < LOW_ROI) {
    failures.push(`The return on cost is ${percent(roi, 0)}, under ${percent(LOW_ROI, 0)}.`)
  }
  return failures
}

function criterion(name: string, isMet: boolean | null, detail: string, decides = true): Criterion {
  const status: CriterionStatus = isMet === null ? 'NOT_EVALUATED' : isMet ? 'MET' : 'NOT_MET'
  return { name, decides, status, detail }
}

function decidingCriteria(findings: Findings): Criterion[] {
  const { measurements, lift, money: earned, gates } = findings
  return [
    ...liftCriteria(lift),
    roiCriterion(measurements, earned),
    dataQualityCriterion(measurements),
    sloCriterion(measurements),
    contaminationCriterion(gates),
  ]
}

/** One decimal, as on the page; two where one would print a figure as the very threshold it misses or clears. */
function digitsAgainst(lift: number, threshold: number): number {
  return points(lift) === points(threshold) ? 2 : 1
}

function liftCriteria(lift: LiftReport | null): Criterion[] {
  if (lift === null) {
    const detail = 'The lift is unknown while an arm has no outcome.'
    return [criterion('LIFT', null, detail), criterion('INTERVAL_ABOVE_ZERO', null, detail)]
  }
  const { value, interval } = lift.absolute
  const range = pointRange(interval.low, interval.high, interval.low > 0 ? digitsAgainst(interval.low, 0) : 1)
  return [
    criterion(
      'LIFT',
      value >= GOAL_LIFT,
      `The lift is ${points(value, value < GOAL_LIFT ? digitsAgainst(value, GOAL_LIFT) : 1)}; the goal is at least ${points(GOAL_LIFT, 0)}.`,
    ),
    criterion(
      'INTERVAL_ABOVE_ZERO',
      interval.low > 0,
      `The 95 % interval of the lift is ${range}; all of it has to be above 0.`,
    ),
  ]
}

function roiCriterion({ design }: PilotMeasurements, earned: MoneyReport | null): Criterion {
  if (design.cost === null)
    return criterion('ROI', null, 'No cost was given, so the return on it is unknown.')
  if (design.cost === 0) return criterion('ROI', null, 'The cost is 0, so there is no return on it.')
  const roi = earned?.roi ?? null
  if (roi === null)
    return criterion('ROI', null, 'The incremental revenue is unknown, so the return on cost is too.')
  const detail = `The return on cost is ${percent(roi.value, 0)}; the goal is more than ${percent(GOAL_ROI, 0)}.`
  return criterion('ROI', roi.value > GOAL_ROI, detail)
}

function dataQualityCriterion({ design, dataQuality }: PilotMeasurements): Criterion {
  const { status, issues } = dataQuality
  if (status === 'NOT_EVALUATED') {
    const unknown =
      design.kind === 'IMPORTED'
        ? 'The quality of the data is not measured for an experiment run elsewhere.'
        : 'The quality of the data was not measured.'
    return criterion('DATA_QUALITY', null, unknown)
  }
  if (status === 'PASS' && issues.length === 0)
    return criterion('DATA_QUALITY', true, 'The data has no quality issue.')
  const named =
    issues.length > 0 ? issues.map((issue) => issue.replace(/\.$/, '')).join('; ') : 'the checks did not pass'
  return criterion('DATA_QUALITY', false, `The data has quality issues: ${named}.`)
}

function sloCriterion({ design, sloBreaches }: PilotMeasurements): Criterion {
  const { trial } = pilotWords(design.kind)
  if (sloBreaches === null) {
    const unknown =
      design.kind === 'IMPORTED'
        ? 'No service level applies to an experiment run elsewhere.'
        : 'No service level was measured during the pilot.'
    return criterion('SLO', null, unknown)
  }
  if (sloBreaches === 0)
    return criterion('SLO', true, `Every service level that was measured held during the ${trial}.`)
  return criterion(
    'SLO',
    false,
    `${counted(sloBreaches, 'service level was', 'service levels were')} breached during the ${trial}.`,
  )
}

/** Any touched control is contamination here; the gate's tolerance of 2 % only keeps the pilot readable. */
function contaminationCriterion(gates: readonly Gate[]): Criterion {
  const gate = gates.find(({ name }) => name === 'CONTAMINATION')
  if (gate === undefined) return criterion('CONTAMINATION', null, 'Contamination was not checked.')
  const isKnown = gate.status !== 'NOT_EVALUATED' && gate.status !== 'CANNOT_SHOW'
  return criterion('CONTAMINATION', isKnown ? gate.status === 'PASS' : null, gate.detail)
}

function businessCriteria({ measurements, money: earned }: Findings): Criterion[] {
  const { currency, kind } = measurements.design
  const revenue = earned?.incrementalRevenue?.value ?? null
  const cac = earned?.cac?.value ?? null
  const perHour = earned?.revenuePerHour?.value ?? null
  const compare = (
    name: string,
    label: string,
    value: number | null,
    goal: { readonly minorUnits: number; readonly above: boolean },
  ): Criterion => {
    const threshold = `${goal.above ? 'more' : 'less'} than ${money(goal.minorUnits, GOAL_CURRENCY)}`
    if (value === null) return criterion(name, null, `${label} is unknown; the goal is ${threshold}.`, false)
    const said = `${label} is ${money(value, currency)}; the goal is ${threshold}`
    if (currency !== GOAL_CURRENCY)
      return criterion(name, null, `${said}, which is not compared across currencies.`, false)
    return criterion(name, goal.above ? value > goal.minorUnits : value < goal.minorUnits, `${said}.`, false)
  }
  return [
    compare('INCREMENTAL_REVENUE', 'Incremental revenue', revenue, { minorUnits: GOAL_REVENUE, above: true }),
    compare('CAC', 'Cost per incremental conversion', cac, { minorUnits: GOAL_CAC, above: false }),
    compare('REVENUE_PER_HOUR', `Incremental revenue per ${pilotWords(kind).hour}`, perHour, {
      minorUnits: GOAL_REVENUE_PER_HOUR,
      above: true,
    }),
  ]
}
