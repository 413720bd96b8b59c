import { describe, expect, it } from 'vitest'
import { isGivenUp, nextStep } from './collection.ts'
import type { OwedInvoice, PaymentAttempt } from './collection.ts'

const OPENED = new Date('2026-03-01T00:00:00Z')
const day = (days: number): Date => new Date(OPENED.getTime() + days * 86_400_000)

const anInvoice = (over: Partial<OwedInvoice> = {}): OwedInvoice => ({
  id: 'an-invoice',
  number: '2026-000001',
  status: 'OPEN',
  currency: 'USD',
  total: 85_000n,
  credited: 0n,
  openedAt: OPENED,
  ...over,
})

const anAttempt = (attempt: number, over: Partial<PaymentAttempt> = {}): PaymentAttempt => ({
  invoiceId: 'an-invoice',
  attempt,
  source: 'SCHEDULE',
  state: 'FAILED',
  amount: 85_000n,
  currency: 'USD',
  faults: 0,
  failureCode: 'insufficient_funds',
  settledAt: day(3),
  ...over,
})

describe('an open invoice', () => {
  it('is charged three days after it opened, not before', () => {
    expect(nextStep(anInvoice(), [], new Date(day(3).getTime() - 1))).toEqual({ kind: 'wait', until: day(3) })
    expect(nextStep(anInvoice(), [], day(3))).toEqual({ kind: 'charge', attempt: 1 })
  })

  it('is charged again 3, 5 and 10 days after each failure, and then given up', () => {
    const failures: PaymentAttempt[] = []
    for (const [at, next] of [
      [3, 6],
      [6, 11],
      [11, 21],
    ] as const) {
      failures.push(anAttempt(failures.length + 1, { settledAt: day(at) }))
      expect(nextStep(anInvoice(), failures, day(at))).toEqual({ kind: 'wait', until: day(next) })
      expect(nextStep(anInvoice(), failures, day(next))).toEqual({
        kind: 'charge',
        attempt: failures.length + 1,
      })
      expect(isGivenUp(failures)).toBe(false)
    }
    failures.push(anAttempt(4, { settledAt: day(21) }))
    expect(isGivenUp(failures)).toBe(true)
    expect(nextStep(anInvoice(), failures, day(400))).toEqual({ kind: 'nothing' })
  })

  it('is not given up earlier for what its customer tried', () => {
    const tries = [1, 2, 3, 4, 5].map((attempt) =>
      anAttempt(attempt, { source: 'CUSTOMER', settledAt: day(1) }),
    )
    expect(isGivenUp(tries)).toBe(false)
    expect(nextStep(anInvoice(), tries, day(3))).toEqual({ kind: 'charge', attempt: 6 })
  })

  it('has a try that nobody knows the end of asked again, whatever became of it', () => {
    const pending = anAttempt(2, { state: 'PENDING', settledAt: null })
    for (const status of ['OPEN', 'PAID', 'UNCOLLECTIBLE', 'VOID'] as const) {
      expect(nextStep(anInvoice({ status }), [anAttempt(1), pending], day(3))).toEqual({
        kind: 'resume',
        attempt: 2,
      })
    }
  })

  it('is settled without a charge when nothing of it is left to pay', () => {
    expect(nextStep(anInvoice({ credited: 85_000n }), [], day(0))).toEqual({ kind: 'settled' })
  })
})

it.each(['DRAFT', 'PAID', 'VOID', 'UNCOLLECTIBLE'] as const)(
  'leaves an invoice alone that is %s',
  (status) => {
    expect(nextStep(anInvoice({ status }), [], day(400))).toEqual({ kind: 'nothing' })
  },
)
