/**
 * The sections a reader must believe before the money: what was planned, whether the experiment is sound, what
 * happened, and what it earned. They follow each other in the order of trust.
 */
import type { Estimate, PilotReport } from '../domain/pilot-report.ts'
import type { Block, PilotReportContext, Section, Table } from './document.ts'
import {
  between,
  count,
  instant,
  money,
  moneyInterval,
  NOT_AVAILABLE,
  number,
  percent,
  percentInterval,
  points,
  pointsInterval,
  pointsWithInterval,
  probability,
  pValue,
  ratio,
  relative,
} from './figures-in-words.ts'
import { cautionBlocks } from './caution.ts'
import { cacRange } from './front-page.ts'
import { controlLabel, gateLabel, gateStatusLabel, modeLabel } from './labels.ts'
import { whyMissing } from './missing-figures.ts'

type Fact = { readonly label: string; readonly value: string }

/** "not available: no cost was given". */
export function unavailable(reason: string): string {
  return `${NOT_AVAILABLE}: ${reason}`
}

const orMissing = (text: string | null, reason: string): string => text ?? unavailable(reason)

const NOT_STATED = unavailable(whyMissing.notStated())

/** What was fixed before the first outcome. */
export function designSection({ design }: PilotReport, { timeZone = 'UTC' }: PilotReportContext): Section {
  const share = (value: number | null) => (value === null ? NOT_STATED : percent(value))
  const when = (iso: string | null) => (iso === null ? NOT_STATED : instant(iso, timeZone))
  const plan: Fact[] = [
    { label: 'Pilot', value: design.name },
    { label: 'Kind', value: design.kind === 'POLICY' ? 'Policy applied by StormOps' : 'Imported experiment' },
    { label: 'Hypothesis', value: design.hypothesis },
    { label: 'Primary metric', value: design.primaryMetric },
    { label: 'Model version', value: design.modelVersion ?? NOT_STATED },
    { label: 'Salt of the draw', value: design.salt ?? NOT_STATED },
    { label: 'Window opens', value: when(design.windowStart) },
    { label: 'Window closes', value: when(design.windowEnd) },
  ]
  const facts: Fact[] = [
    { label: 'Planned homes', value: count(design.plannedN) },
    { label: 'Planned share treated', value: share(design.expectedTreatShare) },
    {
      label: 'Lift the plan can detect',
      value: orMissing(
        design.minimumDetectableEffect === null
          ? null
          : `${points(design.minimumDetectableEffect)} at 80% power`,
        'no control was planned',
      ),
    },
    { label: 'Policy mode', value: design.policyMode === null ? NOT_STATED : modeLabel(design.policyMode) },
    {
      label: 'Score threshold',
      value: design.threshold === null ? NOT_STATED : number(design.threshold, 2),
    },
    { label: 'Random hold-out', value: share(design.holdoutShare) },
    { label: 'Exploration below threshold', value: share(design.explorationShare) },
    {
      label: 'Capacity',
      value: design.capacityShare === null ? 'No cap' : `At most ${percent(design.capacityShare)}`,
    },
    {
      label: 'Cost',
      value: orMissing(design.cost === null ? null : money(design.cost, design.currency), 'none was given'),
    },
    {
      label: 'Crew hours',
      value: orMissing(design.crewHours === null ? null : number(design.crewHours, 1), 'none were given'),
    },
  ]
  return {
    heading: 'Design',
    blocks: [
      { kind: 'paragraph', text: 'Fixed when the pilot started, before any outcome was known.' },
      { kind: 'facts', across: 1, facts: plan },
      { kind: 'facts', across: 2, facts },
    ],
  }
}

/** Whether the experiment is sound. */
export function gatesSection({ gates }: PilotReport): Section {
  return {
    heading: 'Validity gates',
    blocks: [
      {
        kind: 'paragraph',
        text: 'A failed gate makes the result invalid, whatever it says. A warning asks for a second look.',
      },
      {
        kind: 'table',
        columns: [
          { heading: 'Gate', align: 'left', width: 1.25 },
          { heading: 'Status', align: 'left', width: 'auto' },
          { heading: 'What was found', align: 'left', width: 2 },
          { heading: 'p-value', align: 'right', width: 'auto' },
        ],
        rows: gates.map(({ name, status, detail, pValue: p }) => [
          gateLabel(name),
          gateStatusLabel(status),
          detail,
          p === null ? 'no test' : pValue(p),
        ]),
      },
    ],
  }
}

function armsTable(report: PilotReport): Table {
  return {
    kind: 'table',
    columns: [
      { heading: 'Arm', align: 'left', width: 1.4 },
      { heading: 'Homes', align: 'right', width: 0.8 },
      { heading: 'Converted', align: 'right', width: 0.8 },
      { heading: 'Rate', align: 'right', width: 1 },
      { heading: '95% interval', align: 'right', width: 1.3 },
      { heading: 'Value per home', align: 'right', width: 1.2 },
    ],
    rows: report.arms.map(({ arm, n, conversions, rate, revenuePerProperty }) => [
      arm === 'TREAT' ? 'Treated' : controlLabel(report.design.kind),
      count(n),
      count(conversions),
      rate === null ? NOT_AVAILABLE : percent(rate.value),
      rate === null ? NOT_AVAILABLE : percentInterval(rate.interval),
      money(revenuePerProperty, report.design.currency),
    ]),
  }
}

