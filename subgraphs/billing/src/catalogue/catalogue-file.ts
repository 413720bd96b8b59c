/**
 * A catalogue as it is written down: prices as in a price list, `0.10 USD`, never in minor units, and no price left
 * out by accident. What one field can be wrong about is said here; what fields say of each other in catalogue-rules.
 */
import { isCurrency, minorUnitsOfDecimal } from '@stormops/chassis/values/money'
import type { Rational } from '@stormops/chassis/values/rational'
import { z } from 'zod'
import { AGGREGATIONS, CHARGE_WINDOWS } from '../domain/charge.ts'

/** Minor units, exactly, and their currency. */
export type WrittenPrice = { readonly minorUnits: Rational; readonly currency: string }

const price = z.string().transform((text, context): WrittenPrice => {
  const [, amount, currency] = /^(\S+) ([A-Z]{3})$/.exec(text) ?? []
  const minorUnits =
    amount === undefined || currency === undefined || !isCurrency(currency)
      ? null
      : minorUnitsOfDecimal(amount, currency)
  if (minorUnits === null || currency === undefined) {
    context.addIssue({ code: 'custom', message: `"${text}" is not a price such as "0.10 USD".` })
    return z.NEVER
  }
  if (minorUnits.numerator < 0n)
    context.addIssue({ code: 'custom', message: `The price ${text} is negative.` })
  return { minorUnits, currency }
})

const wholePrice = price.refine(({ minorUnits }) => minorUnits.denominator === 1n, {
  error: 'The price is not in whole minor units.',
})

const key = z.string().regex(/^[A-Z][A-Z0-9_]*$/, { error: 'A key is written as MODEL_CALLS.' })
const quantity = z.int().nonnegative().transform(BigInt)
const sizeOfUnit = z.int().positive().transform(BigInt)

const tier = z.strictObject({
  upTo: quantity.nullable(),
  unitPrice: price,
  flatFee: wholePrice.optional(),
})

const counted = {
  metric: key,
  window: z.enum(CHARGE_WINDOWS).default('PERIOD'),
  unitSize: sizeOfUnit.default(1n),
}

const included = { ...counted, included: quantity }

const withUnitPrice = <const Model extends 'PER_UNIT' | 'PACKAGE'>(model: Model) =>
  z.strictObject({ ...included, limit: z.literal('SOFT'), model: z.literal(model), unitPrice: price })

const withTiers = <const Model extends 'GRADUATED' | 'VOLUME'>(model: Model) =>
  z.strictObject({
    ...included,
    limit: z.literal('SOFT'),
    model: z.literal(model),
    tiers: z.array(tier).min(1),
  })

/** Strict objects: a HARD charge with a price, and a SOFT one without, have a member too many or too few. */
const charge = z.discriminatedUnion('limit', [
  z.strictObject({ ...included, limit: z.literal('HARD') }),
  z.strictObject({ ...counted, limit: z.literal('UNLIMITED') }),
  z.discriminatedUnion('model', [
    withUnitPrice('PER_UNIT'),
    withUnitPrice('PACKAGE'),
    withTiers('GRADUATED'),
    withTiers('VOLUME'),
  ]),
])

const plan = z.strictObject({
  tier: key,
  name: z.string().min(1),
  version: z.int().positive(),
  offeredFrom: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  /** Null, and not left out, where the price is agreed with each company. */
  monthlyPrice: wholePrice.nullable(),
  charges: z.array(charge),
})

const metric = z.strictObject({
  key,
  name: z.string().min(1),
  unit: z.string().min(1),
  aggregation: z.enum(AGGREGATIONS),
})

export const catalogueFile = z.strictObject({
  name: z.string().min(1),
  currency: z.string().refine(isCurrency, { error: 'A currency is three capital letters, such as USD.' }),
  metrics: z.array(metric).min(1),
  plans: z.array(plan).min(1),
})

export type CatalogueFile = z.output<typeof catalogueFile>
export type WrittenPlan = CatalogueFile['plans'][number]
export type WrittenCharge = WrittenPlan['charges'][number]
