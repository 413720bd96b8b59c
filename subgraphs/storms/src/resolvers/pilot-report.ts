/** The report as the graph shows it: estimates opened up, amounts as money. */
import type { Estimate, Interval, MoneyReport, PilotReport as Report } from '../domain/pilot-report.ts'
import type { PilotReport } from '../generated/resolvers.ts'

const rateOf = (estimate: Estimate | null) =>
  estimate === null
    ? null
    : { value: estimate.value, low: estimate.interval.low, high: estimate.interval.high }

/** An amount larger than the graph's whole numbers is not shown, as one that is not defined. */
const moneyIn = (currency: string) => (amount: number | null | undefined) =>
  amount === null || amount === undefined || !Number.isSafeInteger(Math.round(amount))
    ? null
    : { minorUnits: Math.round(amount), currency }

const moneyView = (report: MoneyReport): NonNullable<PilotReport['money']> => {
  const money = moneyIn(report.currency)
  const bounds = (interval: Interval | undefined) =>
    interval === undefined ? null : { low: money(interval.low), high: money(interval.high) }
  return {
    incrementalConversions: report.incrementalConversions.value,
    incrementalConversionsInterval: report.incrementalConversions.interval,
    incrementalRevenue: money(report.incrementalRevenue?.value),
    incrementalRevenueInterval: bounds(report.incrementalRevenue?.interval),
    cost: money(report.cost),
    roi: report.roi?.value ?? null,
    roiInterval: report.roi?.interval ?? null,
    cac: money(report.cac?.value),
    cacInterval: report.cac === null ? null : { low: money(report.cac.low), high: money(report.cac.high) },
    revenuePerHour: money(report.revenuePerHour?.value),
    revenuePerHourInterval: bounds(report.revenuePerHour?.interval),
  }
}

export const reportView = (report: Report, inputHash: string): PilotReport => {
  const money = moneyIn(report.design.currency)
  return {
    verdict: report.verdict,
    reasons: [...report.reasons],
    recommendation: report.recommendation,
    criteria: [...report.criteria],
    gates: [...report.gates],
    arms: report.arms.map((arm) => ({
      arm: arm.arm,
      n: arm.n,
      conversions: arm.conversions,
      rate: rateOf(arm.rate),
      revenuePerProperty: money(arm.revenuePerProperty),
    })),
    lift:
      report.lift === null
        ? null
        : {
            absolute: {
              value: report.lift.absolute.value,
              low: report.lift.absolute.interval.low,
              high: report.lift.absolute.interval.high,
            },
            relative: rateOf(report.lift.relative),
            pValue: report.lift.pValue,
            probabilityPositive: report.lift.probabilityPositive,
            probabilityAtGoal: report.lift.probabilityAtGoal,
            alwaysValid: report.lift.alwaysValid,
          },
    minimumDetectableEffect: report.minimumDetectableEffect,
    money: report.money === null ? null : moneyView(report.money),
    intentToTreat: rateOf(report.intentToTreat),
    complierEffect: rateOf(report.complierEffect),
    stratified: rateOf(report.stratified),
    qini: report.model?.qini ?? null,
    auuc: report.model?.auuc ?? null,
    upliftAtTenth: report.model?.upliftAtTenth ?? null,
    upliftAtThreeTenths: report.model?.upliftAtThreeTenths ?? null,
    calibration: report.model?.calibration ?? null,
    deciles: report.deciles.map((decile) => ({ ...decile, realised: rateOf(decile.realised) })),
    segments: report.segments.map((segment) => ({ ...segment, lift: rateOf(segment.lift) })),
    daily: report.daily.map((day) => ({ ...day, cumulativeLift: rateOf(day.cumulativeLift) })),
    method: [...report.method],
    inputHash,
  }
}
