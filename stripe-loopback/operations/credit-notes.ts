/** Credit notes. */
import type Stripe from 'stripe'
import type { Account } from '../account.ts'
import { newestFirst, one } from '../account.ts'
import { plainDecimal, timesQuantity, wholeAmount } from '../billing/amounts.ts'
import { createCreditNote } from '../billing/crediting.ts'
import type { CreditNoteLine, Invoice } from '../store/objects.ts'
import { mergedMetadata } from '../wire/given.ts'
import { isWithin, pageOf } from '../wire/page-of.ts'
import { invalid } from '../wire/refusal.ts'
import { PAGING, operation } from './operation.ts'

type GivenLine = {
  readonly type: string
  readonly amount?: number
  readonly description?: string
  readonly invoice_line_item?: string
  readonly quantity?: number
  readonly unit_amount?: number
  readonly unit_amount_decimal?: string
}

type Line = Omit<CreditNoteLine, 'id'>

const bareLine: Line = {
  object: 'credit_note_line_item',
  amount: 0,
  description: null,
  discount_amount: 0,
  discount_amounts: [],
  livemode: false,
  metadata: {},
  pretax_credit_amounts: [],
  quantity: null,
  tax_rates: [],
  taxes: [],
  type: 'custom_line_item',
  unit_amount: null,
  unit_amount_decimal: null,
}

const lineOf = (account: Account, invoice: Invoice, given: GivenLine, at: number): Line =>
  given.type === 'invoice_line_item' ? creditedLine(account, invoice, given, at) : ownLine(given, at)

const ownLine = (given: GivenLine, at: number): Line => {
  const unit =
    given.unit_amount_decimal ?? (given.unit_amount === undefined ? undefined : String(given.unit_amount))
  if (unit === undefined || given.description === undefined) {
    throw invalid(
      'A custom line item needs a description, a quantity and a unit_amount.',
      `lines[${at}]`,
      'parameter_missing',
    )
  }
  const quantity = given.quantity ?? 1
  return {
    ...bareLine,
    amount: timesQuantity(unit, quantity),
    description: given.description,
    quantity,
    unit_amount: wholeAmount(unit),
    unit_amount_decimal: plainDecimal(unit),
  }
}

const creditedLine = (account: Account, invoice: Invoice, given: GivenLine, at: number): Line => {
  const param = `lines[${at}][invoice_line_item]`
  if (given.invoice_line_item === undefined)
    throw invalid(`Missing required param: ${param}.`, param, 'parameter_missing')
  const line = one(account, 'line_item', given.invoice_line_item, param)
  if (line.invoice !== invoice.id) throw invalid('The line is of another invoice.', param)
  const unit = line.pricing?.unit_amount_decimal ?? '0'
  const byQuantity = given.quantity === undefined ? line.amount : timesQuantity(unit, given.quantity)
  const amount = given.amount ?? byQuantity
  if (amount > line.amount)
    throw invalid('More cannot be credited than the line is for.', `lines[${at}][amount]`)
  return {
    ...bareLine,
    type: 'invoice_line_item',
    invoice_line_item: line.id,
    amount,
    description: given.description ?? line.description,
    quantity: given.quantity ?? line.quantity,
    unit_amount: wholeAmount(unit),
    unit_amount_decimal: unit,
  }
}

const create = operation<Stripe.CreditNoteCreateParams>()(
  'CreditNotes.create',
  ['invoice', 'amount', 'lines', 'memo', 'metadata', 'out_of_band_amount', 'reason', 'refund_amount'],
  ({ account, given }) => {
    const invoice = one(account, 'invoice', given.invoice, 'invoice')
    if (given.amount !== undefined && given.lines !== undefined) {
      throw invalid('You may only specify one of these parameters: amount, lines.', 'amount')
    }
    const amount = given.amount
    const whole: readonly Line[] =
      amount === undefined
        ? []
        : [{ ...bareLine, amount, quantity: 1, unit_amount: amount, unit_amount_decimal: String(amount) }]
    const lines = given.lines?.map((line, at) => lineOf(account, invoice, line, at)) ?? whole
    if (lines.length === 0)
      throw invalid('You must provide either amount or lines.', 'amount', 'parameter_missing')
    return createCreditNote(account, {
      invoice,
      lines,
      refundAmount: given.refund_amount ?? 0,
      outside: given.out_of_band_amount ?? 0,
      memo: given.memo ?? null,
      reason: given.reason ?? null,
      metadata: mergedMetadata({}, given.metadata),
    })
  },
)

const retrieve = operation<Stripe.CreditNoteRetrieveParams>()('CreditNotes.retrieve', [], ({ account, id }) =>
  one(account, 'credit_note', id),
)

const list = operation<Stripe.CreditNoteListParams>()(
  'CreditNotes.list',
  [...PAGING, 'created', 'customer', 'invoice'],
  ({ account, given, path }) => {
    const notes = newestFirst(account, 'credit_note').filter(
      (note) =>
        isWithin(note.created, given.created) &&
        (given.customer === undefined || note.customer === given.customer) &&
        (given.invoice === undefined || note.invoice === given.invoice),
    )
    return pageOf(notes, given, path)
  },
)

export const creditNotes = [create, retrieve, list]
