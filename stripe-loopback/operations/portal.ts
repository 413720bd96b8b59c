/** The billing portal: a page on which a customer sees invoices and changes the card. */
import type Stripe from 'stripe'
import { one, randomText } from '../account.ts'
import { invalid } from '../wire/refusal.ts'
import { requireAddress } from './checkout.ts'
import { operation } from './operation.ts'

const createPortal = operation<Stripe.BillingPortal.SessionCreateParams>()(
  'BillingPortal/Sessions.create',
  ['customer', 'locale', 'return_url'],
  ({ account, given }) => {
    if (given.customer === undefined)
      throw invalid('Missing required param: customer.', 'customer', 'parameter_missing')
    const customer = one(account, 'customer', given.customer, 'customer')
    // Whoever has the address may use the portal, so it cannot be guessed.
    const id = `bps_${randomText(40)}`
    return account.save(
      {
        id,
        object: 'billing_portal.session',
        configuration: 'bpc_loopback',
        created: account.now(),
        customer: customer.id,
        customer_account: null,
        flow: null,
        livemode: false,
        locale: given.locale ?? null,
        on_behalf_of: null,
        return_url: given.return_url === undefined ? null : requireAddress(given.return_url, 'return_url'),
        url: `${account.url()}/portal/${id}`,
      },
      'billing_portal.session.created',
    )
  },
)

export const portal = [createPortal]
