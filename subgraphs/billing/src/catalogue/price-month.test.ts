import { money } from '@stormops/chassis/values/money'
import { describe, expect, it } from 'vitest'
import { priceMonth } from './price-month.ts'
import type { MonthToPrice } from './price-month.ts'
import { openCatalogue } from './read-catalogue.ts'

const aMonth = (over: Partial<MonthToPrice> = {}): MonthToPrice => ({
  catalogue: openCatalogue('stormops'),
  tier: 'STANDARD',
  version: null,
  month: '2026-11-01',
  usage: new Map(),
  agreedPrice: null,
  ...over,
})

describe('the price of a month', () => {
  it('is that of an invoice', () => {
    const usage = new Map([
      ['STORMS', 7n],
      ['PROPERTIES', 6_000n],
      ['MODEL_CALLS', 15_000n],
    ])
    expect(priceMonth(aMonth({ usage })).total).toEqual(money(85_000n, 'USD'))
  })

  it('asks for what was agreed where the plan names no price', () => {
    const byAgreement = { catalogue: openCatalogue('graph-analytics'), tier: 'ENTERPRISE' }
    expect(() => priceMonth(aMonth(byAgreement))).toThrow('The price of ENTERPRISE is by agreement')
    const agreed = priceMonth(aMonth({ ...byAgreement, agreedPrice: money(500_000n, 'USD') }))
    expect(agreed.base).toEqual(money(500_000n, 'USD'))
  })

  it.each([
    ['a plan', { tier: 'GOLD' }, 'The catalogue stormops has no plan GOLD.'],
    ['a version', { version: 2 }, 'The catalogue stormops has no plan STANDARD in version 2.'],
    ['a metric', { usage: new Map([['ROOFS', 1n]]) }, 'The catalogue stormops does not count ROOFS.'],
  ])('cannot be told of %s that is not there', (_what, over, fault) => {
    expect(() => priceMonth(aMonth(over))).toThrow(fault)
  })

  it.each(openCatalogue('video-rendering').plans.filter(({ monthlyPrice }) => monthlyPrice !== null))(
    'spreads over the days what is included by the day: $tier',
    ({ tier }) => {
      const catalogue = openCatalogue('video-rendering')
      const usage = new Map(catalogue.metrics.map(({ key }) => [key, 61n]))
      const { lines } = priceMonth(aMonth({ catalogue, tier, usage }))
      const used = lines.flatMap((line) => (line.kind === 'USAGE' ? [line.quantity] : []))
      expect(used).toEqual(Array(catalogue.metrics.length).fill(61n))
    },
  )
})
