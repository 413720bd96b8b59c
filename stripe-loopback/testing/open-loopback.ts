/** A loopback with a clock of its own, and Stripe's own SDK to speak to it. */
import { createServer } from 'node:http'
import { Stripe } from 'stripe'
import { openStripeLoopback } from '../loopback.ts'
import type { StripeLoopback, StripeLoopbackOptions } from '../loopback.ts'

export type MovingClock = { readonly now: () => Date; readonly pass: (seconds: number) => void }

export const movingClock = (instant: string): MovingClock => {
  let at = new Date(instant).getTime()
  return {
    now: () => new Date(at),
    pass: (seconds) => {
      at += seconds * 1_000
    },
  }
}

export const sdkFor = (
  { apiKey, host, port }: Pick<StripeLoopback, 'apiKey' | 'host' | 'port'>,
  config: ConstructorParameters<typeof Stripe>[1] = {},
): Stripe =>
  new Stripe(apiKey, { host, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false, ...config })

export type Opened = {
  readonly loopback: StripeLoopback
  readonly stripe: Stripe
  readonly clock: MovingClock
}

/** Days are counted from the last of January, which is where months are hard. */
export const START = '2026-01-31T12:00:00.000Z'

export const openForTest = async (options: StripeLoopbackOptions = {}): Promise<Opened> => {
  const clock = movingClock(START)
  const loopback = await openStripeLoopback({ clock, lookEveryMs: null, ...options })
  return { loopback, stripe: sdkFor(loopback), clock }
}

/** What the SDK throws, as its own kind of error. */
export const failureOf = async (promise: Promise<unknown>): Promise<Stripe.errors.StripeError> => {
  try {
    await promise
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error
    throw error
  }
  throw new Error('It went through.')
}

/** Of a field that holds an id, or the object in its place. */
export const idOf = (held: string | { readonly id: string } | null | undefined): string =>
  typeof held === 'string' ? held : (held?.id ?? '')

export type Received = {
  readonly body: string
  readonly signature: string
  /** Milliseconds since 1970. */
  readonly at: number
}

export type Receiver = {
  readonly url: string
  readonly received: readonly Received[]
  /** The status of each next answer; 200 once there are no more. */
  readonly answerWith: (...statuses: readonly number[]) => void
  readonly close: () => Promise<void>
}

/** An endpoint that takes events. */
export const openReceiver = async (): Promise<Receiver> => {
  const received: Received[] = []
  let statuses: number[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const signature = request.headers['stripe-signature']
      received.push({ body: Buffer.concat(chunks).toString(), signature: String(signature), at: Date.now() })
      response.writeHead(statuses.shift() ?? 200).end()
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/webhooks`,
    received,
    answerWith: (...next) => {
      statuses = [...next]
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A customer whose card is good, or declines. */
export const aCustomer = async (
  stripe: Stripe,
  card: string | null = 'pm_card_visa',
): Promise<Stripe.Customer> => {
  const customer = await stripe.customers.create({
    email: 'ann@example.com',
    name: 'Ann',
    metadata: { tenant: 't_1' },
  })
  if (card === null) return customer
  const method = await stripe.paymentMethods.attach(card, { customer: customer.id })
  return stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } })
}

/** The card that attaches and is declined each time. */
export const DECLINING = 'pm_card_chargeCustomerFail'

/** A monthly price. */
export const aPrice = async (stripe: Stripe, amount: number, key?: string): Promise<Stripe.Price> => {
  const product = await stripe.products.create({ name: `Plan at ${amount}` })
  return stripe.prices.create({
    product: product.id,
    currency: 'usd',
    unit_amount: amount,
    recurring: { interval: 'month' },
    ...(key === undefined ? {} : { lookup_key: key }),
  })
}

/** An open invoice over $850. */
export const anOpenInvoice = async (stripe: Stripe, customer: string): Promise<Stripe.Invoice> => {
  const draft = await stripe.invoices.create({ customer, metadata: { period: '2026-01' } })
  await stripe.invoices.addLines(draft.id, {
    lines: [
      { amount: 50_000, description: 'Standard' },
      { amount: 35_000, description: 'Overage' },
    ],
  })
  return stripe.invoices.finalizeInvoice(draft.id)
}
