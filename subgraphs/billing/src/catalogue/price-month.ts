/** What a month on one plan of a catalogue costs: the same rules that make an invoice, on usage that somebody names. */
import { Fault } from '@stormops/chassis/fault'
import type { Money } from '@stormops/chassis/values/money'
import { localDaysBetween, periodOfMonth } from '@stormops/chassis/values/periods'
import type { Period } from '@stormops/chassis/values/periods'
import type { Catalogue, CataloguePlan } from '../domain/catalogue.ts'
import type { Metric } from '../domain/charge.ts'
import { rateMonth } from '../domain/rating.ts'
import type { PhaseUsage, RatedMonth } from '../domain/rating.ts'

export type MonthToPrice = {
  readonly catalogue: Catalogue
  readonly tier: string
  /** Null for the newest. */
  readonly version: number | null
  /** Its first day. */
  readonly month: string
  readonly usage: ReadonlyMap<string, bigint>
  /** Asked for where the plan names no price. */
  readonly agreedPrice: Money | null
}

/** Throws NOT_FOUND for a plan or a metric that the catalogue does not have. Days are those of UTC. */
export const priceMonth = (asked: MonthToPrice): RatedMonth => {
  const { catalogue, month, usage, agreedPrice } = asked
  const plan = planOf(asked)
  if (plan.monthlyPrice === null && agreedPrice === null) {
    throw new Fault('BAD_INPUT', `The price of ${plan.tier} is by agreement: say what was agreed.`)
  }
  const period = periodOfMonth(month, 'UTC')
  const agreed = agreedPrice === null ? {} : { agreedPrice }
  return rateMonth({
    period,
    currency: catalogue.currency,
    metrics: catalogue.metrics,
    phases: [{ plan, from: period.startsAt, to: period.endsAt, ...agreed }],
    usage: [...usage].map(([key, quantity]) => usageOf(metricOf(catalogue, key), quantity, period)),
  })
}

const planOf = ({ catalogue, tier, version }: MonthToPrice): CataloguePlan => {
  const versions = catalogue.plans
    .filter((plan) => plan.tier === tier && (version === null || plan.version === version))
    .toSorted((a, b) => b.version - a.version)
  const [plan] = versions
  if (plan === undefined) {
    const which = version === null ? tier : `${tier} in version ${version}`
    throw new Fault('NOT_FOUND', `The catalogue ${catalogue.name} has no plan ${which}.`)
  }
  return plan
}

const metricOf = ({ name, metrics }: Catalogue, key: string): Metric => {
  const metric = metrics.find((one) => one.key === key)
  if (metric === undefined) {
    const known = metrics.map((one) => one.key).join(', ')
    throw new Fault('NOT_FOUND', `The catalogue ${name} does not count ${key}. It counts ${known}.`)
  }
  return metric
}

/** Spread evenly over the days, for what is included by the day; of a maximum, the same on each day. */
const usageOf = ({ key, aggregation }: Metric, quantity: bigint, period: Period): PhaseUsage => {
  const days = localDaysBetween(period.startsAt, period.endsAt, 'UTC')
  const until = (place: number): bigint => (quantity * BigInt(place)) / BigInt(days.length)
  const perDay = days.map(({ day }, place) => ({
    day,
    quantity: aggregation === 'MAX' ? quantity : until(place + 1) - until(place),
  }))
  return { metric: key, phase: 0, quantity, perDay }
}
