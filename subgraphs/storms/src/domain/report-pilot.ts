/**
 * The report of a pilot, from its tallies. The same tallies give the same report, to the last digit, on every
 * machine: nothing here reads a clock, a file or a locale.
 */
import type { PilotMeasurements } from './pilot-measurements.ts'
import type {
  ArmReport,
  Estimate,
  LiftReport,
  ModelQuality,
  MoneyReport,
  PilotReport,
  Verdict,
} from './pilot-report.ts'
import { pilotGates } from './pilot-gates.ts'
import { reportMethod } from './pilot-method.ts'
import { GOAL_LIFT, judge, LOW_LIFT } from './pilot-verdict.ts'
import { pilotWords } from './pilot-words.ts'
import { alwaysValid } from './statistics/always-valid.ts'
import { probabilityAbove } from './statistics/beta-comparison.ts'
import {
  calibration,
  type Calibration,
  isPoorlyCalibrated,
  meanPrediction,
} from './statistics/calibration.ts'
import { complierEffect } from './statistics/complier.ts'
import { dayReports } from './statistics/daily.ts'
import { decileReports } from './statistics/deciles.ts'
import { katz } from './statistics/katz.ts'
import { mantelHaenszel } from './statistics/mantel-haenszel.ts'
import { newcombe } from './statistics/newcombe.ts'
import { points } from './statistics/plain-figures.ts'
import { achievedEffect } from './statistics/power.ts'
import { qiniCoefficient, upliftAreaRatio, upliftAtTop } from './statistics/qini.ts'
import { segmentReports } from './statistics/segments.ts'
import { twoProportionTest } from './statistics/two-proportion-test.ts'
import { welch } from './statistics/welch.ts'
import { wilson } from './statistics/wilson.ts'

export { ASSUMED_BASELINE, plannedEffect } from './statistics/power.ts'

/** Mean predicted uplift outside this range is drift: the model no longer sees the storms it was trained on. */
const PREDICTION_RANGE = { low: 0.1, high: 0.3 }

/**
 * Everything a pilot earned, from counts and sums. Never fails: every measurement has a report, and a figure that is
 * undefined is null.
 */
export function pilotReport(measurements: PilotMeasurements): PilotReport {
  const { design, primary, exploration, assigned, touched } = measurements
  const gates = pilotGates(measurements)
  const lift = liftReport(measurements)
  const money = lift === null ? null : moneyReport(measurements, lift.absolute)
  const fit = calibration(measurements.deciles)
  const judgement = judge({ measurements, gates, lift, money })
  const minimumDetectableEffect = achievedEffect(primary.treat, primary.control)
  return {
    design,
    gates,
    arms: [armReport('TREAT', primary.treat), armReport('CONTROL', primary.control)],
    lift,
    minimumDetectableEffect,
    goal: goalReport(design.minimumDetectableEffect, minimumDetectableEffect, pilotWords(design.kind).trial),
    money,
    intentToTreat: lift?.absolute ?? null,
    complierEffect:
      touched === null ? null : complierEffect(primary.treat, primary.control, { assigned, touched }),
    stratified: exploration === null ? null : mantelHaenszel([primary, exploration]),
    model: modelQuality(measurements, fit),
    deciles: decileReports(measurements.deciles),
    segments: segmentReports(measurements.segments),
    daily: dayReports(measurements.daily),
    ...judgement,
    runbooks: runbooks(measurements, lift, fit, judgement.verdict),
    exploration,
    decisions: measurements.decisions,
    method: reportMethod(measurements),
  }
}

function armReport(arm: ArmReport['arm'], tally: PilotMeasurements['primary']['treat']): ArmReport {
  return {
    arm,
    n: tally.n,
    conversions: tally.conversions,
    rate: wilson(tally),
    revenuePerProperty: tally.n > 0 ? tally.value / tally.n : null,
  }
}

function liftReport({ primary: { treat, control }, design }: PilotMeasurements): LiftReport | null {
  const absolute = newcombe(treat, control)
  if (absolute === null) return null
  return {
    absolute,
    relative: katz(treat, control),
    pValue: twoProportionTest(treat, control),
    probabilityPositive: probabilityAbove(treat, control, 0),
    probabilityAtGoal: probabilityAbove(treat, control, GOAL_LIFT),
    alwaysValid: alwaysValid(treat, control, design.plannedN),
  }
}

