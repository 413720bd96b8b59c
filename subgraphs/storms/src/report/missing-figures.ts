/**
 * Why a figure is not available, in the words of the contractor. Each is a part of a sentence without its period.
 */
import type { PilotReport } from '../domain/pilot-report.ts'

type Reason = (report: PilotReport) => string

const lift: Reason = ({ arms: [treat, control] }) =>
  treat.n === 0 && control.n === 0
    ? 'no outcome is known yet'
    : treat.n === 0
      ? 'no treated home has an outcome yet'
      : control.n === 0
        ? 'no control home has an outcome yet'
        : 'the arms are too small'

const revenue: Reason = (report) =>
  report.lift === null ? lift(report) : 'no job values were recorded, or too few for an interval'

const cost: Reason = ({ design, money }) => {
  const known = money?.cost ?? design.cost
  return known === null ? 'no cost was given for this pilot' : 'the cost of this pilot is zero'
}

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
        : 'no extra job was shown, so there is none to divide the cost by',
  revenuePerHour: (report: PilotReport) =>
    (report.design.crewHours ?? 0) > 0 ? revenue(report) : 'no crew hours were given for this pilot',
  relative: () => 'an arm has no conversion to compare with',
  pValue: () => 'both arms converted none or all of their homes',
  alwaysValid: () => 'the arms are still too small for it',
  intentToTreat: lift,
  complier: (report: PilotReport) =>
    report.lift === null ? lift(report) : 'touches were not recorded, or are alike in both arms',
  stratified: (report: PilotReport) =>
    report.exploration === null
      ? 'this pilot treated no home below the threshold'
      : 'a stratum has an empty arm',
  model: (report: PilotReport) =>
    report.design.kind === 'IMPORTED' ? 'the imported experiment came without scores' : 'no scores are known',
  modelFigure: () => 'too few scores or outcomes',
  detectable: () => 'it needs outcomes in both arms',
  notStated: () => 'not stated',
} as const
