/**
 * The sections that explain a result: how well the model ranked, where and when the lift arose, how the verdict
 * follows, and what everything was counted from.
 */
import type { PilotReport, SegmentReport } from '../domain/pilot-report.ts'
import type { ArmTally } from '../domain/pilot-measurements.ts'
import { capitalised, pilotWords } from '../domain/pilot-words.ts'
import { dailyChart, decileChart } from './charts.ts'
import type { Block, PilotReportContext, Section } from './document.ts'
import {
  count,
  instant,
  money,
  NOT_AVAILABLE,
  number,
  points,
  pointsInterval,
  pValue,
} from './figures-in-words.ts'
import {
  controlLabel,
  criterionLabel,
  criterionStatusLabel,
  decisionLabel,
  dimensionLabel,
  runbookSentence,
} from './labels.ts'
import { whyMissing } from './missing-figures.ts'
import { printableText, shortened } from '@stormops/chassis/pdf/printable-text'
import { unavailable } from './trust-sections.ts'

/** A customer reads a page of segments, not five; the rest stays in the API. */
const MOST_SEGMENTS = 20
/** More kinds of decision than the policy knows come from nowhere we can explain. */
const MOST_DECISIONS = 12
const LONGEST_KEY = 60

/** Ranking and calibration of the model that gave the scores. */
export function modelSection(report: PilotReport): Section {
  const { model } = report
  const chart = decileChart(report)
  const reason = whyMissing.modelFigure()
  const figure = (value: number | null, digits: number) =>
    value === null ? unavailable(reason) : number(value, digits)
  const lift = (value: number | null) => (value === null ? unavailable(reason) : points(value))
  const blocks: Block[] =
    model === null
      ? [{ kind: 'caution', text: `Model quality is ${unavailable(whyMissing.model(report))}.` }]
      : [
          {
            kind: 'facts',
            across: 2,
            facts: [
              { label: 'Qini coefficient (1 is perfect)', value: figure(model.qini, 3) },
              { label: 'Area under the uplift curve', value: figure(model.auuc, 3) },
              { label: 'Lift in the top 10% of scores', value: lift(model.upliftAtTenth) },
              { label: 'Lift in the top 30% of scores', value: lift(model.upliftAtThreeTenths) },
              {
                label: 'Calibration slope (1 is perfect)',
                value: figure(model.calibration?.slope ?? null, 2),
              },
              {
                label: 'Calibration intercept (0 is perfect)',
                value: lift(model.calibration?.intercept ?? null),
              },
            ],
          },
        ]
  if (chart !== null) blocks.push(chart)
  return { heading: 'Model quality', blocks }
}

function segmentRow({
  dimension,
  key,
  treatN,
  controlN,
  lift,
  adjustedPValue,
}: SegmentReport): readonly string[] {
  return [
    `${shortened(dimensionLabel(dimension), LONGEST_KEY)}: ${shortened(key, LONGEST_KEY)}`,
    count(treatN),
    count(controlN),
    lift === null ? NOT_AVAILABLE : points(lift.value),
    lift === null ? NOT_AVAILABLE : pointsInterval(lift.interval),
    pValue(adjustedPValue),
  ]
}

/** Where the lift arose, for segments that are large enough to be read. */
export function segmentsSection({ segments, design }: PilotReport): Section {
  const readable = segments.filter(({ status }) => status === 'SHOWN')
  const small = segments.length - readable.length
  const remarks = [
    ...(readable.length > MOST_SEGMENTS
      ? [`The first ${MOST_SEGMENTS} of ${count(readable.length)} readable segments are shown.`]
      : []),
    ...(small > 0
      ? [
          `${count(small)} of ${count(segments.length)} segments are too small to be read: fewer than 30 ${pilotWords(design.kind).printedUnit.many} or 5 conversions in an arm.`,
        ]
      : []),
  ]
  if (readable.length === 0) {
    const reason = segments.length === 0 ? 'No segments were defined.' : remarks.join(' ')
    return {
      heading: 'Segments',
      blocks: [{ kind: 'caution', text: `Segments are not available. ${reason}` }],
    }
  }
  return {
    heading: 'Segments',
    blocks: [
      {
        kind: 'paragraph',
        text: `The p-values are adjusted (Holm) for looking at ${count(readable.length)} ${readable.length === 1 ? 'segment' : 'segments at once'}. ${remarks.join(' ')}`.trim(),
      },
      {
        kind: 'table',
        columns: [
          { heading: 'Segment', align: 'left', width: 2.2 },
          { heading: 'Treated', align: 'right', width: 0.8 },
          { heading: 'Control', align: 'right', width: 0.8 },
          { heading: 'Lift', align: 'right', width: 1.1 },
          { heading: '95% interval', align: 'right', width: 1.7 },
          { heading: 'Adjusted p', align: 'right', width: 1 },
        ],
        rows: readable.slice(0, MOST_SEGMENTS).map(segmentRow),
      },
    ],
  }
}

