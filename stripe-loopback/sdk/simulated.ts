/** Which of the SDK's operations the loopback answers: the file of the resource, and the methods of its class. */
export const SIMULATED = {
  Customers: ['create', 'retrieve', 'update', 'del', 'list', 'search', 'listPaymentMethods'],
  Products: ['create', 'retrieve', 'update', 'list'],
  Prices: ['create', 'retrieve', 'update', 'list'],
  'Checkout/Sessions': ['create', 'retrieve', 'list', 'expire', 'listLineItems'],
  'BillingPortal/Sessions': ['create'],
  PaymentMethods: ['retrieve', 'list', 'attach', 'detach'],
  SetupIntents: ['create', 'retrieve', 'list'],
  Subscriptions: ['create', 'retrieve', 'update', 'cancel', 'list'],
  SubscriptionItems: ['retrieve', 'list'],
  InvoiceItems: ['create', 'retrieve', 'list', 'del'],
  Invoices: [
    'create',
    'retrieve',
    'update',
    'del',
    'list',
    'addLines',
    'listLineItems',
    'finalizeInvoice',
    'pay',
    'voidInvoice',
    'markUncollectible',
  ],
  InvoicePayments: ['retrieve', 'list'],
  PaymentIntents: ['retrieve', 'list'],
  CreditNotes: ['create', 'retrieve', 'list'],
  Refunds: ['create', 'retrieve', 'list'],
  Events: ['retrieve', 'list'],
  WebhookEndpoints: ['create', 'retrieve', 'list', 'del'],
} as const

type Simulated = typeof SIMULATED

/** Such as `Invoices.pay`. */
export type OperationName = {
  [Resource in keyof Simulated]: `${Resource}.${Simulated[Resource][number]}`
}[keyof Simulated]
