import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OTHERS, usageSeries } from './usage-series.ts'
import type { Total } from './usage-series.ts'

const total = (company: string, used: number): Total => ({ company, totals: { used } })

describe('series of companies', () => {
  it('names the largest and counts the others together', () => {
    const series = usageSeries(2)
    expect(series.of([total('a', 9), total('b', 5), total('c', 3), total('d', 1)])).toEqual([
      total('a', 9),
      total('b', 5),
      total(OTHERS, 4),
    ])
  })

  it('keeps who is named, however others grow', () => {
    const series = usageSeries(1)
    series.of([total('a', 9), total('b', 5)])
    expect(series.of([total('b', 50), total('a', 10)])).toEqual([total('a', 10), total(OTHERS, 50)])
  })

  it('has no others where all are named', () => {
    expect(usageSeries(2).of([total('a', 1)])).toEqual([total('a', 1)])
  })

  it('never tells less than it told, and of no more companies than it may', () => {
    const companies = ['a', 'b', 'c', 'd', 'e', 'f']
    const month = fc.array(fc.nat(100), { minLength: 6, maxLength: 6 })
    fc.assert(
      fc.property(
        fc.array(month, { minLength: 2, maxLength: 8 }),
        fc.integer({ min: 1, max: 6 }),
        (months, most) => {
          const series = usageSeries(most)
          const told = new Map<string, number>()
          for (const amounts of months) {
            const all = companies
              .map((company, index) => total(company, amounts[index] ?? 0))
              .toSorted((one, other) => (other.totals['used'] ?? 0) - (one.totals['used'] ?? 0))
            const now = series.of(all)
            expect(now.length).toBeLessThanOrEqual(most + 1)
            for (const { company, totals } of now) {
              expect(totals['used']).toBeGreaterThanOrEqual(told.get(company) ?? 0)
              told.set(company, totals['used'] ?? 0)
            }
          }
        },
      ),
    )
  })
})
