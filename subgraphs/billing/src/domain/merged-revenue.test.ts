import { describe, expect, it } from 'vitest'
import { mergedBilled, mergedReceivables, mergedTop } from './merged-revenue.ts'

describe('figures of several databases', () => {
  it('sum month by month and currency by currency', () => {
    expect(
      mergedBilled([
        { currency: 'USD', month: '2026-01-01', amount: 1n },
        { currency: 'USD', month: '2026-02-01', amount: 2n },
        { currency: 'USD', month: '2026-01-01', amount: 4n },
        { currency: 'CAD', month: '2026-01-01', amount: 8n },
      ]),
    ).toEqual([
      { currency: 'USD', month: '2026-01-01', amount: 5n },
      { currency: 'USD', month: '2026-02-01', amount: 2n },
      { currency: 'CAD', month: '2026-01-01', amount: 8n },
    ])
  })

  it('name those who were billed most anywhere, of each currency so many', () => {
    const row = (currency: string, tenantId: string, amount: bigint) => ({ currency, tenantId, amount })
    expect(
      mergedTop([row('USD', 'a', 5n), row('USD', 'b', 3n), row('USD', 'd', 5n), row('CAD', 'c', 1n)], 2),
    ).toEqual([row('CAD', 'c', 1n), row('USD', 'a', 5n), row('USD', 'd', 5n)])
  })

  it('sum what is owed', () => {
    const owed = { currency: 'USD', open: 1n, overdue: 2n, uncollectible: 3n }
    expect(mergedReceivables([owed, owed])).toEqual([
      { currency: 'USD', open: 2n, overdue: 4n, uncollectible: 6n },
    ])
  })
})
