import { money } from '@stormops/chassis/values/money'
import { describe, expect, it } from 'vitest'
import { plansOfferedAt, planToSign } from './plan.ts'
import type { Plan } from './plan.ts'

const aPlan = (difference: Partial<Plan>): Plan => ({
  tier: 'STANDARD',
  version: 1,
  currency: 'USD',
  monthlyPrice: money(50_000n, 'USD'),
  retiredAt: null,
  offeredFrom: new Date('2026-01-01T00:00:00Z'),
  charges: [],
  ...difference,
})

const MARCH = new Date('2026-03-01T00:00:00Z')

describe('the catalogue', () => {
  it('offers the newest version of each tier, smallest tier first', () => {
    const catalogue = [
      aPlan({ tier: 'ENTERPRISE' }),
      aPlan({ tier: 'STANDARD', version: 2 }),
      aPlan({ tier: 'STANDARD', version: 1 }),
      aPlan({ tier: 'TRIAL' }),
    ]
    const offered = plansOfferedAt(catalogue, MARCH).map(({ tier, version }) => [tier, version])
    expect(offered).toEqual([
      ['TRIAL', 1],
      ['STANDARD', 2],
      ['ENTERPRISE', 1],
    ])
  })

  it('offers a version from its first instant, and not a millisecond before', () => {
    const catalogue = [aPlan({ version: 1 }), aPlan({ version: 2, offeredFrom: MARCH })]
    const justBefore = new Date(MARCH.getTime() - 1)
    expect(planToSign(catalogue, 'STANDARD', justBefore)?.version).toBe(1)
    expect(planToSign(catalogue, 'STANDARD', MARCH)?.version).toBe(2)
  })

  it('goes by the version’s number and not by the order of the rows', () => {
    const catalogue = [9, 10, 2].map((version) => aPlan({ version }))
    expect(planToSign(catalogue, 'STANDARD', MARCH)?.version).toBe(10)
  })

  it('has nothing to sign for a tier that is not offered yet', () => {
    expect(planToSign([aPlan({ tier: 'TRIAL' })], 'ENTERPRISE', MARCH)).toBeNull()
    expect(plansOfferedAt([aPlan({ offeredFrom: new Date('2026-03-02T00:00:00Z') })], MARCH)).toEqual([])
  })
})
