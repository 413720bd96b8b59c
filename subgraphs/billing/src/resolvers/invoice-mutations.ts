import { Fault, unreachable } from '@stormops/chassis/fault'
import type { EveryField } from '@stormops/chassis/graphql/resolver-types'
import { invalidInput, keyReused, notFound } from '@stormops/chassis/graphql/results'
import { requireScope } from '@stormops/chassis/identity'
import { formatMoney, money } from '@stormops/chassis/values/money'
import { createInvoice } from '../commands/create-invoice.ts'
import { creditInvoice } from '../commands/credit-invoice.ts'
import { finalizeInvoice } from '../commands/finalize-invoice.ts'
import { voidInvoice } from '../commands/void-invoice.ts'
import { invoiceIds, tenantIds } from '../context.ts'
import type { BillingContext } from '../context.ts'
import { issuedNotes } from '../domain/invoice.ts'
import type { Invoice, InvoiceStatus } from '../domain/invoice.ts'
import type { MutationResolvers } from '../generated/resolvers.ts'

type InvoiceMutations = Pick<
  EveryField<MutationResolvers>,
  'createInvoice' | 'finalizeInvoice' | 'voidInvoice' | 'creditInvoice'
>

export const invoiceMutations: InvoiceMutations = {
  createInvoice: async (_root, { input, idempotencyKey }, context) => {
    const { periodStart, periodEnd } = input
    const tenantId = askedCompany(input.tenantId, context)
    if (tenantId === null) return notFound('company', input.tenantId ?? '')
    const result = await context.run(createInvoice, { periodStart, periodEnd }, idempotencyKey, tenantId)
    switch (result.kind) {
      case 'ok':
        return {
          __typename: 'CreateInvoiceSuccess',
          invoice: await presentInvoice(context, result.invoiceId),
        }
      case 'taken': {
        const invoice = await presentInvoice(context, result.invoiceId)
        const message = `This month has the invoice ${invoice.number ?? ''} already.`
        return { __typename: 'InvoicePeriodTaken', message, invoice }
      }
      case 'no-company':
        return notFound('company', input.tenantId ?? '')
      case 'invalid':
        return invalidInput(result)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
  finalizeInvoice: async (_root, { input, idempotencyKey }, context) => {
    const invoice = await maybeInvoice(context, input.invoiceId)
    if (invoice === null) return notFound('invoice', input.invoiceId)
    const { id: invoiceId, tenantId } = invoice
    const result = await context.run(finalizeInvoice, { invoiceId }, idempotencyKey, tenantId)
    switch (result.kind) {
      case 'ok':
        return { __typename: 'FinalizeInvoiceSuccess', invoice: await presentInvoice(context, invoiceId) }
      case 'running':
        return {
          __typename: 'InvoicePeriodRunning',
          message: `The month runs until ${result.endsAt}; its invoice can have a number after that.`,
          endsAt: new Date(result.endsAt),
        }
      case 'nothing-to-ask':
        return {
          __typename: 'InvoiceForNothing',
          message: 'The month costs nothing, so there is nothing to ask for.',
        }
      case 'wrong-status':
        return statusConflict('Only a draft can be given a number', result.status)
      case 'not-found':
        return notFound('invoice', input.invoiceId)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
  voidInvoice: async (_root, { input, idempotencyKey }, context) => {
    const invoice = await maybeInvoice(context, input.invoiceId)
    if (invoice === null) return notFound('invoice', input.invoiceId)
    const command = { invoiceId: invoice.id, reason: input.reason }
    const result = await context.run(voidInvoice, command, idempotencyKey, invoice.tenantId)
    switch (result.kind) {
      case 'ok':
        return { __typename: 'VoidInvoiceSuccess', invoice: await presentInvoice(context, invoice.id) }
      case 'wrong-status':
        return statusConflict(
          result.credited
            ? 'It has a credit note, so what is left is given back by another one'
            : 'Only an invoice that is to be paid can be withdrawn',
          result.status,
        )
      case 'not-found':
        return notFound('invoice', input.invoiceId)
      case 'invalid':
        return invalidInput(result)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
  creditInvoice: async (_root, { input, idempotencyKey }, context) => {
    const invoice = await maybeInvoice(context, input.invoiceId)
    if (invoice === null) return notFound('invoice', input.invoiceId)
    const command = { invoiceId: invoice.id, amount: input.amount, reason: input.reason }
    const result = await context.run(creditInvoice, command, idempotencyKey, invoice.tenantId)
    switch (result.kind) {
      case 'ok': {
        const credited = await presentInvoice(context, invoice.id)
        const creditNote = issuedNotes(credited).find(({ id }) => id === result.creditNoteId)
        if (creditNote === undefined) throw new Fault('INTERNAL', 'The new credit note is not there.')
        return { __typename: 'CreditInvoiceSuccess', creditNote, invoice: credited }
      }
      case 'too-large': {
        const creditable = money(BigInt(result.left.minorUnits), result.left.currency)
        const message = `${formatMoney(creditable)} of this invoice can still be given back.`
        return { __typename: 'CreditTooLarge', message, creditable }
      }
      case 'wrong-status':
        return statusConflict('Only an invoice with a number that is not void can be credited', result.status)
      case 'not-found':
        return notFound('invoice', input.invoiceId)
      case 'invalid':
        return invalidInput(result)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
}

/** The company to invoice; undefined for the actor's own, and null for an id that is no company's. */
const askedCompany = (
  publicId: string | null | undefined,
  context: BillingContext,
): string | undefined | null => {
  if (publicId === null || publicId === undefined) return undefined
  requireScope(context.actor(), 'platform:staff')
  return tenantIds.decode(publicId)
}

const maybeInvoice = async (context: BillingContext, publicId: string): Promise<Invoice | null> => {
  const id = invoiceIds.decode(publicId)
  return id === null ? null : context.readInvoices((invoices) => invoices.maybeById(id))
}

const presentInvoice = async (context: BillingContext, id: string): Promise<Invoice> => {
  const invoice = await context.readInvoices((invoices) => invoices.maybeById(id))
  if (invoice === null) throw new Fault('INTERNAL', 'The invoice that was just changed is not there.')
  return invoice
}

const statusConflict = (why: string, status: InvoiceStatus) => ({
  __typename: 'InvoiceStatusConflict' as const,
  message: `${why}. This one is ${status}.`,
  status,
})
