import { Fault } from '@stormops/chassis/fault'
import type { FieldsBeyond } from '@stormops/chassis/graphql/resolver-types'
import { money } from '@stormops/chassis/values/money'
import type { Money } from '@stormops/chassis/values/money'
import type { Plan, ShownCharge } from '../domain/plan.ts'
import type { PlanChargeResolvers, PlanResolvers } from '../generated/resolvers.ts'

export const planResolvers: FieldsBeyond<Plan, PlanResolvers> = {
  charges: ({ charges, currency }) => charges.map((charge): ShownCharge => ({ ...charge, currency })),
}

export const planChargeResolvers: FieldsBeyond<ShownCharge, PlanChargeResolvers> = {
  unitPrice: (charge) => unitPriceOf(charge),
}

/** The graph shows a price in whole minor units; a price that has none must not be shown as another one. */
const unitPriceOf = ({ price, metric, currency }: ShownCharge): Money | null => {
  if (price === null) return null
  if (!('unitPrice' in price) || price.unitPrice.denominator !== 1n) {
    throw new Fault('INTERNAL', `The price of ${metric} is no whole number of minor units.`)
  }
  return money(price.unitPrice.numerator, currency)
}
