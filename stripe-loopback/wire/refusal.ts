/** What Stripe answers when it will not do a thing, in its own shape. */
export type ErrorBody = {
  readonly type:
    | 'api_error'
    | 'card_error'
    | 'idempotency_error'
    | 'invalid_request_error'
    | 'rate_limit_error'
  readonly message: string
  readonly code?: string
  readonly decline_code?: string
  readonly param?: string
  readonly doc_url?: string
  readonly payment_intent?: unknown
}

export class Refusal extends Error {
  readonly status: number
  readonly body: ErrorBody
  /** Whether what was done before it stays done, as an attempt to pay does; else nothing happened. */
  readonly isKept: boolean

  constructor(status: number, body: ErrorBody, isKept = false) {
    super(body.message)
    this.name = 'Refusal'
    this.status = status
    this.body = body
    this.isKept = isKept
  }
}

/** 400: the request says something that cannot be done. */
export const invalid = (message: string, param?: string, code?: string): Refusal =>
  new Refusal(400, {
    type: 'invalid_request_error',
    message,
    ...(param === undefined ? {} : { param }),
    ...(code === undefined
      ? {}
      : { code, doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}` }),
  })

/** 404 for the object a path names, 400 for one that a parameter names. */
export const missing = (what: string, id: string, param = 'id'): Refusal =>
  new Refusal(param === 'id' ? 404 : 400, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${what}: '${id}'`,
    param,
    doc_url: 'https://stripe.com/docs/error-codes/resource-missing',
  })

/** Stripe takes it and the loopback does not: said aloud, since a parameter passed over would look like one obeyed. */
export const notSimulated = (what: string, param?: string): Refusal =>
  new Refusal(400, {
    type: 'invalid_request_error',
    code: 'loopback_not_simulated',
    message: `This is not Stripe: the loopback does not simulate ${what}. docs/stripe.md says what it does.`,
    ...(param === undefined ? {} : { param }),
  })

/** With the intent that was tried it is an attempt, which stays; without one, a card that was not taken. */
export const declined = (declineCode: string, paymentIntent?: unknown): Refusal =>
  new Refusal(
    402,
    {
      type: 'card_error',
      code: 'card_declined',
      decline_code: declineCode,
      message:
        declineCode === 'insufficient_funds'
          ? 'Your card has insufficient funds.'
          : 'Your card was declined.',
      doc_url: 'https://stripe.com/docs/error-codes/card-declined',
      ...(paymentIntent === undefined ? {} : { payment_intent: paymentIntent }),
    },
    paymentIntent !== undefined,
  )
