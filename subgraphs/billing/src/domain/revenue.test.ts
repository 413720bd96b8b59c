/** Histories of companies by hand. Prices are in minor units. */
import { describe, expect, it } from 'vitest'
import { mrrAt, mrrMonths } from './revenue.ts'
import type { PaidPlan, PayingCompany } from './revenue.ts'

const PRICES: Readonly<Record<string, bigint>> = { TRIAL: 0n, STANDARD: 50_000n, ENTERPRISE: 200_000n }

/** `['2026-01-10', 'STANDARD']`, each until the next; a last one of `null` is the end. */
const company = (
  timeZone: string,
  ...changes: readonly (readonly [string, string | null])[]
): PayingCompany => ({
  tenantId: JSON.stringify(changes),
  timeZone,
  plans: changes.flatMap(([from, tier], place): readonly PaidPlan[] => {
    const end = changes[place + 1]?.[0]
    if (tier === null) return []
    const endsAt = end === undefined ? null : instant(end)
    return [{ startsAt: instant(from), endsAt, tier, monthlyPrice: PRICES[tier] ?? 0n }]
  }),
})

const instant = (text: string): Date => new Date(text.includes('T') ? text : `${text}T00:00:00Z`)

const NOW = instant('2026-04-20')
const MONTHS = ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01']
const told = (...companies: readonly PayingCompany[]) => mrrMonths(companies, MONTHS, NOW)

describe('monthly recurring revenue', () => {
  it('is the price of the plan in force, a trial’s none, and none after the last plan ended', () => {
    const one = company('UTC', ['2026-01-10', 'TRIAL'], ['2026-02-01', 'STANDARD'], ['2026-03-15', null])
    const prices = ['2026-01-09', '2026-01-20', '2026-02-01', '2026-03-14', '2026-03-15'].map((at) =>
      mrrAt(one, instant(at)),
    )
    expect(prices).toEqual([0n, 0n, 50_000n, 50_000n, 0n])
  })

  it('moves by who is new, pays more, pays less, and is gone', () => {
    const months = told(
      company('UTC', ['2025-06-01', 'STANDARD']),
      company('UTC', ['2026-01-10', 'STANDARD'], ['2026-02-10', 'ENTERPRISE']),
      company('UTC', ['2025-12-01', 'ENTERPRISE'], ['2026-03-05', 'STANDARD']),
      company('UTC', ['2025-12-01', 'STANDARD'], ['2026-03-20', null]),
      company('UTC', ['2026-02-01', 'TRIAL'], ['2026-04-10', 'STANDARD']),
    )
    expect(months).toEqual([
      {
        month: '2026-01-01',
        openingMrr: 300_000n,
        newMrr: 50_000n,
        expansionMrr: 0n,
        contractionMrr: 0n,
        churnedMrr: 0n,
        closingMrr: 350_000n,
        openingTenants: 3,
        newTenants: 1,
        churnedTenants: 0,
        tenantChurnRate: 0,
        revenueChurnRate: 0,
        netRevenueRetentionRate: 1,
      },
      expect.objectContaining({ openingMrr: 350_000n, expansionMrr: 150_000n, closingMrr: 500_000n }),
      {
        month: '2026-03-01',
        openingMrr: 500_000n,
        newMrr: 0n,
        expansionMrr: 0n,
        contractionMrr: 150_000n,
        churnedMrr: 50_000n,
        closingMrr: 300_000n,
        openingTenants: 4,
        newTenants: 0,
        churnedTenants: 1,
        tenantChurnRate: 0.25,
        revenueChurnRate: 0.4,
        netRevenueRetentionRate: 0.6,
      },
      expect.objectContaining({ openingMrr: 300_000n, newMrr: 50_000n, closingMrr: 350_000n, newTenants: 1 }),
    ])
  })

  it('closes each month as the next one opens', () => {
    const months = told(
      company('America/Chicago', ['2025-12-15', 'STANDARD'], ['2026-02-01T06:00:00Z', 'ENTERPRISE']),
      company('Pacific/Kiritimati', ['2026-01-02', 'ENTERPRISE'], ['2026-02-28T10:00:00Z', 'TRIAL']),
    )
    for (const [place, { closingMrr }] of months.entries()) {
      expect(months[place + 1]?.openingMrr ?? closingMrr).toBe(closingMrr)
    }
  })

  it('counts what takes effect with a month as that month’s, by the company’s own days', () => {
    const [january, february, march] = told(
      company('America/Chicago', ['2025-12-15', 'STANDARD'], ['2026-02-01T06:00:00Z', 'ENTERPRISE']),
      company('Pacific/Kiritimati', ['2025-12-02', 'ENTERPRISE'], ['2026-02-28T10:00:00Z', 'TRIAL']),
    )
    expect([january?.expansionMrr, february?.expansionMrr]).toEqual([0n, 150_000n])
    expect([february?.churnedMrr, march?.churnedMrr]).toEqual([0n, 200_000n])
  })

  it('counts a trial that signs as new, a plan given up for a trial as churn, and who came back as new', () => {
    const [, february, march, april] = told(
      company(
        'UTC',
        ['2026-01-05', 'TRIAL'],
        ['2026-02-05', 'STANDARD'],
        ['2026-03-05', 'TRIAL'],
        ['2026-04-05', 'ENTERPRISE'],
      ),
    )
    expect([february?.newMrr, march?.churnedMrr, april?.newMrr]).toEqual([50_000n, 50_000n, 200_000n])
    expect([march?.tenantChurnRate, april?.tenantChurnRate]).toEqual([1, null])
  })

  it('does not move by what was taken back within the month', () => {
    const [january] = told(
      company('UTC', ['2025-12-01', 'STANDARD'], ['2026-01-10', 'ENTERPRISE'], ['2026-01-20', 'STANDARD']),
    )
    expect([january?.expansionMrr, january?.contractionMrr]).toEqual([0n, 0n])
  })

  it('has no rate where nobody paid before', () => {
    expect(told()[0]).toMatchObject({ tenantChurnRate: null, revenueChurnRate: null, closingMrr: 0n })
  })
})
