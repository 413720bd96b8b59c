/** What a line of a bill says to the person who pays it. */
import { formatMinorUnits } from '@stormops/chassis/values/money'
import type { Period } from '@stormops/chassis/values/periods'
import type { Charge, Metric, Price } from './charge.ts'
import { secondsBetween } from './phases.ts'
import type { Phase } from './phases.ts'

const COUNT = new Intl.NumberFormat('en-US')

const count = (value: bigint): string => COUNT.format(value)

const MONTH = new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** `STANDARD_PLUS` is the plan `Standard plus`. */
export const planName = (tier: string): string => {
  const words = tier.toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** `Standard plan, November 2026`, and of a part of the month how long a part it is. */
export const describedBase = (period: Period, { plan, from, to }: Phase): string => {
  const name = `${planName(plan.tier)} plan`
  const month = MONTH.format(new Date(period.month))
  const [part, whole] = [secondsBetween(from, to), secondsBetween(period.startsAt, period.endsAt)]
  return part === whole
    ? `${name}, ${month}`
    : `${name}, ${count(part)} of the ${count(whole)} seconds of ${month}`
}

export type UsedAndOver = { readonly quantity: bigint; readonly over: bigint; readonly currency: string }

/** `Storms: 7 used, 5 included, 2 over at $100.00 each`. */
export const describedUsage = (
  { name }: Metric,
  charge: Charge | undefined,
  { quantity, over, currency }: UsedAndOver,
): string => {
  const used = `${name}: ${count(quantity)} used`
  if (charge === undefined) return `${used}, free of charge`
  if (charge.limit === 'UNLIMITED') return `${used}, no limit`
  const included = `${used}, ${count(charge.included)} included${charge.window === 'DAY' ? ' each day' : ''}`
  if (charge.price === null || over === 0n) return included
  return `${included}, ${count(over)} over ${pricing(charge.price, charge.unitSize, currency)}`
}

/** `at $0.10 each`. */
export const pricing = (price: Price, unitSize: bigint, currency: string): string => {
  switch (price.model) {
    case 'PER_UNIT': {
      const unitPrice = formatMinorUnits(price.unitPrice, currency)
      return unitSize === 1n ? `at ${unitPrice} each` : `at ${unitPrice} per ${count(unitSize)}`
    }
    case 'PACKAGE':
      return `at ${formatMinorUnits(price.unitPrice, currency)} for each ${count(unitSize)} begun`
    case 'GRADUATED':
      return 'priced in steps'
    case 'VOLUME':
      return 'priced by volume'
  }
}
