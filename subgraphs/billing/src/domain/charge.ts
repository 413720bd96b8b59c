/**
 * A charge is what a plan says about one thing that is counted: how much is included, and what happens over it. More
 * is refused, or charged by one of four models, or free. Prices stay exact; a line is rounded once, at its end.
 */
import { money } from '@stormops/chassis/values/money'
import type { Money } from '@stormops/chassis/values/money'
import { plus, rational, roundHalfAwayFromZero, times, ZERO } from '@stormops/chassis/values/rational'
import type { Rational } from '@stormops/chassis/values/rational'

/** How what was counted adds up: storms are summed, of stored gigabytes the most at any time counts. */
export const AGGREGATIONS = ['SUM', 'MAX'] as const
export type Aggregation = (typeof AGGREGATIONS)[number]

/** Two counts of one window as one. */
export const aggregated = (a: bigint, b: bigint, aggregation: Aggregation): bigint => {
  if (aggregation === 'SUM') return a + b
  return a > b ? a : b
}

/** Something that is counted; which things there are is said by a catalogue. */
export type Metric<Key extends string = string> = {
  readonly key: Key
  /** For people, in the plural: `Model calls`. */
  readonly name: string
  /** One of it, for people: `call`. */
  readonly unit: string
  readonly aggregation: Aggregation
}

/** What the included amount is renewed with. */
export const CHARGE_WINDOWS = ['PERIOD', 'DAY'] as const
export type ChargeWindow = (typeof CHARGE_WINDOWS)[number]

export type PriceTier = {
  /** The last unit over the included amount that is in this tier; null for the last tier, which is open. */
  readonly upTo: bigint | null
  /** Minor units for `unitSize` units. */
  readonly unitPrice: Rational
  /** Minor units, once, when the tier is entered. */
  readonly flatFee: bigint
}

/** `unitPrice` is in minor units of the plan's currency, for `unitSize` units: 1,000 events for 5 cents. */
export type Price =
  /** Each unit over the included amount, parts of `unitSize` in proportion. */
  | { readonly model: 'PER_UNIT'; readonly unitPrice: Rational }
  /** Each started package of `unitSize` units over the included amount. */
  | { readonly model: 'PACKAGE'; readonly unitPrice: Rational }
  /** Each tier prices its own slice of what goes over. */
  | { readonly model: 'GRADUATED'; readonly tiers: readonly PriceTier[] }
  /** The tier in which the last unit lies prices all that goes over. */
  | { readonly model: 'VOLUME'; readonly tiers: readonly PriceTier[] }

export const PRICE_MODELS = [
  'PER_UNIT',
  'PACKAGE',
  'GRADUATED',
  'VOLUME',
] as const satisfies readonly Price['model'][]

/** What is included in a window, and what happens over it. */
export type Allowance =
  | { readonly limit: 'HARD'; readonly included: bigint; readonly price: null }
  | { readonly limit: 'SOFT'; readonly included: bigint; readonly price: Price }
  | { readonly limit: 'UNLIMITED'; readonly included: null; readonly price: null }

export type Charge<Key extends string = string> = Allowance & {
  readonly metric: Key
  readonly window: ChargeWindow
  /** At least 1. */
  readonly unitSize: bigint
}

/** How many units of a window's usage go over what is included; 0 where there is no limit. Less than nothing is nothing. */
export const unitsOver = ({ included }: Charge, used: bigint): bigint =>
  included === null || used <= included ? 0n : used - included

/** What the usage of one window costs, in minor units, exactly. Refused and unlimited units cost nothing. */
export const priceOf = (charge: Charge, used: bigint): Rational => {
  const over = unitsOver(charge, used)
  return charge.price === null || over === 0n ? ZERO : priceOfUnitsOver(charge.price, over, charge.unitSize)
}

/** `over` is above zero. */
const priceOfUnitsOver = (price: Price, over: bigint, unitSize: bigint): Rational => {
  switch (price.model) {
    case 'PER_UNIT':
      return times(price.unitPrice, rational(over, unitSize))
    case 'PACKAGE':
      return times(price.unitPrice, rational((over + unitSize - 1n) / unitSize))
    case 'GRADUATED':
      return graduated(price.tiers, over, unitSize)
    case 'VOLUME':
      return volume(price.tiers, over, unitSize)
  }
}

const graduated = (tiers: readonly PriceTier[], over: bigint, unitSize: bigint): Rational =>
  tiers
    .map((tier, index) => ({ tier, below: tiers[index - 1]?.upTo ?? 0n }))
    .filter(({ below }) => over > below)
    .map(({ tier, below }) => priceInTier(tier, upToAtMost(tier, over) - below, unitSize))
    .reduce(plus, ZERO)

const volume = (tiers: readonly PriceTier[], over: bigint, unitSize: bigint): Rational => {
  const tier = tiers.find(({ upTo }) => upTo === null || over <= upTo)
  return tier === undefined ? ZERO : priceInTier(tier, over, unitSize)
}

const upToAtMost = ({ upTo }: PriceTier, over: bigint): bigint => (upTo === null || over < upTo ? over : upTo)

const priceInTier = ({ unitPrice, flatFee }: PriceTier, units: bigint, unitSize: bigint): Rational =>
  plus(rational(flatFee), times(unitPrice, rational(units, unitSize)))

/** The one rounding of a line: to whole minor units, half away from zero. */
export const amountOfLine = (exact: Rational, currency: string): Money =>
  money(roundHalfAwayFromZero(exact), currency)
