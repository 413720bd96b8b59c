/** A month is rated only from phases and usage that agree with each other; a bill over nonsense is worse than none. */
import { aggregated } from './charge.ts'
import type { Metric } from './charge.ts'
import type { Phase } from './phases.ts'
import type { MonthToRate, PhaseUsage } from './rating.ts'

/** A fault of the program or of its data, never of the company that is billed. */
export class UnratableMonth extends Error {
  override readonly name = 'UnratableMonth'
}

export const refuseUnratable = (month: MonthToRate): void => {
  refusePhases(month)
  for (const entry of month.usage) {
    const metric = month.metrics.find(({ key }) => key === entry.metric)
    if (metric === undefined) throw new UnratableMonth(`Nobody knows the metric ${entry.metric}.`)
    if (month.phases[entry.phase] === undefined) {
      throw new UnratableMonth(
        `${entry.metric} was used in phase ${entry.phase}, which the month does not have.`,
      )
    }
    refuseDays(entry, metric, month.phases)
  }
}

const refusePhases = ({ period, phases, currency }: MonthToRate): void => {
  let end = period.startsAt
  for (const { plan, from, to, agreedPrice } of phases) {
    if (from < end || to <= from || to > period.endsAt) {
      throw new UnratableMonth(
        `The phase from ${from.toISOString()} to ${to.toISOString()} overlaps another, is empty, or leaves the month.`,
      )
    }
    for (const other of [plan.currency, plan.monthlyPrice?.currency, agreedPrice?.currency]) {
      if (other !== undefined && other !== currency) {
        throw new UnratableMonth(`The plan ${plan.tier} is in ${other}, and the month in ${currency}.`)
      }
    }
    end = to
  }
}

const refuseDays = ({ quantity, perDay }: PhaseUsage, metric: Metric, phases: readonly Phase[]): void => {
  if (perDay !== undefined) {
    const ofDays = perDay.reduce((sum, day) => aggregated(sum, day.quantity, metric.aggregation), 0n)
    if (ofDays !== aggregated(0n, quantity, metric.aggregation)) {
      throw new UnratableMonth(`The days of ${metric.key} make ${ofDays}, and the phase ${quantity}.`)
    }
    if (new Set(perDay.map(({ day }) => day)).size < perDay.length) {
      throw new UnratableMonth(`A day of ${metric.key} is there twice.`)
    }
    return
  }
  const isDaily = phases.some(({ plan }) =>
    plan.charges.some((charge) => charge.metric === metric.key && charge.window === 'DAY'),
  )
  if (isDaily && quantity !== 0n) {
    throw new UnratableMonth(`${metric.key} is included by the day, and was given for the month alone.`)
  }
}
