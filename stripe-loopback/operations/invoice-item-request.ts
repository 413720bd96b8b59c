/** What a line is made of, by any of the ways in which Stripe takes it. */
import type { Account } from '../account.ts'
import { one } from '../account.ts'
import type { ItemRequest } from '../billing/invoice-lines.ts'
import { mergedMetadata } from '../wire/given.ts'
import type { GivenMetadata } from '../wire/given.ts'
import { invalid, notSimulated } from '../wire/refusal.ts'

export type GivenLine = {
  readonly amount?: number
  readonly description?: string
  readonly metadata?: GivenMetadata
  readonly period?: { readonly start: number; readonly end: number }
  readonly price_data?: {
    readonly currency: string
    readonly product?: string
    readonly product_data?: unknown
    readonly tax_behavior?: unknown
    readonly unit_amount?: number
    readonly unit_amount_decimal?: string
  }
  readonly pricing?: { readonly price?: string }
  readonly quantity?: number
  readonly unit_amount_decimal?: string
}

const HEEDED: readonly string[] = [
  'amount',
  'currency',
  'customer',
  'description',
  'discountable',
  'invoice',
  'metadata',
  'period',
  'price_data',
  'pricing',
  'quantity',
  'unit_amount_decimal',
]

/** `within` names the line in refusals; `currency` is that of the invoice it goes to. */
export const itemRequestOf = (
  account: Account,
  line: GivenLine,
  within: string,
  currency: string,
): ItemRequest => {
  const param = (name: string): string => (within === '' ? name : `${within}[${name}]`)
  const other = Object.keys(line).find((name) => !HEEDED.includes(name))
  if (other !== undefined) throw notSimulated(`${other} of a line`, param(other))
  requireOneSource(line, param)
  if (line.period !== undefined && line.period.end < line.period.start) {
    throw invalid('The period of a line cannot end before it starts.', param('period'))
  }
  return {
    ...(line.amount === undefined ? {} : { amount: line.amount }),
    ...(line.description === undefined ? {} : { description: line.description }),
    ...(line.period === undefined ? {} : { period: line.period }),
    ...(line.quantity === undefined ? {} : { quantity: line.quantity }),
    ...(line.pricing?.price === undefined ? {} : { price: line.pricing.price }),
    ...unitOf(account, line, param, currency),
    metadata: mergedMetadata({}, line.metadata),
  }
}

const SOURCES = ['amount', 'pricing', 'price_data', 'unit_amount_decimal'] as const

const requireOneSource = (line: GivenLine, param: (name: string) => string): void => {
  const given = SOURCES.filter((name) => line[name] !== undefined)
  if (given.length > 1) {
    throw invalid(
      `You may only specify one of these parameters: ${given.join(', ')}.`,
      param(given[0] ?? 'amount'),
    )
  }
}

type Unit = Pick<ItemRequest, 'unitAmountDecimal' | 'product'>

const unitOf = (
  account: Account,
  line: GivenLine,
  param: (name: string) => string,
  currency: string,
): Unit => {
  const data = line.price_data
  if (data === undefined) {
    return line.unit_amount_decimal === undefined ? {} : { unitAmountDecimal: line.unit_amount_decimal }
  }
  if (data.product === undefined)
    throw notSimulated('price_data without a product', param('price_data][product'))
  if (data.currency.toLowerCase() !== currency) {
    throw invalid(`The currency of the line has to be the invoice's, ${currency}.`, param('price_data'))
  }
  one(account, 'product', data.product, param('price_data'))
  const unit =
    data.unit_amount_decimal ?? (data.unit_amount === undefined ? undefined : String(data.unit_amount))
  if (unit === undefined)
    throw invalid('Missing required param: unit_amount.', param('price_data'), 'parameter_missing')
  return { unitAmountDecimal: unit, product: data.product }
}
