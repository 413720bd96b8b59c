/** Invoices, from what they are for to what became of them. */
import { Stripe } from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DECLINING, aCustomer, anOpenInvoice, failureOf, openForTest, idOf } from './testing/open-loopback.ts'
import type { Opened } from './testing/open-loopback.ts'

let opened: Opened
let stripe: Stripe
beforeAll(async () => {
  opened = await openForTest()
  stripe = opened.stripe
})
afterAll(async () => {
  await opened.loopback.close()
})

const eventsOf = (id: string): readonly string[] =>
  opened.loopback.control
    .events()
    .filter(({ data }) => (data.object as { id: string }).id === id)
    .map(({ type }) => type)

describe('a draft', () => {
  it('is for its lines: amounts, prices with a quantity, and units of a fraction of a cent', async () => {
    const customer = await aCustomer(stripe)
    const { id } = await stripe.invoices.create({ customer: customer.id, auto_advance: false })
    const product = await stripe.products.create({ name: 'Calls' })
    const invoice = await stripe.invoices.addLines(id, {
      lines: [
        { amount: 50_000, description: 'Base', metadata: { metric: 'base' }, period: { start: 1, end: 2 } },
        {
          price_data: {
            currency: 'usd',
            product: product.id,
            unit_amount_decimal: Stripe.Decimal.from('0.5'),
          },
          quantity: 4_999,
        },
      ],
    })
    // 2499.5 is rounded away from zero, once.
    expect(invoice.lines.data.map(({ amount }) => amount)).toEqual([50_000, 2_500])
    expect(invoice).toMatchObject({ status: 'draft', total: 52_500, amount_due: 52_500, parent: null })
    expect(invoice.lines.data[0]).toMatchObject({
      period: { start: 1, end: 2 },
      metadata: { metric: 'base' },
    })
    expect(invoice.lines.data[1]?.pricing?.unit_amount_decimal?.toString()).toBe('0.5')
    expect('charge' in invoice || 'payment_intent' in invoice || 'subscription' in invoice).toBe(false)
  })

  it('takes items that waited for it only when it is told to', async () => {
    const customer = await aCustomer(stripe)
    await stripe.invoiceItems.create({ customer: customer.id, amount: 700, currency: 'usd' })
    expect((await stripe.invoices.create({ customer: customer.id })).total).toBe(0)
    const taking = await stripe.invoices.create({
      customer: customer.id,
      pending_invoice_items_behavior: 'include',
    })
    expect(taking.total).toBe(700)
    expect((await stripe.invoiceItems.list({ customer: customer.id, pending: true })).data).toEqual([])
  })

  it('can be thrown away, and an open invoice cannot', async () => {
    const customer = await aCustomer(stripe)
    const draft = await stripe.invoices.create({ customer: customer.id })
    expect(await stripe.invoices.del(draft.id)).toMatchObject({ deleted: true })
    expect((await failureOf(stripe.invoices.retrieve(draft.id))).statusCode).toBe(404)
    const open = await anOpenInvoice(stripe, customer.id)
    expect((await failureOf(stripe.invoices.del(open.id))).statusCode).toBe(400)
  })

  it('takes all lines or none: one that is wrong leaves nothing behind', async () => {
    const customer = await aCustomer(stripe)
    const { id } = await stripe.invoices.create({ customer: customer.id })
    const before = opened.loopback.control.events().length
    const lines = [{ amount: 100, description: 'Good' }, { description: 'Of nothing' }]
    expect((await failureOf(stripe.invoices.addLines(id, { lines }))).code).toBe('parameter_missing')
    expect((await stripe.invoices.retrieve(id)).lines.data).toEqual([])
    expect(opened.loopback.control.events()).toHaveLength(before)
  })

  it('of less than nothing is refused, and stays a draft', async () => {
    const customer = await aCustomer(stripe)
    const { id } = await stripe.invoices.create({ customer: customer.id })
    await stripe.invoices.addLines(id, { lines: [{ amount: -100, description: 'Credit' }] })
    expect((await failureOf(stripe.invoices.finalizeInvoice(id))).code).toBe('loopback_not_simulated')
    expect((await stripe.invoices.retrieve(id)).status).toBe('draft')
  })

  it('keeps a number of its maker, which no other may have', async () => {
    const customer = await aCustomer(stripe)
    const draft = await stripe.invoices.create({ customer: customer.id, number: 'SO-2026-0001' })
    expect((await stripe.invoices.finalizeInvoice(draft.id)).number).toBe('SO-2026-0001')
    const failure = await failureOf(stripe.invoices.create({ customer: customer.id, number: 'SO-2026-0001' }))
    expect(failure.param).toBe('number')
  })
})

