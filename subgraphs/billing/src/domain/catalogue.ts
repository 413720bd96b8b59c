/**
 * A catalogue is what one offering counts and the plans it sells, as data. Several catalogues can be kept side by
 * side: metrics and tiers are named by each catalogue for itself.
 */
import type { Metric } from './charge.ts'
import type { RatablePlan } from './plan.ts'

export type CataloguePlan = RatablePlan & {
  /** For people: `Pro`. */
  readonly name: string
  readonly offeredFrom: Date
}

export type Catalogue = {
  readonly name: string
  /** Of every price in it. */
  readonly currency: string
  /** In the order of the lines of a bill. */
  readonly metrics: readonly Metric[]
  /** Every version of every plan, smallest plan first. */
  readonly plans: readonly CataloguePlan[]
}
