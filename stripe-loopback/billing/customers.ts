/** Who pays. */
import type { Account } from '../account.ts'
import { randomText } from '../account.ts'
import type { Customer } from '../store/objects.ts'

export const createCustomer = (account: Account, given: Partial<Customer>): Customer =>
  account.save(
    {
      id: account.newId('cus'),
      object: 'customer',
      address: null,
      balance: 0,
      created: account.now(),
      currency: null,
      customer_account: null,
      default_source: null,
      delinquent: false,
      description: null,
      discount: null,
      email: null,
      invoice_prefix: randomText(8).toUpperCase(),
      invoice_settings: {
        custom_fields: null,
        default_payment_method: null,
        footer: null,
        rendering_options: null,
      },
      livemode: false,
      metadata: {},
      name: null,
      next_invoice_sequence: 1,
      phone: null,
      preferred_locales: [],
      shipping: null,
      tax_exempt: 'none',
      test_clock: null,
      ...given,
    },
    'customer.created',
  )