describe('a final invoice', () => {
  it('has a number, and cannot be changed but for its metadata', async () => {
    const customer = await aCustomer(stripe)
    const first = await anOpenInvoice(stripe, customer.id)
    const second = await anOpenInvoice(stripe, customer.id)
    expect(first).toMatchObject({ status: 'open', amount_remaining: 85_000, attempted: false })
    expect(second.number).toBe(first.number?.replace('0001', '0002'))
    const failure = await failureOf(stripe.invoices.update(first.id, { description: 'other' }))
    expect(failure.code).toBe('invoice_not_editable')
    const tagged = await stripe.invoices.update(first.id, { metadata: { seen: 'yes' } })
    expect(tagged.metadata).toEqual({ period: '2026-01', seen: 'yes' })
    expect((await failureOf(stripe.invoices.finalizeInvoice(first.id))).statusCode).toBe(400)
  })

  it('of nothing is paid at once', async () => {
    const customer = await aCustomer(stripe)
    const draft = await stripe.invoices.create({ customer: customer.id })
    expect(await stripe.invoices.finalizeInvoice(draft.id)).toMatchObject({ status: 'paid', amount_due: 0 })
    expect(eventsOf(draft.id)).toContain('invoice.paid')
  })
})

describe('paying', () => {
  it('with a good card ends in paid, with the events and the payment that belong to it', async () => {
    const customer = await aCustomer(stripe)
    const open = await anOpenInvoice(stripe, customer.id)
    const paid = await stripe.invoices.pay(open.id)
    expect(paid).toMatchObject({ status: 'paid', amount_paid: 85_000, amount_remaining: 0, attempt_count: 1 })
    expect(paid.status_transitions.paid_at).toBe(Math.floor(opened.clock.now().getTime() / 1_000))
    expect(eventsOf(open.id).slice(-2)).toEqual(['invoice.paid', 'invoice.payment_succeeded'])
    const { data } = await stripe.invoicePayments.list({ invoice: open.id })
    expect(data).toMatchObject([{ status: 'paid', amount_paid: 85_000, is_default: true }])
    const intent = await stripe.paymentIntents.retrieve(idOf(data[0]?.payment.payment_intent))
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: 85_000, customer: customer.id })
    expect((await failureOf(stripe.invoices.pay(open.id))).message).toBe('Invoice is already paid')
  })

  it('with a declining card is a 402, an event, and an attempt that is counted', async () => {
    const customer = await aCustomer(stripe, DECLINING)
    const open = await anOpenInvoice(stripe, customer.id)
    const failure = await failureOf(stripe.invoices.pay(open.id))
    expect(failure).toBeInstanceOf(Stripe.errors.StripeCardError)
    expect(failure).toMatchObject({ statusCode: 402, code: 'card_declined', decline_code: 'generic_decline' })
    expect(failure.payment_intent).toMatchObject({ status: 'requires_payment_method' })
    expect(await stripe.invoices.retrieve(open.id)).toMatchObject({
      status: 'open',
      attempted: true,
      attempt_count: 1,
    })
    expect(eventsOf(open.id).at(-1)).toBe('invoice.payment_failed')
  })

  it('again by hand is one more event, but no more attempts: Stripe counts its own retries only', async () => {
    const customer = await aCustomer(stripe, DECLINING)
    const open = await anOpenInvoice(stripe, customer.id)
    for (let count = 0; count < 3; count += 1) await failureOf(stripe.invoices.pay(open.id))
    expect((await stripe.invoices.retrieve(open.id)).attempt_count).toBe(1)
    expect(eventsOf(open.id).filter((type) => type === 'invoice.payment_failed')).toHaveLength(3)
  })

  it('goes through with another card of the customer, and with none of somebody else', async () => {
    const customer = await aCustomer(stripe, DECLINING)
    const stranger = await aCustomer(stripe)
    const open = await anOpenInvoice(stripe, customer.id)
    const foreign = idOf(stranger.invoice_settings.default_payment_method)
    const failure = await failureOf(stripe.invoices.pay(open.id, { payment_method: foreign }))
    expect(failure).toMatchObject({ statusCode: 400, param: 'payment_method' })
    const good = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id })
    expect((await stripe.invoices.pay(open.id, { payment_method: good.id })).status).toBe('paid')
  })

  it('without any card is no failed payment, but a mistake', async () => {
    const customer = await aCustomer(stripe, null)
    const open = await anOpenInvoice(stripe, customer.id)
    const failure = await failureOf(stripe.invoices.pay(open.id))
    expect(failure).toMatchObject({ statusCode: 400, code: 'resource_missing' })
    expect(eventsOf(open.id)).not.toContain('invoice.payment_failed')
  })

  it('outside of Stripe needs no card', async () => {
    const customer = await aCustomer(stripe, null)
    const open = await anOpenInvoice(stripe, customer.id)
    expect((await stripe.invoices.pay(open.id, { paid_out_of_band: true })).status).toBe('paid')
  })
})