/** How the lift settled. */
export function dailySection(report: PilotReport): Section {
  const chart = dailyChart(report)
  return {
    heading: 'Over time',
    blocks: [
      chart ?? {
        kind: 'caution',
        text: 'The course over time is not available: no day has outcomes in both arms.',
      },
    ],
  }
}

/** Every criterion with its figure, then the reasons, the advice and the runbooks. */
export function verdictSection(report: PilotReport): Section {
  const { kind } = report.design
  return {
    heading: 'Verdict and recommendation',
    blocks: [
      {
        kind: 'table',
        columns: [
          { heading: 'Criterion', align: 'left', width: 1.2 },
          { heading: 'Status', align: 'left', width: 'auto' },
          { heading: 'What was found', align: 'left', width: 2.4 },
          { heading: 'Role', align: 'left', width: 'auto' },
        ],
        rows: report.criteria.map(({ name, decides, status, detail }) => [
          criterionLabel(name, kind),
          criterionStatusLabel(status),
          detail,
          decides ? 'Decides' : 'Beside it',
        ]),
      },
      { kind: 'subheading', text: 'Why this verdict' },
      { kind: 'list', items: report.reasons },
      { kind: 'subheading', text: 'Recommendation' },
      { kind: 'paragraph', text: report.recommendation },
      ...(report.runbooks.length === 0
        ? []
        : [
            {
              kind: 'list' as const,
              items: report.runbooks.map((runbook) => runbookSentence(runbook, kind)),
            },
          ]),
    ],
  }
}

/** The counts behind every figure, how they were turned into figures, and the hash of the input. */
export function countsSection(report: PilotReport, context: PilotReportContext): Section {
  const { currency, kind } = report.design
  const { printedUnit, gain } = pilotWords(kind)
  const units = capitalised(printedUnit.many)
  const [treat, control] = report.arms
  const tally = (
    label: string,
    { n, conversions, value }: Pick<ArmTally, 'n' | 'conversions'> & { value: number | null },
  ) => [label, count(n), count(conversions), money(value, currency)]
  const total = (n: number, perProperty: number | null) => (perProperty === null ? null : n * perProperty)
  const decisions = Object.entries(report.decisions ?? {})
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, MOST_DECISIONS)
  return {
    heading: 'Raw counts and method',
    blocks: [
      {
        kind: 'table',
        columns: [
          { heading: `${units} with a known outcome`, align: 'left', width: 2.4 },
          { heading: units, align: 'right', width: 1 },
          { heading: 'Converted', align: 'right', width: 1 },
          { heading: `Value of ${gain.many}`, align: 'right', width: 1.2 },
        ],
        rows: [
          tally('Treated', { ...treat, value: total(treat.n, treat.revenuePerProperty) }),
          tally(controlLabel(kind), {
            ...control,
            value: total(control.n, control.revenuePerProperty),
          }),
          ...(report.exploration === null
            ? []
            : [
                tally('Below the threshold, explored', report.exploration.treat),
                tally('Below the threshold, held', report.exploration.control),
              ]),
        ],
      },
      decisions.length === 0
        ? {
            kind: 'paragraph',
            text:
              kind === 'IMPORTED'
                ? 'Decisions: not available, the import names the arms and not why a customer is in one.'
                : 'Decisions over the whole storm: not available, none were made by a policy.',
          }
        : {
            kind: 'table',
            columns: [
              { heading: 'Decisions over the whole storm', align: 'left', width: 3.4 },
              { heading: units, align: 'right', width: 1 },
            ],
            rows: decisions.map(([reason, homes]) => [
              printableText(shortened(decisionLabel(reason), LONGEST_KEY)),
              count(homes),
            ]),
          },
      { kind: 'subheading', text: 'Method' },
      { kind: 'list', items: report.method },
      { kind: 'subheading', text: 'Proof' },
      {
        kind: 'paragraph',
        text: `Complete since ${instant(context.completedAt, context.timeZone ?? 'UTC')} and immutable. Computing the report again from the same input gives the same hash and the same bytes.`,
      },
      { kind: 'code', label: 'Hash of the input', text: context.inputHash },
    ],
  }
}
