/**
 * An outcome says whether a property's owner signed, and for how much. It counts only for a property that a policy
 * decided over, and only until the storm's end.
 */
import { amountFault } from '@stormops/chassis/values/money'
import type { Storm } from './storm.ts'

export type GivenOutcome = {
  readonly propertyId: string | null
  readonly externalId: string | null
  readonly converted: boolean
  /** Minor units. */
  readonly value: number | null
  readonly currency: string | null
  readonly at: Date
}

/** Clocks of phones run a little ahead. */
const CLOCK_SKEW_MS = 5 * 60 * 1000

/** Whether something is said to have happened later than now, beyond what clocks differ by. */
export const isFuture = (at: Date, now: Date): boolean => at.getTime() > now.getTime() + CLOCK_SKEW_MS

/** What is wrong with an outcome before anything is looked up, or null. */
export const outcomeFault = (
  outcome: GivenOutcome,
  storm: Storm,
  currency: string,
  now: Date,
): string | null => {
  if ((outcome.propertyId === null) === (outcome.externalId === null)) {
    return 'Name the property by either propertyId or externalId.'
  }
  if (outcome.value !== null && outcome.currency !== null) {
    if (!outcome.converted && outcome.value !== 0) return 'A value needs a conversion: converted is false.'
    const fault = amountFault({ minorUnits: outcome.value, currency: outcome.currency })
    if (fault === 'NEGATIVE') return `The value ${outcome.value} is negative.`
    if (fault !== null) return `The value is not an amount of money in whole minor units: ${fault}.`
    if (outcome.currency !== currency)
      return `The value is in ${outcome.currency}; your company works in ${currency}.`
  }
  if (outcome.at < storm.startsAt) {
    return `The outcome is of ${outcome.at.toISOString()}, before the storm's start at ${storm.startsAt.toISOString()}.`
  }
  if (isFuture(outcome.at, now)) {
    return `The outcome is of ${outcome.at.toISOString()}, which is in the future.`
  }
  return null
}
