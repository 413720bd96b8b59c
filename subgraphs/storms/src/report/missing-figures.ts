/**
 * Why a figure is not available, in the words of the contractor. Each is a part of a sentence without its period.
 */
import type { PilotReport } from '../domain/pilot-report.ts'
import { pilotWords } from '../domain/pilot-words.ts'

type Reason = (report: PilotReport) => string

const wordsOf = ({ design }: PilotReport) => pilotWords(design.kind)
const isImported = ({ design }: PilotReport): boolean => design.kind === 'IMPORTED'

const lift: Reason = ({ arms: [treat, control], design }) =>
  treat.n === 0 && control.n === 0
    ? 'no outcome is known yet'
    : treat.n === 0
      ? `no treated ${pilotWords(design.kind).printedUnit.one} has an outcome yet`
      : control.n === 0
        ? `no control ${pilotWords(design.kind).printedUnit.one} has an outcome yet`
        : 'the arms are too small'

const revenue: Reason = (report) =>
  report.lift === null
    ? lift(report)
    : `no ${wordsOf(report).gain.one} values were recorded, or too few for an interval`

const cost: Reason = ({ design, money }) => {
  const known = money?.cost ?? design.cost
  const { trial } = pilotWords(design.kind)
  return known === null ? `no cost was given for this ${trial}` : `the cost of this ${trial} is zero`
}

const noHours: Reason = (report) =>
  isImported(report)
    ? 'no hours of work were given for this experiment'
    : 'no crew hours were given for this pilot'

const hasCost = ({ design, money }: PilotReport): boolean => (money?.cost ?? design.cost ?? 0) > 0

export const whyMissing = {
  lift,
  revenue,
  cost,
  roi: (report: PilotReport) => (hasCost(report) ? revenue(report) : cost(report)),
  cac: (report: PilotReport) =>
    report.lift === null
      ? lift(report)
      : (report.money?.cost ?? report.design.cost) === null
        ? cost(report)
        : `no extra ${wordsOf(report).gain.one} was shown, so there is none to divide the cost by`,
  revenuePerHour: (report: PilotReport) =>
    (report.design.crewHours ?? 0) > 0 ? revenue(report) : noHours(report),
  relative: () => 'an arm has no conversion to compare with',
  pValue: (report: PilotReport) =>
    `both arms converted none or all of their ${wordsOf(report).printedUnit.many}`,
  alwaysValid: () => 'the arms are still too small for it',
  intentToTreat: lift,
  complier: (report: PilotReport) =>
    report.lift === null
      ? lift(report)
      : isImported(report)
        ? 'an imported experiment brings no touches'
        : 'touches were not recorded, or are alike in both arms',
  stratified: (report: PilotReport) =>
    isImported(report)
      ? 'an imported experiment has one stratum'
      : report.exploration === null
        ? 'this pilot treated no home below the threshold'
        : 'a stratum has an empty arm',
  model: (report: PilotReport) =>
    isImported(report) ? 'the imported experiment came without scores' : 'no scores are known',
  modelFigure: () => 'too few scores or outcomes',
  detectable: () => 'it needs outcomes in both arms',
  notStated: () => 'not stated',
} as const
