/**
 * What a month costs a company. The base price is shared out over the phases of the month; what is included belongs
 * to the month (or to the day), so that a change of plan neither renews an allowance nor wipes out what went over it:
 * each phase pays what its own prices say of the count at its end, less what they say of the count at its start.
 */
import { sumMoney } from '@stormops/chassis/values/money'
import type { Money } from '@stormops/chassis/values/money'
import type { Period } from '@stormops/chassis/values/periods'
import {
  compareRationals,
  decimalText,
  minus,
  plus,
  rational,
  times,
  ZERO,
} from '@stormops/chassis/values/rational'
import type { Rational } from '@stormops/chassis/values/rational'
import { aggregated, amountOfLine, priceOf, unitsOver } from './charge.ts'
import type { Aggregation, Charge, ChargeWindow, Metric } from './charge.ts'
import { describedBase, describedUsage } from './line-description.ts'
import { monthlyPriceOf, shareOf, stretchesOf } from './phases.ts'
import type { Phase, Stretch } from './phases.ts'
import { refuseUnratable, UnratableMonth } from './unratable-month.ts'

/** What was counted of a metric within one phase. Corrections are negative; several entries add up. */
export type PhaseUsage = {
  readonly metric: string
  /** Which of the month's phases, from 0. */
  readonly phase: number
  readonly quantity: bigint
  /** The same, by local days; asked for where a plan of the month renews the allowance daily. */
  readonly perDay?: readonly DayUsage[]
}

/** `day` is `YYYY-MM-DD`. */
export type DayUsage = { readonly day: string; readonly quantity: bigint }

export type MonthToRate = {
  readonly period: Period
  readonly currency: string
  /** Everything that is counted, in the order of the lines. */
  readonly metrics: readonly Metric[]
  readonly phases: readonly Phase[]
  readonly usage: readonly PhaseUsage[]
}

type Line = {
  /** For a person. */
  readonly description: string
  /** The version that prices the line, and while it was in force. */
  readonly plan: { readonly tier: string; readonly version: number }
  readonly from: Date
  readonly to: Date
  readonly quantity: bigint
  readonly included: bigint | null
  /** Minor units for `unitSize` units, as decimal text; null where nothing is charged, or by tiers. */
  readonly unitPrice: string | null
  readonly unitSize: bigint
  readonly amount: Money
}

export type BaseLine = Line & { readonly kind: 'BASE'; readonly metric: null }
export type UsageLine = Line & {
  readonly kind: 'USAGE'
  readonly metric: string
  /** What `included` is renewed with. */
  readonly window: ChargeWindow
  /** By how much the units over the included amount grew in this phase; a correction takes some back. */
  readonly over: bigint
}
export type RatedLine = BaseLine | UsageLine

export type RatedMonth = {
  /** The base of each phase, then each metric phase by phase: always in this order. */
  readonly lines: readonly RatedLine[]
  readonly base: Money
  readonly overage: Money
  readonly total: Money
}

/**
 * Every charge of a plan in force has its line, also when nothing was used: whoever reads the bill sees all that is
 * counted, and a line that is lost cannot pass for a quiet month. A metric that a version does not mention is free
 * under it, and has a line only when it was used.
 *
 * Throws UnratableMonth for phases or usage that contradict each other.
 */
export const rateMonth = (month: MonthToRate): RatedMonth => {
  refuseUnratable(month)
  const stretches = stretchesOf(month.phases)
  const baseLines = stretches.map((stretch) => baseLine(month, stretch))
  const usageLines = month.metrics.flatMap((metric) => linesOfMetric(month, stretches, metric))
  const base = totalOf(baseLines, month.currency)
  const overage = totalOf(usageLines, month.currency)
  const lines = [...baseLines, ...usageLines]
  return { lines, base, overage, total: totalOf(lines, month.currency) }
}

const totalOf = (lines: readonly RatedLine[], currency: string): Money =>
  sumMoney(
    lines.map(({ amount }) => amount),
    currency,
  )

const headOf = ({ phase: { plan, from, to } }: Stretch): Pick<Line, 'plan' | 'from' | 'to'> => ({
  plan: { tier: plan.tier, version: plan.version },
  from,
  to,
})

