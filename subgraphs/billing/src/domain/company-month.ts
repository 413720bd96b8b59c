/**
 * One company's month, as it is rated for its dashboard, its draft, its invoice and the proof of that invoice: always
 * by the same function. Usage that came after its own month was closed is priced with the month that it is counted in,
 * and its line says whose it was.
 */
import { rateMonth } from './rating.ts'
import type { MonthToRate, RatedLine, RatedMonth } from './rating.ts'
import type { Phase } from './phases.ts'
import type { RatablePlan } from './plan.ts'

/** Counted in this month, and belongs to an earlier one, which had been closed. */
export type LateUsage = {
  readonly metric: string
  /** The first day of the month it belongs to. */
  readonly month: string
  readonly quantity: bigint
}

/** What was counted of one metric: in the ledger, and by its counter. */
export type MetricCount = {
  readonly metric: string
  readonly quantity: bigint
  readonly events: bigint
}

/** A plan of the catalogue it is named by. */
export type CataloguedPlan = RatablePlan & { readonly catalogue: string }

export type CompanyMonth = MonthToRate & {
  readonly tenantId: string
  readonly timeZone: string
  readonly phases: readonly Phase<CataloguedPlan>[]
  readonly late: readonly LateUsage[]
  /** Everything that the ledger holds for the month, also what nobody is charged for. */
  readonly counted: readonly MetricCount[]
}

/** Counted for limits and for the dashboard; no plan charges for them, and they never stand on an invoice. */
export const NEVER_BILLED: ReadonlySet<string> = new Set(['API_CALLS'])

/** What the month costs the company. Throws UnratableMonth as `rateMonth` does. */
export const rateMonthOf = (month: CompanyMonth): RatedMonth => {
  const rated = rateMonth(month)
  if (month.late.length === 0) return rated
  const named = new Set<string>()
  const lines = rated.lines.map((line): RatedLine => {
    if (line.kind === 'BASE' || named.has(line.metric)) return line
    // Late usage counts at the month's start, which is in the first line of its metric.
    named.add(line.metric)
    const late = month.late.filter(({ metric }) => metric === line.metric)
    return late.length === 0 ? line : { ...line, description: `${line.description}; ${describedLate(late)}` }
  })
  return { ...rated, lines }
}

const COUNT = new Intl.NumberFormat('en-US')
const MONTH = new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** `3 of them late, from October 2026` */
const describedLate = (late: readonly LateUsage[]): string =>
  late
    .toSorted((a, b) => (a.month < b.month ? -1 : 1))
    .map(
      ({ month, quantity }) =>
        `${COUNT.format(quantity)} of them late, from ${MONTH.format(new Date(month))}`,
    )
    .join(', ')

/** The metrics whose counter is not what the ledger sums to; such a month is billed by nobody until that is mended. */
export const metricsThatDiffer = (
  ledger: readonly MetricCount[],
  counters: readonly MetricCount[],
): readonly string[] => {
  const said = (counts: readonly MetricCount[]): ReadonlyMap<string, string> =>
    new Map(
      counts
        .filter(({ quantity, events }) => quantity !== 0n || events !== 0n)
        .map(({ metric, quantity, events }) => [metric, `${quantity} in ${events}`]),
    )
  const [ofLedger, ofCounters] = [said(ledger), said(counters)]
  return [...new Set([...ofLedger.keys(), ...ofCounters.keys()])]
    .filter((metric) => ofLedger.get(metric) !== ofCounters.get(metric))
    .toSorted()
}
