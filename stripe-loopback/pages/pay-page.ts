/** The page of a checkout: what is bought, and what shall become of it. */
import type { Account } from '../account.ts'
import { completeCheckout, failCheckout } from '../billing/checkout.ts'
import { redirect } from '../http/answer.ts'
import type { Answer } from '../http/answer.ts'
import type { CheckoutLine, CheckoutSession } from '../store/objects.ts'
import { Refusal } from '../wire/refusal.ts'
import { html, money, nothing, page, plainPage } from './layout.ts'
import type { Html } from './layout.ts'

export const payPage = (account: Account, id: string): Answer => {
  const session = account.store.maybe('checkout.session', id)
  if (session === null)
    return plainPage(404, 'No such checkout', 'The address is of no checkout that the loopback knows.')
  return session.status === 'open' ? open(account, session) : over(session)
}

const over = (session: CheckoutSession): Answer =>
  session.status === 'complete'
    ? plainPage(200, 'This checkout is complete', 'There is nothing more to do here.')
    : plainPage(410, 'This checkout has expired', 'Ask for a new one where you came from.')

const TITLES: Readonly<Record<string, string>> = {
  payment: 'Pay',
  setup: 'Save a card',
  subscription: 'Subscribe',
}

const open = (account: Account, session: CheckoutSession, failure?: string): Answer => {
  const lines = account.store.maybe('loopback.checkout', session.id)?.lines ?? []
  const title = TITLES[session.mode] ?? 'Pay'
  const body = html` <section class="card">
    <h1>${title}</h1>
    ${whoPays(account, session)}
    ${failure === undefined ? nothing : html`<p class="note bad" role="alert">${failure}</p>`}
    ${lines.length === 0 ? nothing : bought(session, lines)}
    <form method="post">
      ${needsEmail(session) ? html`<label>Email <input type="email" name="email" autocomplete="email" required /></label>` : nothing}
      <p class="soft">Pay uses the card 4242 and goes through. Fail uses a card that is declined.</p>
      <div class="buttons">
        <button class="main" name="outcome" value="pay">
          ${session.mode === 'setup' ? 'Save card' : 'Pay'}
        </button>
        <button name="outcome" value="fail" formnovalidate>Fail</button>
        <button name="outcome" value="cancel" formnovalidate>Cancel</button>
      </div>
    </form>
  </section>`
  return page({
    title,
    body,
    leadsTo: [session.success_url, session.cancel_url],
    status: failure === undefined ? 200 : 402,
  })
}

const needsEmail = (session: CheckoutSession): boolean =>
  session.customer === null && session.customer_email === null

const whoPays = (account: Account, session: CheckoutSession): Html => {
  const customer = session.customer === null ? null : account.store.maybe('customer', session.customer)
  const who = customer?.name ?? customer?.email ?? session.customer_email
  return who === null ? nothing : html`<p class="soft">${who}</p>`
}

const bought = (session: CheckoutSession, lines: readonly CheckoutLine[]): Html => {
  const currency = session.currency ?? 'usd'
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Item</th>
        <th scope="col" class="amount">Amount</th>
      </tr>
    </thead>
    <tbody>
      ${lines.map(
        (line) =>
          html`<tr>
            <td>${line.quantity ?? 1} × ${line.description ?? line.price.product}</td>
            <td class="amount">
              <span class="money">${money(line.amount_total, line.currency)}</span>${each(line)}
            </td>
          </tr>`,
      )}
    </tbody>
    <tfoot>
      <tr>
        <th scope="row">Total today</th>
        <td class="amount"><span class="money">${money(session.amount_total ?? 0, currency)}</span></td>
      </tr>
    </tfoot>
  </table>`
}

const each = ({ price }: CheckoutLine): string => {
  if (price.recurring === null) return ''
  const { interval, interval_count: count } = price.recurring
  return count === 1 ? ` a ${interval}` : ` every ${count} ${interval}s`
}

/** What a button does. */
export const usePayPage = (account: Account, id: string, form: URLSearchParams): Answer => {
  const session = account.store.maybe('checkout.session', id)
  if (session?.status !== 'open') return payPage(account, id)
  switch (form.get('outcome')) {
    case 'pay':
      completeCheckout(account, id, form.get('email') ?? undefined)
      // Addresses may have this in them as it is, so that its braces are not escaped.
      return redirect((session.success_url ?? account.url()).replaceAll('{CHECKOUT_SESSION_ID}', id))
    case 'fail':
      return failing(account, session)
    case 'cancel':
      return session.cancel_url === null
        ? open(account, session, 'This checkout has no address to go back to.')
        : redirect(session.cancel_url)
    default:
      return open(account, session, 'Choose one of the buttons.')
  }
}

const failing = (account: Account, session: CheckoutSession): Answer => {
  try {
    return failCheckout(account, session.id)
  } catch (error) {
    if (error instanceof Refusal && error.status === 402) return open(account, session, error.message)
    throw error
  }
}
