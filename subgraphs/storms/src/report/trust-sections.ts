/**
 * The sections a reader must believe before the money: what was planned, whether the experiment is sound, what
 * happened, and what it earned. They follow each other in the order of trust.
 */
import type { Estimate, PilotReport } from '../domain/pilot-report.ts'
import { capitalised, pilotWords } from '../domain/pilot-words.ts'
import type { Block, Section, Table } from './document.ts'
import {
  between,
  count,
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
import { controlLabel, gateLabel, gateStatusLabel } from './labels.ts'
import { whyMissing } from './missing-figures.ts'

export type Fact = { readonly label: string; readonly value: string }

/** "not available: no cost was given". */
export function unavailable(reason: string): string {
  return `${NOT_AVAILABLE}: ${reason}`
}

/** The text, or why it is not available. */
export const orMissing = (text: string | null, reason: string): string => text ?? unavailable(reason)

/** Whether the experiment is sound. */
export function gatesSection({ gates, design }: PilotReport): Section {
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
          gateLabel(name, design.kind),
          gateStatusLabel(status),
          detail,
          p === null ? 'no test' : pValue(p),
        ]),
      },
    ],
  }
}

function armsTable(report: PilotReport): Table {
  const { printedUnit } = pilotWords(report.design.kind)
  return {
    kind: 'table',
    columns: [
      { heading: 'Arm', align: 'left', width: 1.4 },
      { heading: capitalised(printedUnit.many), align: 'right', width: 0.8 },
      { heading: 'Converted', align: 'right', width: 0.8 },
      { heading: 'Rate', align: 'right', width: 1 },
      { heading: '95% interval', align: 'right', width: 1.3 },
      { heading: `Value per ${printedUnit.one}`, align: 'right', width: 1.2 },
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
            value: lift.pValue === null ? unavailable(whyMissing.pValue(report)) : pValue(lift.pValue),
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
            ? 'Customers as the imported experiment split them into treated and control.'
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
  const { printedUnit, gain, hour } = pilotWords(report.design.kind)
  const text = `Incremental means: what the treated ${printedUnit.many} brought beyond what they would have brought at the rate of the control.`
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
  const extra = earned.incrementalConversions
  const table: Block = {
    kind: 'table',
    columns: [
      { heading: 'Figure', align: 'left', width: 1.3 },
      { heading: 'Value', align: 'right', width: 1 },
      { heading: '95% interval, or why not available', align: 'right', width: 2 },
    ],
    rows: [
      [
        `Extra ${gain.many}`,
        number(extra.value, 1),
        between(number(extra.interval.low, 1), number(extra.interval.high, 1), ''),
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
        `Cost per extra ${gain.one}`,
        earned.cac && money(earned.cac.value, currency),
        earned.cac ? cacRange(earned.cac, currency).replace('95% interval ', '') : '',
        whyMissing.cac(report),
      ),
      inMoney(`Revenue per ${hour}`, earned.revenuePerHour, whyMissing.revenuePerHour(report)),
    ],
  }
  return { heading: 'Money', blocks: [{ kind: 'paragraph', text }, ...cautionBlocks(report.verdict), table] }
}

/** Effect of the assignment first, effect of the touch second. */
export function effectSection(report: PilotReport): Section {
  const { many } = pilotWords(report.design.kind).printedUnit
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
        text:
          report.design.kind === 'IMPORTED'
            ? 'The first line counts every customer in the arm that the import names, reached or not: it is what the treatment achieves in practice. The second would be the effect on the customers actually touched.'
            : 'The first line counts every home as it was assigned, touched or not: it is what the policy achieves in practice. The second estimates the effect on the homes actually touched.',
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
          row(`On ${many} touched (complier effect)`, report.complierEffect, whyMissing.complier(report)),
          row('Both strata together', report.stratified, whyMissing.stratified(report)),
        ],
      },
    ],
  }
}
