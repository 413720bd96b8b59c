import type { FieldsBeyond } from '@stormops/chassis/graphql/resolver-types'
import { money } from '@stormops/chassis/values/money'
import type { Money } from '@stormops/chassis/values/money'
import { pricing } from '../domain/line-description.ts'
import type { Plan, ShownCharge } from '../domain/plan.ts'
import type { PlanChargeResolvers, PlanResolvers } from '../generated/resolvers.ts'

export const planResolvers: FieldsBeyond<Plan, PlanResolvers> = {
  charges: ({ charges, currency }) => charges.map((charge): ShownCharge => ({ ...charge, currency })),
}

export const planChargeResolvers: FieldsBeyond<ShownCharge, PlanChargeResolvers> = {
  unitPrice: (charge) => unitPriceOf(charge),
  pricing: ({ price, unitSize, currency }) => (price === null ? null : pricing(price, unitSize, currency)),
}

/** The graph shows a price in whole minor units; a price that has none must not be shown as another one. */
const unitPriceOf = ({ price, currency }: ShownCharge): Money | null =>
  price !== null && 'unitPrice' in price && price.unitPrice.denominator === 1n
    ? money(price.unitPrice.numerator, currency)
    : null