const baseLine = ({ period, currency }: MonthToRate, stretch: Stretch): BaseLine => {
  const { phase } = stretch
  const price = monthlyPriceOf(phase)
  if (price === null) throw new UnratableMonth(`No price is agreed for the plan ${phase.plan.tier}.`)
  const exact = times(rational(price.minorUnits), shareOf(period, phase))
  return {
    kind: 'BASE',
    metric: null,
    ...headOf(stretch),
    description: describedBase(period, phase),
    quantity: 1n,
    included: null,
    unitPrice: price.minorUnits.toString(),
    unitSize: 1n,
    amount: amountOfLine(exact, currency),
  }
}

/** What a month has counted of one metric up to some instant. */
type Count = { readonly total: bigint; readonly days: ReadonlyMap<string, bigint> }

const NOTHING_COUNTED: Count = { total: 0n, days: new Map() }

/** What the phases so far would have cost, and the least this ever was. */
type Account = { readonly sum: Rational; readonly lowest: Rational }

const OPENED: Account = { sum: ZERO, lowest: ZERO }

const linesOfMetric = (
  month: MonthToRate,
  stretches: readonly Stretch[],
  metric: Metric,
): readonly UsageLine[] => {
  const lines: UsageLine[] = []
  let count = NOTHING_COUNTED
  let account = OPENED
  for (const stretch of stretches) {
    const used = usedIn(stretch, metric, month.usage)
    const after = counted(count, used, metric.aggregation)
    const charge = stretch.phase.plan.charges.find((one) => one.metric === metric.key)
    const cost = charge === undefined ? ZERO : minus(costOf(charge, after), costOf(charge, count))
    const settled = booked(account, cost)
    if (charge !== undefined || used.total !== 0n) {
      const over = charge === undefined ? 0n : overOf(charge, after) - overOf(charge, count)
      const exact = minus(owed(settled), owed(account))
      lines.push(usageLine(month.currency, stretch, metric, charge, { quantity: used.total, over, exact }))
    }
    count = after
    account = settled
  }
  return lines
}

/** What was used within a stretch alone. */
const usedIn = ({ indexes }: Stretch, metric: Metric, usage: readonly PhaseUsage[]): Count =>
  usage
    .filter((entry) => entry.metric === metric.key && indexes.includes(entry.phase))
    .reduce<Count>(
      (sum, { quantity, perDay = [] }) =>
        counted(
          sum,
          { total: quantity, days: new Map(perDay.map((one) => [one.day, one.quantity])) },
          metric.aggregation,
        ),
      NOTHING_COUNTED,
    )

const counted = (before: Count, more: Count, aggregation: Aggregation): Count => {
  const days = new Map(before.days)
  for (const [day, quantity] of more.days) {
    days.set(day, aggregated(days.get(day) ?? 0n, quantity, aggregation))
  }
  return { total: aggregated(before.total, more.total, aggregation), days }
}

const windowsOf = ({ window }: Charge, { total, days }: Count): readonly bigint[] =>
  window === 'PERIOD' ? [total] : [...days.values()]

const costOf = (charge: Charge, count: Count): Rational =>
  windowsOf(charge, count)
    .map((used) => priceOf(charge, used))
    .reduce(plus, ZERO)

const overOf = (charge: Charge, count: Count): bigint =>
  windowsOf(charge, count).reduce((sum, used) => sum + unitsOver(charge, used), 0n)

const booked = ({ sum, lowest }: Account, cost: Rational): Account => {
  const total = plus(sum, cost)
  return { sum: total, lowest: compareRationals(total, lowest) < 0 ? total : lowest }
}

/**
 * What a metric has cost so far, never less than nothing: a correction gives back at most what the month has charged.
 * Without that, units which were free under one plan could be handed back at the price of the next.
 */
const owed = ({ sum, lowest }: Account): Rational => minus(sum, lowest)

type Rated = { readonly quantity: bigint; readonly over: bigint; readonly exact: Rational }

const usageLine = (
  currency: string,
  stretch: Stretch,
  metric: Metric,
  charge: Charge | undefined,
  { quantity, over, exact }: Rated,
): UsageLine => ({
  kind: 'USAGE',
  metric: metric.key,
  ...headOf(stretch),
  description: describedUsage(metric, charge, { quantity, over, currency }),
  quantity,
  window: charge?.window ?? 'PERIOD',
  included: charge?.included ?? null,
  unitPrice: unitPriceText(charge),
  unitSize: charge?.unitSize ?? 1n,
  over,
  amount: amountOfLine(exact, currency),
})

const unitPriceText = (charge: Charge | undefined): string | null => {
  const price = charge?.price ?? null
  return price !== null && 'unitPrice' in price ? decimalText(price.unitPrice) : null
}
