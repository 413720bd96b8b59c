/** A measured pilot in a few lines for the terminal; the PDF says the rest. */
import type { Report } from './demo/pilot-run.ts'
import { heading, inDollars, inPercent, inPoints } from './terminal.ts'

const VERDICTS: Readonly<Record<string, string>> = {
  SUCCESS: 'it worked',
  INCONCLUSIVE: 'it shows neither success nor failure',
  UNSUCCESSFUL: 'it fell short',
  INVALID: 'the comparison is not fair',
  NOT_ENOUGH_DATA: 'there is too little to say',
}

export const reportLines = (title: string, report: Report): readonly string[] => {
  const rate = (arm: string): string => {
    const found = report.arms.find((candidate) => candidate.arm === arm)
    return found?.rate === null || found === undefined
      ? 'no outcomes'
      : `${inPercent(found.rate.value)} of ${found.n.toLocaleString('en-US')}`
  }
  const { lift, money } = report
  return [
    heading(`${title}: ${report.verdict} (${VERDICTS[report.verdict] ?? ''})`),
    `  treated ${rate('TREAT')}, control ${rate('CONTROL')}`,
    ...(lift === null
      ? []
      : [
          `  lift ${inPoints(lift.absolute.value)} (95 %: ${inPoints(lift.absolute.low)} to ${inPoints(lift.absolute.high)})`,
        ]),
    ...(money === null || money.incrementalRevenue === null
      ? []
      : [
          `  incremental revenue ${inDollars(money.incrementalRevenue)}, ` +
            `ROI ${money.roi === null ? 'not computed (no cost given)' : inPercent(money.roi)}, ` +
            `cost per extra job ${money.cac === null ? 'not computed' : inDollars(money.cac)}`,
        ]),
    ...report.reasons.map((reason) => `  - ${reason}`),
  ]
}
