/**
 * Whether the model ranks roofs well: the more of the lift sits at the top of its list, the better.
 *
 * Qini coefficient and area under the uplift curve as scikit-uplift defines them: the area between the curve and the
 * random line, over the same area of the perfect ranking (with negative effects allowed); equal scores are one step.
 */
import type { ArmTally, RankingTally, StratumTally } from '../pilot-measurements.ts'
import { type Proportion, rateDifference } from './proportion.ts'

export type RankedRow = {
  readonly id: string
  readonly score: number
  readonly treated: boolean
  readonly converted: boolean
}

/** Both arms of one step of a ranking: all properties with the same score. */
type Step = { readonly treat: Proportion; readonly control: Proportion }

type Curve = (so: Step) => number

/** Shares of the ranking that uplift@k is given for. */
const TENTH = 10

/** Areas are sums over n steps of values up to n: below this share of n² the perfect curve is the random line. */
const NO_AREA = 1e-12

/** Treated conversions less what the control suggests for as many properties. */
const qiniValue: Curve = ({ treat, control }) =>
  treat.conversions - (control.n > 0 ? (control.conversions * treat.n) / control.n : 0)

/** Difference of the rates so far, times the properties so far; an empty arm counts as rate 0. */
const upliftValue: Curve = ({ treat, control }) =>
  ((treat.n > 0 ? treat.conversions / treat.n : 0) - (control.n > 0 ? control.conversions / control.n : 0)) *
  (treat.n + control.n)

/**
 * Qini coefficient of a ranking whose curve encloses `actualArea`, from the totals of what was ranked.
 * 1 is perfect, 0 is random; null when no ranking could beat the random line.
 */
export function qiniCoefficient(actualArea: number, totals: Step): number | null {
  const { treatHit, treatMiss, controlHit, controlMiss } = cells(totals)
  return ratioToPerfect(actualArea, [treatHit, merge(treatMiss, controlMiss), controlHit], qiniValue)
}

/** Area under the uplift curve of a ranking, normalised like the Qini coefficient; null when no ranking could win. */
export function upliftAreaRatio(actualArea: number, totals: Step): number | null {
  const { treatHit, treatMiss, controlHit, controlMiss } = cells(totals)
  // The perfect order puts the smaller of the two kinds that speak against the treatment last but one.
  const unwanted =
    controlHit.control.n > treatMiss.treat.n ? [controlHit, treatMiss] : [treatMiss, controlHit]
  return ratioToPerfect(actualArea, [treatHit, controlMiss, ...unwanted], upliftValue)
}

/** Lift among the properties at the top of the ranking; null while one arm has none there. */
export function upliftAtTop(top: StratumTally): number | null {
  return rateDifference(top.treat, top.control)
}

/**
 * The tally that the database computes, from rows: areas of both curves with equal scores collapsed, and the arms of
 * the first tenth and three tenths (rounded down) in order of score descending, then id. Values are not ranked: 0.
 */
export function rankingOf(rows: readonly RankedRow[]): RankingTally {
  const sorted = [...rows].sort((one, other) => other.score - one.score || (one.id < other.id ? -1 : 1))
  const steps: Step[] = []
  let previous: number | undefined
  for (const row of sorted) {
    const last = steps.at(-1)
    if (last !== undefined && row.score === previous) steps[steps.length - 1] = merge(last, stepOf(row))
    else steps.push(stepOf(row))
    previous = row.score
  }
  return {
    qiniArea: areaUnder(steps, qiniValue),
    upliftArea: areaUnder(steps, upliftValue),
    topTenth: tallyOf(sorted.slice(0, Math.floor(sorted.length / TENTH))),
    topThreeTenths: tallyOf(sorted.slice(0, Math.floor((3 * sorted.length) / TENTH))),
  }
}

const NONE: Proportion = { n: 0, conversions: 0 }
const NOTHING: Step = { treat: NONE, control: NONE }

function ratioToPerfect(actualArea: number, perfect: readonly Step[], curve: Curve): number | null {
  const total = perfect.reduce(merge, NOTHING)
  const n = total.treat.n + total.control.n
  const random = (n * curve(total)) / 2
  const best = areaUnder(perfect, curve) - random
  return Math.abs(best) <= NO_AREA * n * n ? null : (actualArea - random) / best
}

/** The four kinds of property: treated or not, converted or not. */
function cells({ treat, control }: Step) {
  const all = (n: number): Proportion => ({ n, conversions: n })
  const none = (n: number): Proportion => ({ n, conversions: 0 })
  return {
    treatHit: { treat: all(treat.conversions), control: NONE },
    treatMiss: { treat: none(treat.n - treat.conversions), control: NONE },
    controlHit: { treat: NONE, control: all(control.conversions) },
    controlMiss: { treat: NONE, control: none(control.n - control.conversions) },
  }
}

function merge(one: Step, other: Step): Step {
  return { treat: add(one.treat, other.treat), control: add(one.control, other.control) }
}

function add(one: Proportion, other: Proportion): Proportion {
  return { n: one.n + other.n, conversions: one.conversions + other.conversions }
}

/** Trapezoid area of a curve from (0, 0), x in properties. */
function areaUnder(steps: readonly Step[], curve: Curve): number {
  let soFar = NOTHING
  let height = 0
  let area = 0
  for (const step of steps) {
    const width = step.treat.n + step.control.n
    if (width === 0) continue
    soFar = merge(soFar, step)
    const next = curve(soFar)
    area += (width * (height + next)) / 2
    height = next
  }
  return area
}

function stepOf(row: RankedRow): Step {
  const one: Proportion = { n: 1, conversions: row.converted ? 1 : 0 }
  return row.treated ? { treat: one, control: NONE } : { treat: NONE, control: one }
}

function tallyOf(rows: readonly RankedRow[]): StratumTally {
  const { treat, control } = rows.map(stepOf).reduce(merge, NOTHING)
  const tally = (arm: Proportion): ArmTally => ({ ...arm, value: 0, valueSquares: 0 })
  return { treat: tally(treat), control: tally(control) }
}