/** The pre-registered comparison: treated against the random control, and nothing else. */
export function resultSection(report: PilotReport): Section {
  const { lift } = report
  const detectable: Fact = {
    label: 'Lift these outcomes can detect',
    value: orMissing(
      report.minimumDetectableEffect === null
        ? null
        : `${points(report.minimumDetectableEffect)} at 80% power`,
      whyMissing.detectable(),
    ),
  }
  const facts: Fact[] =
    lift === null
      ? [{ label: 'Lift', value: unavailable(whyMissing.lift(report)) }, detectable]
      : [
          { label: 'Lift', value: pointsWithInterval(lift.absolute) },
          {
            label: 'Relative lift',
            value: orMissing(
              lift.relative === null
                ? null
                : `${relative(lift.relative.value)} (95% interval ${between(relative(lift.relative.interval.low), relative(lift.relative.interval.high), '')})`,
              whyMissing.relative(),
            ),
          },
          {
            label: 'p-value, two-sided',
            value: lift.pValue === null ? unavailable(whyMissing.pValue()) : pValue(lift.pValue),
          },
          { label: 'Probability of any lift', value: probability(lift.probabilityPositive) },
          { label: 'Probability of the goal', value: probability(lift.probabilityAtGoal) },
          {
            label: 'Interval valid on every day',
            value: orMissing(lift.alwaysValid && pointsInterval(lift.alwaysValid), whyMissing.alwaysValid()),
          },
          detectable,
        ]
  return {
    heading: 'Primary result',
    blocks: [
      {
        kind: 'paragraph',
        text:
          report.design.kind === 'IMPORTED'
            ? 'Homes as the imported experiment split them into treated and control.'
            : 'Homes at or above the threshold, split by the random draw. Homes held back for a low score are not the control.',
      },
      ...cautionBlocks(report.verdict),
      armsTable(report),
      { kind: 'facts', across: 1, facts },
      { kind: 'paragraph', text: report.goal.sentence },
    ],
  }
}

/** What the lift was worth; the interval of the lift is carried through. */
export function moneySection(report: PilotReport): Section {
  const { money: earned } = report
  const text =
    'Incremental means: what the treated homes brought beyond what they would have brought at the rate of the control.'
  if (earned === null) {
    return {
      heading: 'Money',
      blocks: [{ kind: 'caution', text: `Money is ${unavailable(whyMissing.revenue(report))}.` }],
    }
  }
  const { currency } = earned
  const row = (label: string, value: string | null, interval: string, reason: string) =>
    value === null ? [label, NOT_AVAILABLE, reason] : [label, value, interval]
  const inMoney = (label: string, estimate: Estimate | null, reason: string) =>
    row(
      label,
      estimate && money(estimate.value, currency),
      estimate ? moneyInterval(estimate.interval, currency) : '',
      reason,
    )
  const jobs = earned.incrementalConversions
  const table: Block = {
    kind: 'table',
    columns: [
      { heading: 'Figure', align: 'left', width: 1.3 },
      { heading: 'Value', align: 'right', width: 1 },
      { heading: '95% interval, or why not available', align: 'right', width: 2 },
    ],
    rows: [
      [
        'Extra jobs',
        number(jobs.value, 1),
        between(number(jobs.interval.low, 1), number(jobs.interval.high, 1), ''),
      ],
      inMoney('Incremental revenue', earned.incrementalRevenue, whyMissing.revenue(report)),
      row(
        'Cost',
        earned.cost === null ? null : money(earned.cost, currency),
        'as given',
        whyMissing.cost(report),
      ),
      row(
        'Return on cost (ROI)',
        earned.roi && ratio(earned.roi.value),
        earned.roi ? between(ratio(earned.roi.interval.low), ratio(earned.roi.interval.high), '') : '',
        whyMissing.roi(report),
      ),
      row(
        'Cost per extra job',
        earned.cac && money(earned.cac.value, currency),
        earned.cac ? cacRange(earned.cac, currency).replace('95% interval ', '') : '',
        whyMissing.cac(report),
      ),
      inMoney('Revenue per crew hour', earned.revenuePerHour, whyMissing.revenuePerHour(report)),
    ],
  }
  return { heading: 'Money', blocks: [{ kind: 'paragraph', text }, ...cautionBlocks(report.verdict), table] }
}

/** Effect of the assignment first, effect of the touch second. */
export function effectSection(report: PilotReport): Section {
  const row = (label: string, estimate: Estimate | null, reason: string) => [
    label,
    estimate === null ? NOT_AVAILABLE : points(estimate.value),
    estimate === null ? reason : pointsInterval(estimate.interval),
  ]
  return {
    heading: 'Effect of assignment and of treatment',
    blocks: [
      {
        kind: 'paragraph',
        text: 'The first line counts every home as it was assigned, touched or not: it is what the policy achieves in practice. The second estimates the effect on the homes actually touched.',
      },
      {
        kind: 'table',
        columns: [
          { heading: 'Effect', align: 'left', width: 1.6 },
          { heading: 'Estimate', align: 'right', width: 1 },
          { heading: '95% interval, or why not available', align: 'right', width: 2 },
        ],
        rows: [
          row('As assigned (intent to treat)', report.intentToTreat, whyMissing.intentToTreat(report)),
          row('On homes touched (complier effect)', report.complierEffect, whyMissing.complier(report)),
          row('Both strata together', report.stratified, whyMissing.stratified(report)),
        ],
      },
    ],
  }
}