function moneyReport({ primary, design }: PilotMeasurements, lift: Estimate): MoneyReport {
  const { currency, cost, crewHours } = design
  const n = primary.treat.n
  const perProperty = welch(primary.treat, primary.control)
  const revenue = perProperty === null ? null : mapEstimate(perProperty, (value) => value * n)
  return {
    currency,
    incrementalConversions: mapEstimate(lift, (value) => value * n),
    incrementalRevenue: revenue,
    cost,
    roi:
      revenue === null || cost === null || cost <= 0
        ? null
        : mapEstimate(revenue, (value) => (value - cost) / cost),
    cac: costPerConversion(cost, n, lift),
    revenuePerHour:
      revenue === null || crewHours === null || crewHours <= 0
        ? null
        : mapEstimate(revenue, (value) => value / crewHours),
  }
}

/** A dearer conversion belongs to a smaller lift, so the ends of the interval change places. */
function costPerConversion(cost: number | null, treated: number, lift: Estimate): MoneyReport['cac'] {
  if (cost === null || lift.value <= 0) return null
  const { low, high } = lift.interval
  return {
    value: cost / (treated * lift.value),
    low: cost / (treated * high),
    high: low > 0 ? cost / (treated * low) : null,
  }
}

function mapEstimate({ value, interval }: Estimate, map: (value: number) => number): Estimate {
  return { value: map(value), interval: { low: map(interval.low), high: map(interval.high) } }
}

/** Under-powered when the plan or the outcomes there are could miss the goal. */
function goalReport(planned: number | null, achieved: number | null, trial: string): PilotReport['goal'] {
  const known = [planned, achieved].filter((effect) => effect !== null)
  const underpowered = known.length === 0 || known.some((effect) => effect > GOAL_LIFT)
  const goal = points(GOAL_LIFT, 0)
  const said = [
    planned === null ? null : `as planned it detects ${points(planned, 2)}`,
    achieved === null ? null : `with the outcomes there are it detects ${points(achieved, 2)}`,
  ].filter((part) => part !== null)
  if (said.length === 0) {
    return {
      lift: GOAL_LIFT,
      underpowered,
      sentence: `Without a control this ${trial} cannot show a lift of ${goal}.`,
    }
  }
  const figures = `${said.join(', and ')} at 80 % power`
  const sentence = underpowered
    ? `The ${trial} is under-powered for its goal of ${goal}: ${figures}, so it may miss a true lift of that size.`
    : `The ${trial} is large enough for its goal of ${goal}: ${figures}.`
  return { lift: GOAL_LIFT, underpowered, sentence }
}

function modelQuality(measurements: PilotMeasurements, fit: Calibration | null): ModelQuality | null {
  const { ranking } = measurements
  if (ranking === null) return null
  const totals = rankedTotals(measurements)
  return {
    qini: qiniCoefficient(ranking.qiniArea, totals),
    auuc: upliftAreaRatio(ranking.upliftArea, totals),
    upliftAtTenth: upliftAtTop(ranking.topTenth),
    upliftAtThreeTenths: upliftAtTop(ranking.topThreeTenths),
    calibration: fit === null ? null : { slope: fit.slope, intercept: fit.intercept },
  }
}

/** What was ranked is what the deciles hold: an imported experiment may have properties without a score. */
function rankedTotals({ deciles, primary }: PilotMeasurements) {
  if (deciles.length === 0) return primary
  const total = (arm: 'treat' | 'control') => ({
    n: deciles.reduce((sum, decile) => sum + decile[arm].n, 0),
    conversions: deciles.reduce((sum, decile) => sum + decile[arm].conversions, 0),
  })
  return { treat: total('treat'), control: total('control') }
}

function runbooks(
  measurements: PilotMeasurements,
  lift: LiftReport | null,
  fit: Calibration | null,
  verdict: Verdict,
): PilotReport['runbooks'] {
  const keys: PilotReport['runbooks'][number][] = []
  if (verdict !== 'NOT_ENOUGH_DATA' && lift !== null && lift.absolute.value < LOW_LIFT) keys.push('low-lift')
  const predicted = meanPrediction(measurements.deciles)
  const isOutside =
    predicted !== null && (predicted < PREDICTION_RANGE.low || predicted > PREDICTION_RANGE.high)
  if (isOutside || (fit !== null && isPoorlyCalibrated(fit))) keys.push('uplift-drift')
  if ((measurements.sloBreaches ?? 0) > 0) keys.push('high-error-rate')
  return keys
}
