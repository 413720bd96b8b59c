/**
 * A version of a plan never changes once it is published: somebody may have signed it. What a catalogue says of a
 * version that is published already has to be the same, and here is said what is not.
 */
import { formatMinorUnits, formatMoney } from '@stormops/chassis/values/money'
import type { CataloguePlan } from './catalogue.ts'
import type { Charge, Metric, Price } from './charge.ts'

/** Empty for the same. Each is a sentence about the published version. */
export const planDifferences = (published: CataloguePlan, given: CataloguePlan): readonly string[] => {
  const says = (what: string, of: (plan: CataloguePlan) => string): readonly string[] =>
    of(published) === of(given)
      ? []
      : [`${what} is ${of(published)} in what is published, and ${of(given)} in the file.`]
  const metrics = [
    ...new Set([...published.charges, ...given.charges].map(({ metric }) => metric)),
  ].toSorted()
  return [
    ...says('The name', ({ name }) => name),
    ...says('The currency', ({ currency }) => currency),
    ...says('The monthly price', priceText),
    ...says('The day it is offered from', ({ offeredFrom }) => offeredFrom.toISOString()),
    ...metrics.flatMap((metric) =>
      says(metric, ({ charges, currency }) =>
        chargeText(
          charges.find((charge) => charge.metric === metric),
          currency,
        ),
      ),
    ),
  ]
}

export const metricDifferences = (published: Metric, given: Metric): readonly string[] =>
  metricText(published) === metricText(given)
    ? []
    : [
        `The metric ${given.key} is ${metricText(published)} in what is published, and ${metricText(given)} in the file.`,
      ]

const metricText = ({ name, unit, aggregation }: Metric): string => `${name}, by the ${unit}, ${aggregation}`

const priceText = ({ monthlyPrice }: CataloguePlan): string =>
  monthlyPrice === null ? 'by agreement' : formatMoney(monthlyPrice)

/** All that a charge says, so that two texts are the same if and only if the charges are. */
export const chargeText = (charge: Charge | undefined, currency: string): string => {
  if (charge === undefined) return 'not charged'
  const window = charge.window === 'DAY' ? ' a day' : ''
  switch (charge.limit) {
    case 'UNLIMITED':
      return 'unlimited'
    case 'HARD':
      return `${charge.included} included${window}, more is refused`
    case 'SOFT':
      return `${charge.included} included${window}, ${modelText(charge.price, charge.unitSize, currency)}`
  }
}

const modelText = (price: Price, unitSize: bigint, currency: string): string => {
  const per = unitSize === 1n ? 'each' : `per ${unitSize}`
  switch (price.model) {
    case 'PER_UNIT':
      return `more at ${formatMinorUnits(price.unitPrice, currency)} ${per}`
    case 'PACKAGE':
      return `more at ${formatMinorUnits(price.unitPrice, currency)} for each ${unitSize} begun`
    case 'GRADUATED':
    case 'VOLUME': {
      const tiers = price.tiers.map(({ upTo, unitPrice, flatFee }) => {
        const fee = flatFee === 0n ? '' : ` and ${formatMoney({ minorUnits: flatFee, currency })}`
        return `${formatMinorUnits(unitPrice, currency)}${fee} ${upTo === null ? 'beyond' : `to ${upTo}`}`
      })
      return `more ${price.model} ${per}: ${tiers.join(', ')}`
    }
  }
}
