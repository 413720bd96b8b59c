/**
 * What the platform earns. Monthly recurring revenue (MRR) is the sum of the monthly prices of the plans in force:
 * a trial has none, and usage is none, since it does not recur. From one month to the next it moves by companies that
 * are new, pay more, pay less, or are gone.
 */
import { periodOfMonth } from '@stormops/chassis/values/periods'
import type { Period } from '@stormops/chassis/values/periods'

/** A plan that a company held, with its monthly price in minor units; the end is null while no end is known. */
export type PaidPlan = {
  readonly startsAt: Date
  readonly endsAt: Date | null
  readonly tier: string
  readonly monthlyPrice: bigint
}

export type PayingCompany = {
  readonly tenantId: string
  readonly timeZone: string
  readonly plans: readonly PaidPlan[]
}

/** Minor units of one currency. */
export type MrrMonth = {
  readonly month: string
  readonly openingMrr: bigint
  readonly newMrr: bigint
  readonly expansionMrr: bigint
  readonly contractionMrr: bigint
  readonly churnedMrr: bigint
  readonly closingMrr: bigint
  readonly openingTenants: number
  readonly newTenants: number
  readonly churnedTenants: number
  /** 0 to 1; null, as are the next two, when nobody paid before. */
  readonly tenantChurnRate: number | null
  readonly revenueChurnRate: number | null
  readonly netRevenueRetentionRate: number | null
}

/** Whose price is not revenue. */
const UNPAID_TIER = 'TRIAL'

const priceOf = (plan: PaidPlan | undefined): bigint =>
  plan === undefined || plan.tier === UNPAID_TIER ? 0n : plan.monthlyPrice

/** The price of the plan in force at an instant. */
export const mrrAt = ({ plans }: PayingCompany, at: Date): bigint =>
  priceOf(plans.find(({ startsAt, endsAt }) => startsAt <= at && (endsAt === null || at < endsAt)))

/** The price of the plan in force just before an instant: what takes effect with a month is that month's movement. */
const mrrBefore = ({ plans }: PayingCompany, at: Date): bigint =>
  priceOf(plans.find(({ startsAt, endsAt }) => startsAt < at && (endsAt === null || at <= endsAt)))

/** The movement of each month, by its first day; a month under way is told until `now`. */
export const mrrMonths = (
  companies: readonly PayingCompany[],
  months: readonly string[],
  now: Date,
): readonly MrrMonth[] => {
  const periodIn = rememberedPeriods()
  return months.map((month) => {
    const moves = companies.map((company) => moveOf(company, periodIn(month, company.timeZone), now))
    return { month, ...summed(moves) }
  })
}

type Move = { readonly before: bigint; readonly after: bigint }

const moveOf = (company: PayingCompany, { startsAt, endsAt }: Period, now: Date): Move => {
  // A month that has not begun where the company is has not moved.
  if (now < startsAt) return { before: mrrAt(company, now), after: mrrAt(company, now) }
  const before = mrrBefore(company, startsAt)
  return { before, after: now < endsAt ? mrrAt(company, now) : mrrBefore(company, endsAt) }
}

const summed = (moves: readonly Move[]): Omit<MrrMonth, 'month'> => {
  const paid = moves.filter(({ before }) => before > 0n)
  const fresh = moves.filter(({ before, after }) => before === 0n && after > 0n)
  const gone = paid.filter(({ after }) => after === 0n)
  const openingMrr = total(paid, ({ before }) => before)
  const newMrr = total(fresh, ({ after }) => after)
  const churnedMrr = total(gone, ({ before }) => before)
  const expansionMrr = total(paid, ({ before, after }) => (after > before ? after - before : 0n))
  const contractionMrr = total(paid, ({ before, after }) =>
    after > 0n && after < before ? before - after : 0n,
  )
  const kept = openingMrr + expansionMrr - contractionMrr - churnedMrr
  return {
    openingMrr,
    newMrr,
    expansionMrr,
    contractionMrr,
    churnedMrr,
    closingMrr: kept + newMrr,
    openingTenants: paid.length,
    newTenants: fresh.length,
    churnedTenants: gone.length,
    tenantChurnRate: paid.length === 0 ? null : gone.length / paid.length,
    revenueChurnRate: rate(contractionMrr + churnedMrr, openingMrr),
    netRevenueRetentionRate: rate(kept, openingMrr),
  }
}

const total = (moves: readonly Move[], of: (move: Move) => bigint): bigint =>
  moves.reduce((sum, move) => sum + of(move), 0n)

/** A rate is no amount: it may be a float. */
const rate = (part: bigint, whole: bigint): number | null =>
  whole === 0n ? null : Number(part) / Number(whole)

/** Thousands of companies share a few dozen zones. */
const rememberedPeriods = (): ((month: string, timeZone: string) => Period) => {
  const known = new Map<string, Period>()
  return (month, timeZone) => {
    const key = `${month} ${timeZone}`
    const period = known.get(key) ?? periodOfMonth(month, timeZone)
    known.set(key, period)
    return period
  }
}
