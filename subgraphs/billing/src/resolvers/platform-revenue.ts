import { Fault } from '@stormops/chassis/fault'
import type { EveryField } from '@stormops/chassis/graphql/resolver-types'
import { requireScope } from '@stormops/chassis/identity'
import { money } from '@stormops/chassis/values/money'
import { periodAt, previousPeriod } from '@stormops/chassis/values/periods'
import { tenantIds } from '../context.ts'
import { mrrAt, mrrMonths } from '../domain/revenue.ts'
import type { MrrMonth } from '../domain/revenue.ts'
import type { QueryResolvers } from '../generated/resolvers.ts'
import type { Billed, RevenueStore } from '../store/revenue-store.ts'

const MOST_MONTHS = 36
const TOP_TENANTS = 10

export const platformRevenueQueries: Pick<EveryField<QueryResolvers>, 'platformRevenue'> = {
  platformRevenue: async (_root, { months }, context) => {
    requireScope(context.actor(), 'platform:staff')
    const at = context.now()
    const asked = monthsUntil(at, months ?? 1)
    const figures = await context.readRevenue((revenue) => figuresOf(revenue, asked, at))
    const currencies = [...new Set(Object.values(figures).flatMap(currenciesIn))].toSorted()
    return { at, currencies: currencies.map((currency) => revenueIn(currency, figures, asked, at)) }
  },
}

/** First days, oldest first; the last is the month it is in UTC. */
const monthsUntil = (now: Date, count: number): readonly string[] => {
  if (!Number.isInteger(count) || count < 1 || count > MOST_MONTHS) {
    throw new Fault('BAD_INPUT', `Ask for 1 to ${MOST_MONTHS} months.`, { facts: { field: 'months' } })
  }
  const periods = [periodAt(now, 'UTC')]
  while (periods.length < count) {
    const [earliest] = periods
    if (earliest !== undefined) periods.unshift(previousPeriod(earliest, 'UTC'))
  }
  return periods.map(({ month }) => month)
}

const figuresOf = async (revenue: RevenueStore, months: readonly string[], now: Date) => {
  const since = months[0] ?? ''
  return {
    companies: await revenue.companies(),
    billed: await revenue.billedSince(since),
    top: await revenue.topSince(since, TOP_TENANTS),
    receivables: await revenue.receivables(now),
  }
}

type Figures = Awaited<ReturnType<typeof figuresOf>>

const currenciesIn = (rows: readonly { readonly currency: string }[]): readonly string[] =>
  rows.map(({ currency }) => currency)

const revenueIn = (currency: string, figures: Figures, months: readonly string[], now: Date) => {
  const companies = figures.companies.filter((company) => company.currency === currency)
  const prices = companies.map((company) => mrrAt(company, now)).filter((price) => price > 0n)
  const owed = figures.receivables.find((row) => row.currency === currency)
  const billed = figures.billed.filter((row) => row.currency === currency)
  return {
    currency,
    mrr: money(
      prices.reduce((sum, price) => sum + price, 0n),
      currency,
    ),
    payingTenants: prices.length,
    months: mrrMonths(companies, months, now).map((month) => shownMonth(month, billed, currency)),
    topTenants: figures.top
      .filter((row) => row.currency === currency)
      .map(({ tenantId, amount }) => ({
        tenant: { id: tenantIds.encode(tenantId) },
        billed: money(amount, currency),
      })),
    openReceivables: money(owed?.open ?? 0n, currency),
    overdueReceivables: money(owed?.overdue ?? 0n, currency),
    uncollectible: money(owed?.uncollectible ?? 0n, currency),
  }
}

const shownMonth = (month: MrrMonth, billed: readonly Billed[], currency: string) => ({
  ...month,
  monthStartsOn: month.month,
  billed: money(billed.find((row) => row.month === month.month)?.amount ?? 0n, currency),
  openingMrr: money(month.openingMrr, currency),
  newMrr: money(month.newMrr, currency),
  expansionMrr: money(month.expansionMrr, currency),
  contractionMrr: money(month.contractionMrr, currency),
  churnedMrr: money(month.churnedMrr, currency),
  closingMrr: money(month.closingMrr, currency),
})
