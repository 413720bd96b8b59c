/** The billing portal: a customer's invoices, and the card that pays them. */
import type { Account } from '../account.ts'
import { newestFirst } from '../account.ts'
import { DECLINING_CARD, GOOD_CARD } from '../billing/cards.ts'
import { changeCard } from '../billing/checkout.ts'
import { pay } from '../billing/collection.ts'
import { redirect } from '../http/answer.ts'
import type { Answer } from '../http/answer.ts'
import type { Customer, Invoice, PortalSession } from '../store/objects.ts'
import { Refusal } from '../wire/refusal.ts'
import { day, html, money, nothing, page, plainPage } from './layout.ts'
import type { Html } from './layout.ts'

type Visit = { readonly session: PortalSession; readonly customer: Customer }

const visitOf = (account: Account, id: string): Visit | null => {
  const session = account.store.maybe('billing_portal.session', id)
  const customer = session === null ? null : account.store.maybe('customer', session.customer)
  return session === null || customer === null ? null : { session, customer }
}

const unknown = (): Answer =>
  plainPage(404, 'No such portal', 'The address is of no portal that the loopback knows. Ask for a new one.')

/** What is said once after a form was sent; the address names it. */
const DONE: Readonly<Record<string, { readonly words: string; readonly isBad: boolean }>> = {
  card: { words: 'The card was changed.', isBad: false },
  paid: { words: 'The invoice is paid.', isBad: false },
  declined: { words: 'Your card was declined. Change it, and pay again.', isBad: true },
  refused: { words: 'That cannot be done.', isBad: true },
}

export const portalPage = (account: Account, id: string, done: string | null): Answer => {
  const visit = visitOf(account, id)
  if (visit === null) return unknown()
  const { session, customer } = visit
  const note = done === null || !Object.hasOwn(DONE, done) ? undefined : DONE[done]
  const body = html` <h1>Billing</h1>
    <p class="soft">${customer.name ?? customer.email ?? customer.id}</p>
    ${note === undefined ? nothing : html`<p class="note${note.isBad ? ' bad' : ''}" role="${note.isBad ? 'alert' : 'status'}">${note.words}</p>`}
    <section class="card">
      <h2 id="card">Card</h2>
      ${cardOf(account, customer)}${changeForm}
    </section>
    <section class="card">
      <h2 id="invoices">Invoices</h2>
      ${invoicesOf(account, customer)}
    </section>
    ${session.return_url === null ? nothing : html`<p><a href="${session.return_url}">Go back</a></p>`}`
  return page({ title: 'Billing', body })
}

const BRANDS: Readonly<Record<string, string>> = {
  amex: 'American Express',
  mastercard: 'Mastercard',
  visa: 'Visa',
}

const cardOf = (account: Account, customer: Customer): Html => {
  const id = customer.invoice_settings.default_payment_method
  const method = id === null ? null : account.store.maybe('payment_method', id)
  if (method === null) return html`<p>There is no card yet.</p>`
  const { brand, last4, exp_month: month, exp_year: year } = method.card
  return html`<p>${BRANDS[brand] ?? brand} ending in ${last4}, valid until ${month}/${year}</p>`
}

const changeForm = html`<form method="post">
  <fieldset>
    <legend>Change the card</legend>
    <label
      ><input type="radio" name="card" value="good" checked /> Visa ending in 4242: every charge goes
      through</label
    >
    <label
      ><input type="radio" name="card" value="declining" /> Visa ending in 0341: every charge is
      declined</label
    >
  </fieldset>
  <div class="buttons"><button class="main" name="action" value="change-card">Change card</button></div>
</form>`

const invoicesOf = (account: Account, customer: Customer): Html => {
  const invoices = newestFirst(account, 'invoice').filter(
    (invoice) => invoice.customer === customer.id && invoice.status !== 'draft',
  )
  if (invoices.length === 0) return html`<p class="soft">There are no invoices yet.</p>`
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="invoices">
    <table>
      <thead>
        <tr>
          <th scope="col">Number</th>
          <th scope="col">Date</th>
          <th scope="col">Status</th>
          <th scope="col" class="amount">Amount</th>
          <th scope="col">Payment</th>
        </tr>
      </thead>
      <tbody>
        ${invoices.map(rowOf)}
      </tbody>
    </table>
  </div>`
}

const rowOf = (invoice: Invoice): Html =>
  html`<tr>
    <td>${invoice.number ?? invoice.id}</td>
    <td>${day(invoice.created)}</td>
    <td>${invoice.status ?? 'draft'}</td>
    <td class="amount money">${money(invoice.total, invoice.currency)}</td>
    <td>${invoice.status === 'open' ? payForm(invoice) : nothing}</td>
  </tr>`

const payForm = (invoice: Invoice): Html =>
  html`<form method="post">
    <input type="hidden" name="invoice" value="${invoice.id}" />
    <button class="small" name="action" value="pay" aria-label="Pay ${invoice.number ?? invoice.id}">
      Pay
    </button>
  </form>`

/** What a form does; then the page is shown again, so that loading it anew sends nothing twice. */
export const usePortalPage = (account: Account, id: string, form: URLSearchParams): Answer => {
  const visit = visitOf(account, id)
  if (visit === null) return unknown()
  switch (form.get('action')) {
    case 'change-card':
      changeCard(account, visit.customer, form.get('card') === 'declining' ? DECLINING_CARD : GOOD_CARD)
      return redirect(`/portal/${id}?done=card`)
    case 'pay':
      return redirect(`/portal/${id}?done=${paid(account, visit.customer, form.get('invoice') ?? '')}`)
    default:
      return redirect(`/portal/${id}?done=refused`)
  }
}

const paid = (account: Account, customer: Customer, id: string): keyof typeof DONE => {
  const invoice = account.store.maybe('invoice', id)
  if (invoice === null || invoice.customer !== customer.id) return 'refused'
  try {
    pay(account, invoice)
    return 'paid'
  } catch (error) {
    if (error instanceof Refusal) return error.status === 402 ? 'declined' : 'refused'
    throw error
  }
}