describe('an invoice that is not paid', () => {
  it('can be voided, which takes its payment back', async () => {
    const customer = await aCustomer(stripe)
    const open = await anOpenInvoice(stripe, customer.id)
    expect((await stripe.invoices.voidInvoice(open.id)).status).toBe('void')
    expect((await stripe.invoicePayments.list({ invoice: open.id })).data[0]?.status).toBe('canceled')
    expect((await failureOf(stripe.invoices.pay(open.id))).statusCode).toBe(400)
    expect((await failureOf(stripe.invoices.voidInvoice(open.id))).statusCode).toBe(400)
  })

  it('can be written off, and be paid after all', async () => {
    const customer = await aCustomer(stripe)
    const open = await anOpenInvoice(stripe, customer.id)
    expect((await stripe.invoices.markUncollectible(open.id)).status).toBe('uncollectible')
    expect((await stripe.invoices.pay(open.id)).status).toBe('paid')
  })
})

describe('a credit note', () => {
  it('before payment takes from what is left to pay', async () => {
    const customer = await aCustomer(stripe)
    const open = await anOpenInvoice(stripe, customer.id)
    const note = await stripe.creditNotes.create({
      invoice: open.id,
      lines: [{ type: 'invoice_line_item', invoice_line_item: open.lines.data[1]?.id ?? '', amount: 5_000 }],
    })
    expect(note).toMatchObject({ amount: 5_000, type: 'pre_payment', number: `${open.number}-CN-01` })
    const paid = await stripe.invoices.pay(open.id)
    expect(paid).toMatchObject({ amount_paid: 80_000, pre_payment_credit_notes_amount: 5_000 })
  })

  it('over everything settles the invoice without a payment', async () => {
    const customer = await aCustomer(stripe, null)
    const open = await anOpenInvoice(stripe, customer.id)
    await stripe.creditNotes.create({ invoice: open.id, amount: 85_000 })
    expect(await stripe.invoices.retrieve(open.id)).toMatchObject({ status: 'paid', amount_paid: 0 })
  })

  it('after payment says where the money goes, and never gives back more than there was', async () => {
    const customer = await aCustomer(stripe)
    const open = await anOpenInvoice(stripe, customer.id)
    await stripe.invoices.pay(open.id)
    expect((await failureOf(stripe.creditNotes.create({ invoice: open.id, amount: 100 }))).statusCode).toBe(
      400,
    )
    const note = await stripe.creditNotes.create({ invoice: open.id, amount: 85_000, refund_amount: 85_000 })
    const refund = await stripe.refunds.retrieve(idOf(note.refunds[0]?.refund))
    expect(refund).toMatchObject({ amount: 85_000, status: 'succeeded' })
    const more = await failureOf(stripe.creditNotes.create({ invoice: open.id, amount: 1, refund_amount: 1 }))
    expect(more.statusCode).toBe(400)
    expect((await stripe.creditNotes.list({ invoice: open.id })).data).toHaveLength(1)
  })
})

describe('an invoice that advances by itself', () => {
  it('becomes final after an hour, and is tried again every three days, which counts', async () => {
    const customer = await aCustomer(stripe, DECLINING)
    const draft = await stripe.invoices.create({ customer: customer.id, auto_advance: true })
    await stripe.invoiceItems.create({ customer: customer.id, invoice: draft.id, amount: 1_000 })
    const { control } = opened.loopback
    control.passTime()
    expect((await stripe.invoices.retrieve(draft.id)).status).toBe('draft')
    opened.clock.pass(3_600)
    control.passTime()
    expect((await stripe.invoices.retrieve(draft.id)).status).toBe('open')
    const counts: number[] = []
    for (const wait of [3_600, 259_200, 259_200, 259_200, 259_200]) {
      opened.clock.pass(wait)
      control.passTime()
      counts.push((await stripe.invoices.retrieve(draft.id)).attempt_count)
    }
    expect(counts).toEqual([1, 2, 3, 4, 4])
  })
})
