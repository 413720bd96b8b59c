/**
 * Page one answers before it explains: did the pilot work, what did it earn, what comes next, and what it could
 * not show. Figures of an invalid or unfinished pilot stay visible, but marked.
 */
import type { Criterion, Gate, GateStatus, PilotReport, Verdict } from '../domain/pilot-report.ts'
import { pilotWords } from '../domain/pilot-words.ts'
import { liftChart } from './charts.ts'
import type { FrontPage, KeyFigure } from './document.ts'
import {
  between,
  count,
  money,
  moneyInterval,
  NOT_AVAILABLE,
  percent,
  points,
  pointsInterval,
  ratio,
} from './figures-in-words.ts'
import { caution } from './caution.ts'
import { controlLabel, criterionLabel, gateLabel, runbookSentence } from './labels.ts'
import { whyMissing } from './missing-figures.ts'
import { shortened } from '@stormops/chassis/pdf/printable-text'

/** Page one holds this many lines in each of its two lists beside a full chart. */
const LINES_PER_LIST = 6
const LABELS_PER_LINE = 3
/** Page one must stay one page; the sections repeat every sentence in full. */
const LONGEST_LINE = 240

type Heading = { readonly mark: string; readonly label: string; readonly headline: (trial: string) => string }
const VERDICTS: Readonly<Record<Verdict, Heading>> = {
  SUCCESS: { mark: '✓', label: 'Success', headline: (trial) => `This ${trial} worked.` },
  INCONCLUSIVE: {
    mark: '?',
    label: 'Inconclusive',
    headline: (trial) => `This ${trial} did not settle the question.`,
  },
  UNSUCCESSFUL: { mark: '✘', label: 'Unsuccessful', headline: (trial) => `This ${trial} did not pay off.` },
  INVALID: { mark: '!', label: 'Invalid', headline: () => 'This result cannot be trusted.' },
  NOT_ENOUGH_DATA: { mark: '…', label: 'Not enough data', headline: () => 'It is too early to tell.' },
}

/** The answer, the key figures, what to do next and what could not be shown. */
export function frontPage(report: PilotReport): FrontPage {
  const chart = liftChart(report)
  const { mark, label, headline } = VERDICTS[report.verdict]
  const { trial } = pilotWords(report.design.kind)
  return {
    verdict: { kind: report.verdict, mark, label, headline: headline(trial), ...answerAndReason(report) },
    caution: caution(report.verdict),
    figures: [liftFigure(report), revenueFigure(report), roiFigure(report), cacFigure(report)],
    lift:
      chart === null
        ? [{ kind: 'caution', text: `The lift chart is not available: ${whyMissing.lift(report)}.` }]
        : [chart],
    rests: rests(report),
    next: nextSteps(report),
    notShown: notShown(report),
  }
}

/** What the arms did comes first, unless it must not be relied on: then the reason why comes first. */
function answerAndReason(report: PilotReport): { readonly answer: string; readonly reason: string } {
  const reason = shortened(report.reasons[0] ?? '', LONGEST_LINE)
  return caution(report.verdict) === null || reason === ''
    ? { answer: answer(report), reason }
    : { answer: reason, reason: `For the record: ${answer(report)}` }
}

function answer(report: PilotReport): string {
  const [treat, control] = report.arms
  const controlArm = controlLabel(report.design.kind).toLowerCase()
  const { many } = pilotWords(report.design.kind).printedUnit
  if (treat.rate === null || control.rate === null || report.lift === null) {
    return `Outcomes are known for ${count(treat.n)} treated ${many} and ${count(control.n)} ${many} of the ${controlArm}.`
  }
  const difference = report.lift.absolute
  return (
    `Treated ${many} converted ${percent(treat.rate.value)} against ${percent(control.rate.value)} in the ${controlArm}: ` +
    `a lift of ${points(difference.value)}, 95% interval ${pointsInterval(difference.interval)}.`
  )
}

function missing(label: string, reason: string): KeyFigure {
  return { label, value: NOT_AVAILABLE, detail: reason, missing: true }
}

function liftFigure(report: PilotReport): KeyFigure {
  const label = 'Lift'
  if (report.lift === null) return missing(label, whyMissing.lift(report))
  const { value, interval } = report.lift.absolute
  return { label, value: points(value), detail: `95% interval\n${pointsInterval(interval)}`, missing: false }
}

function revenueFigure(report: PilotReport): KeyFigure {
  const label = 'Incremental revenue'
  const revenue = report.money?.incrementalRevenue ?? null
  if (revenue === null || report.money === null) return missing(label, whyMissing.revenue(report))
  const { currency } = report.money
  return {
    label,
    value: money(revenue.value, currency),
    detail: `95% interval\n${moneyInterval(revenue.interval, currency)}`,
    missing: false,
  }
}

function roiFigure(report: PilotReport): KeyFigure {
  const label = 'Return on cost (ROI)'
  const roi = report.money?.roi ?? null
  if (roi === null) return missing(label, whyMissing.roi(report))
  const { low, high } = roi.interval
  return {
    label,
    value: ratio(roi.value),
    detail: `95% interval\n${between(ratio(low), ratio(high), '')}`,
    missing: false,
  }
}

function cacFigure(report: PilotReport): KeyFigure {
  const label = `Cost per extra ${pilotWords(report.design.kind).gain.one}`
  const cac = report.money?.cac ?? null
  if (cac === null || report.money === null) return missing(label, whyMissing.cac(report))
  return {
    label,
    value: money(cac.value, report.money.currency),
    detail: cacRange(cac, report.money.currency).replace('95% interval ', '95% interval\n'),
    missing: false,
  }
}

