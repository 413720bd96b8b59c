import { defineCommand } from '@stormops/chassis/command'
import { amountFault, compareMoney, isZeroMoney, money, subtractMoney } from '@stormops/chassis/values/money'
import type { MoneyInput } from '@stormops/chassis/values/money'
import type { BillingStores } from '../context.ts'
import { creditable, creditNoteNumber, isCreditable } from '../domain/invoice.ts'
import type { InvoiceStatus } from '../domain/invoice.ts'
import { REASON_LENGTH } from './void-invoice.ts'

export type CreditInvoice = {
  readonly invoiceId: string
  readonly amount: MoneyInput
  readonly reason: string
}

export type CreditInvoiceResult =
  | {
      readonly kind: 'ok'
      readonly invoiceId: string
      readonly creditNoteId: string
      readonly number: string
    }
  | { readonly kind: 'wrong-status'; readonly status: InvoiceStatus }
  | { readonly kind: 'too-large'; readonly left: { readonly minorUnits: string; readonly currency: string } }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }

/** Runs for the company whose invoice it is. With nothing left to pay, the invoice is paid. */
export const creditInvoice = defineCommand<CreditInvoice, CreditInvoiceResult, BillingStores>({
  name: 'billing.creditInvoice',
  permission: 'platform:staff',
  audit: ({ amount, reason }, { creditNoteId, number, invoiceId }) => ({
    subjectKind: 'credit-note',
    subjectId: creditNoteId,
    detail: { number, invoiceId, amount, reason },
  }),
  run: async ({ stores, clock, newId }, { invoiceId, amount, reason }) => {
    if (reason.trim() === '' || reason.length > REASON_LENGTH) {
      return { kind: 'invalid', field: 'reason', message: `Say why, in 1 to ${REASON_LENGTH} characters.` }
    }
    if (amountFault(amount) !== null || amount.minorUnits < 1) {
      return {
        kind: 'invalid',
        field: 'amount.minorUnits',
        message: 'A credit is a whole number of minor units above 0, and its currency three letters.',
      }
    }
    await stores.invoices.lock(invoiceId)
    const invoice = await stores.invoices.maybeById(invoiceId)
    if (invoice === null) return { kind: 'not-found' }
    if (!isCreditable(invoice)) return { kind: 'wrong-status', status: invoice.status }
    if (amount.currency !== invoice.currency) {
      const message = `The invoice is in ${invoice.currency}, and a credit note of it too.`
      return { kind: 'invalid', field: 'amount.currency', message }
    }
    const credit = money(BigInt(amount.minorUnits), amount.currency)
    const left = creditable(invoice)
    if (compareMoney(credit, left) > 0) {
      return { kind: 'too-large', left: { minorUnits: String(left.minorUnits), currency: left.currency } }
    }
    const now = clock.now()
    const number = creditNoteNumber(await stores.invoices.takeNumbers('CREDIT_NOTE', 1))
    const note = { id: newId(), number, amount: credit, reason, createdAt: now }
    const isSettled = invoice.status !== 'PAID' && isZeroMoney(subtractMoney(left, credit))
    await stores.invoices.credit(invoice, note, isSettled ? now : null)
    return { kind: 'ok', invoiceId, creditNoteId: note.id, number }
  },
})
