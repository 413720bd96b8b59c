/** Our invoices at Stripe, where they are paid: a line of theirs for each of ours. */
import { Stripe } from 'stripe'
import { Fault } from '@stormops/chassis/fault'
import { INVOICE_KEY, TENANT_KEY } from '../domain/stripe-account.ts'
import type { Bill, BillLine, ChargeOutcome, StripeInvoice } from '../domain/stripe-account.ts'
import type { StripeBilling } from '../ports.ts'
import { amountFor, asked, maybe, toldByStripe, under } from './answers.ts'
import { invoiceOf } from './objects.ts'

const LINE_KEY = 'stormops_line'

/** The longest number that Stripe takes; an invoice with a longer one gets one of Stripe's own there. */
const NUMBER_LENGTH = 26

export const billing = (sdk: Stripe): StripeBilling => ({
  maybeInvoice: async (id) => {
    const invoice = await maybe(() => sdk.invoices.retrieve(id))
    return invoice === null ? null : invoiceOf(invoice)
  },
  pushInvoice: (bill) => asked(() => pushInvoice(sdk, bill)),
  credit: (id, amount, before) =>
    asked(async () => {
      await sdk.creditNotes.create(
        { invoice: id, amount: amountFor(amount) },
        under('credit', id, before, amount),
      )
    }),
  pay: (id, key) => pay(sdk, id, key),
  voidInvoice: (id) =>
    asked(async () => {
      await sdk.invoices.voidInvoice(id, {}, under('void', id))
    }),
})

/** Keys are forgotten after a day, so what was made before is looked for before anything is made. */
const pushInvoice = async (sdk: Stripe, bill: Bill): Promise<StripeInvoice> => {
  const found = await madeBefore(sdk, bill)
  if (found !== null && found.status !== 'draft') return invoiceOf(found)
  const draft = found ?? (await createDraft(sdk, bill))
  const done = found === null ? new Set<string>() : await linesOn(sdk, draft.id)
  for (const line of bill.lines) {
    if (!done.has(String(line.position))) await addLine(sdk, bill, draft.id, line)
  }
  const opened = await sdk.invoices.finalizeInvoice(
    draft.id,
    { auto_advance: false },
    under('finalize', bill.invoiceId),
  )
  return invoiceOf(opened)
}

const madeBefore = async (sdk: Stripe, { customerId, invoiceId }: Bill): Promise<Stripe.Invoice | null> => {
  for await (const invoice of sdk.invoices.list({ customer: customerId, limit: 100 })) {
    if (invoice.metadata?.[INVOICE_KEY] === invoiceId && invoice.status !== 'void') return invoice
  }
  return null
}

const createDraft = (sdk: Stripe, bill: Bill): Promise<Stripe.Invoice> =>
  sdk.invoices.create(
    {
      customer: bill.customerId,
      currency: bill.currency.toLowerCase(),
      collection_method: 'charge_automatically',
      // When it is charged, and how often, is ours to say.
      auto_advance: false,
      pending_invoice_items_behavior: 'exclude',
      ...(bill.number.length <= NUMBER_LENGTH ? { number: bill.number } : {}),
      description: `Invoice ${bill.number}`,
      metadata: { [TENANT_KEY]: bill.tenantId, [INVOICE_KEY]: bill.invoiceId },
    },
    under('invoice', bill.invoiceId),
  )

const linesOn = async (sdk: Stripe, id: string): Promise<ReadonlySet<string>> => {
  const positions = new Set<string>()
  for await (const line of sdk.invoices.listLineItems(id, { limit: 100 })) {
    const position = line.metadata[LINE_KEY]
    if (position !== undefined) positions.add(position)
  }
  return positions
}

const addLine = (sdk: Stripe, bill: Bill, invoice: string, { position, description, amount }: BillLine) =>
  sdk.invoiceItems.create(
    {
      customer: bill.customerId,
      invoice,
      currency: bill.currency.toLowerCase(),
      amount: amountFor(amount),
      description,
      metadata: { [LINE_KEY]: String(position) },
    },
    under('line', bill.invoiceId, position),
  )

const pay = async (sdk: Stripe, id: string, key: string): Promise<ChargeOutcome> => {
  try {
    return {
      kind: 'paid',
      invoice: invoiceOf(await sdk.invoices.pay(id, { off_session: true }, under('pay', key))),
    }
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error
    return outcomeOf(sdk, id, error)
  }
}

const outcomeOf = async (
  sdk: Stripe,
  id: string,
  error: Stripe.errors.StripeError,
): Promise<ChargeOutcome> => {
  // A card that declines, or a bank that wants its customer to look.
  if (error.statusCode === 402)
    return { kind: 'declined', code: error.decline_code ?? error.code ?? 'declined' }
  if ((error.statusCode ?? 0) >= 500)
    return { kind: 'fault', message: `${error.statusCode} ${error.requestId ?? ''}` }
  if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw toldByStripe(error)
  const now = await maybe(() => sdk.invoices.retrieve(id))
  if (now === null) throw new Fault('INTERNAL', `Stripe knows no invoice ${id}.`)
  // Somebody else has paid it meanwhile.
  if (now.status === 'paid') return { kind: 'paid', invoice: invoiceOf(now) }
  if (error.code === 'resource_missing') return { kind: 'declined', code: 'no_payment_method' }
  throw toldByStripe(error)
}