/** The interval of the cost per extra job; it has no upper end where the lift may be zero. */
export function cacRange(cac: { low: number | null; high: number | null }, currency: string): string {
  const { low, high } = cac
  if (low !== null && high !== null) return `95% interval ${moneyInterval({ low, high }, currency)}`
  if (low !== null) return `at least ${money(low, currency)}; no upper end, the lift may be zero`
  return 'interval not available: the lift may be zero'
}

/** How sound the answer is, in three or four lines. */
function rests(report: PilotReport): readonly string[] {
  const { kind } = report.design
  const { many } = pilotWords(kind).printedUnit
  const [treat, control] = report.arms
  const answerable = report.gates.filter((gate) => isAnswerable(gate, kind))
  const having = (status: GateStatus) => answerable.filter((gate) => gate.status === status).length
  const ofAnImport = kind === 'IMPORTED' ? ' that an import can answer' : ''
  const gates = [
    `${having('PASS')} of ${answerable.length} validity gates${ofAnImport} pass`,
    ...(having('WARN') > 0 ? [`${having('WARN')} ${having('WARN') === 1 ? 'warns' : 'warn'}`] : []),
    ...(having('FAIL') > 0 ? [`${having('FAIL')} ${having('FAIL') === 1 ? 'fails' : 'fail'}`] : []),
  ]
  const deciding = report.criteria.filter((one) => one.decides && isAnswerable(one, kind))
  const met = deciding.filter(({ status }) => status === 'MET').length
  return [
    `${count(treat.n)} treated ${many} compared with ${count(control.n)} ${many} of the ${controlLabel(kind).toLowerCase()}.`,
    ...(kind === 'IMPORTED'
      ? ['The arms are those of the import: who drew them, and how, is not known here.']
      : []),
    `${gates.join(', ')}.`,
    `${met} of ${deciding.length} deciding criteria${ofAnImport} are met${report.verdict === 'INVALID' ? '; the failed gate overrules them' : ''}.`,
  ]
}

function nextSteps(report: PilotReport): readonly string[] {
  return [
    report.recommendation,
    ...(report.outcomesMissing > 0
      ? [
          `Wait for ${count(report.outcomesMissing)} more ${report.outcomesMissing === 1 ? 'outcome' : 'outcomes'}.`,
        ]
      : []),
    ...report.runbooks.map((runbook) => runbookSentence(runbook, report.design.kind)),
  ]
    .slice(0, LINES_PER_LIST)
    .map((line) => shortened(line, LONGEST_LINE))
}

/** What an experiment run elsewhere lacks by its nature; one sentence says so for all of it. */
const ONLY_OF_PILOTS_HERE: ReadonlySet<string> = new Set([
  'CONTAMINATION',
  'COMPLIANCE',
  'ASSIGNMENT',
  'DATA_QUALITY',
  'SLO',
])

/** Whether a gate or criterion could have been answered at all for this kind of trial. */
function isAnswerable({ name, status }: Gate | Criterion, kind: PilotReport['design']['kind']): boolean {
  return kind === 'POLICY' || status !== 'NOT_EVALUATED' || !ONLY_OF_PILOTS_HERE.has(name)
}

/** Everything a reader would look for and not find, each with its reason. */
function notShown(report: PilotReport): readonly string[] {
  const { kind } = report.design
  const imported = kind === 'IMPORTED'
  const lines = [
    ...byReason(
      report.gates
        .filter(({ status }) => status === 'CANNOT_SHOW' || status === 'NOT_EVALUATED')
        .filter((open) => isAnswerable(open, kind))
        .map(({ name, detail }) => ({ label: gateLabel(name, kind), reason: detail })),
    ),
    ...(report.goal.underpowered ? [report.goal.sentence] : []),
    ...byReason(
      report.criteria
        .filter(({ status }) => status === 'NOT_EVALUATED')
        .filter((open) => isAnswerable(open, kind))
        .map(({ name, detail }) => ({ label: criterionLabel(name, kind), reason: detail })),
    ),
    ...(report.complierEffect === null && !imported
      ? [`Effect on homes actually touched: ${whyMissing.complier(report)}.`]
      : []),
    ...(report.model === null ? [`Model quality: ${whyMissing.model(report)}.`] : []),
    ...tooSmall(report),
    ...(imported ? ['Touches, the draw and the data’s quality belong to pilots run here.'] : []),
  ].map((line) => shortened(line, LONGEST_LINE))
  if (lines.length === 0) return ['Every figure and every check of this report could be computed.']
  const rest = lines.length - LINES_PER_LIST
  return rest <= 0
    ? lines
    : [...lines.slice(0, LINES_PER_LIST - 1), `${rest + 1} more, named in the sections that follow.`]
}

/** One line for all that share a reason. */
function byReason(items: readonly { readonly label: string; readonly reason: string }[]): readonly string[] {
  return [...Map.groupBy(items, ({ reason }) => reason)].map(([reason, sharing]) => {
    const labels = sharing.map(({ label }) => label)
    const named = labels.slice(0, LABELS_PER_LINE).join('; ')
    const rest = labels.length - LABELS_PER_LINE
    return `${named}${rest > 0 ? `; and ${rest} more` : ''}. ${reason}`
  })
}

function tooSmall(report: PilotReport): readonly string[] {
  const small = report.segments.filter(({ status }) => status === 'TOO_SMALL').length
  return small === 0
    ? []
    : [`${count(small)} of ${count(report.segments.length)} segments are too small to be read.`]
}
