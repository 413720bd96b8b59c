import { Fault } from '@stormops/chassis/fault'
import { rational } from '@stormops/chassis/values/rational'
import { describe, expect, it } from 'vitest'
import { readCatalogue } from './read-catalogue.ts'

const aCharge = (difference: object): object => ({
  metric: 'EVENTS',
  limit: 'SOFT',
  included: 10,
  model: 'PER_UNIT',
  unitPrice: '0.10 USD',
  ...difference,
})

const aTiered = (tiers: readonly object[]): object => ({
  metric: 'EVENTS',
  limit: 'SOFT',
  included: 0,
  model: 'GRADUATED',
  tiers,
})

const aPlan = (difference: object): object => ({
  tier: 'PRO',
  name: 'Pro',
  version: 1,
  offeredFrom: '2026-01-01T00:00:00Z',
  monthlyPrice: '499 USD',
  charges: [aCharge({})],
  ...difference,
})

const EVENTS = { key: 'EVENTS', name: 'Events', unit: 'event', aggregation: 'SUM' }

const aCatalogue = (difference: object): string =>
  JSON.stringify({ name: 'analytics', currency: 'USD', metrics: [EVENTS], plans: [aPlan({})], ...difference })

const charging = (...charges: readonly object[]): string => aCatalogue({ plans: [aPlan({ charges })] })

const faultsOf = (text: string): readonly string[] => {
  try {
    readCatalogue(text)
  } catch (error) {
    if (error instanceof Fault && Array.isArray(error.facts['faults'])) return error.facts['faults']
    throw error
  }
  return []
}

describe('a catalogue', () => {
  it('is read with its prices in exact minor units', () => {
    const [plan] = readCatalogue(
      charging(aCharge({ window: 'DAY', unitSize: 1000, unitPrice: '0.0005 USD' })),
    ).plans
    expect(plan).toEqual({
      tier: 'PRO',
      name: 'Pro',
      version: 1,
      currency: 'USD',
      offeredFrom: new Date('2026-01-01T00:00:00Z'),
      monthlyPrice: { minorUnits: 49_900n, currency: 'USD' },
      charges: [
        {
          metric: 'EVENTS',
          window: 'DAY',
          unitSize: 1000n,
          limit: 'SOFT',
          included: 10n,
          price: { model: 'PER_UNIT', unitPrice: rational(1n, 20n) },
        },
      ],
    })
  })

  it('may have a price by agreement, charges by tiers, and several versions of a plan', () => {
    const tiers = [
      { upTo: 100, unitPrice: '0.02 USD', flatFee: '5 USD' },
      { upTo: null, unitPrice: '0.01 USD' },
    ]
    const versions = [aPlan({ monthlyPrice: null, charges: [aTiered(tiers)] }), aPlan({ version: 2 })]
    const { plans } = readCatalogue(aCatalogue({ plans: versions }))
    expect(plans.map(({ version, monthlyPrice }) => [version, monthlyPrice?.minorUnits])).toEqual([
      [1, undefined],
      [2, 49_900n],
    ])
    expect(plans[0]?.charges[0]?.price).toEqual({
      model: 'GRADUATED',
      tiers: [
        { upTo: 100n, unitPrice: rational(2n), flatFee: 500n },
        { upTo: null, unitPrice: rational(1n), flatFee: 0n },
      ],
    })
  })
})

describe('a catalogue is refused', () => {
  const open = { upTo: null, unitPrice: '1 USD' }
  const to = (upTo: number): object => ({ upTo, unitPrice: '1 USD' })

  it.each<readonly [string, string, RegExp]>([
    ['for a metric declared twice', aCatalogue({ metrics: [EVENTS, EVENTS] }), /EVENTS is declared twice/],
    ['for a metric charged twice', charging(aCharge({}), aCharge({})), /EVENTS is charged twice/],
    [
      'for a metric nobody declared',
      charging(aCharge({ metric: 'HAIL' })),
      /nobody declared the metric HAIL/,
    ],
    [
      'for a version that is there twice',
      aCatalogue({ plans: [aPlan({}), aPlan({})] }),
      /PRO version 1 is there twice/,
    ],
    ['for tiers that do not ascend', charging(aTiered([to(10), to(10), open])), /do not ascend/],
    ['for tiers that begin below one', charging(aTiered([to(0), open])), /do not ascend/],
    ['for a last tier that is not open', charging(aTiered([to(10)])), /last tier is not open/],
    ['for an open tier before the last', charging(aTiered([open, open])), /only the last tier is open/],
    ['for no tiers', charging(aTiered([])), /plans\.0\.charges\.0\.tiers/],
    ['for a negative unit price', charging(aCharge({ unitPrice: '-0.10 USD' })), /-0\.10 USD is negative/],
    [
      'for a negative base price',
      aCatalogue({ plans: [aPlan({ monthlyPrice: '-1 USD' })] }),
      /-1 USD is negative/,
    ],
    ['for a negative fee', charging(aTiered([{ ...open, flatFee: '-1 USD' }])), /-1 USD is negative/],
    [
      'for a unit price in another currency',
      charging(aCharge({ unitPrice: '1 EUR' })),
      /in EUR, and the catalogue in USD/,
    ],
    [
      'for a base price in another currency',
      aCatalogue({ plans: [aPlan({ monthlyPrice: '1 EUR' })] }),
      /in EUR/,
    ],
    ['for a fee in another currency', charging(aTiered([{ ...open, flatFee: '1 EUR' }])), /in EUR/],
    [
      'for a base price in parts of a cent',
      aCatalogue({ plans: [aPlan({ monthlyPrice: '0.005 USD' })] }),
      /whole minor/,
    ],
    ['for a soft limit without a price', charging(aCharge({ unitPrice: undefined })), /unitPrice/],
    ['for a soft limit without a model', charging(aCharge({ model: undefined })), /model/],
    [
      'for a hard limit with a price',
      charging({ metric: 'EVENTS', limit: 'HARD', included: 1, unitPrice: '1 USD' }),
      /unitPrice/,
    ],
    [
      'for a hard limit with a model',
      charging({ metric: 'EVENTS', limit: 'HARD', included: 1, model: 'PER_UNIT' }),
      /model/,
    ],
    [
      'for no limit with a price',
      charging({ metric: 'EVENTS', limit: 'UNLIMITED', unitPrice: '1 USD' }),
      /unitPrice/,
    ],
    ['for a limit that includes a part of a unit', charging(aCharge({ included: 0.5 })), /included/],
    ['for a limit below nothing', charging(aCharge({ included: -1 })), /included/],
    ['for a unit of nothing', charging(aCharge({ unitSize: 0 })), /unitSize/],
    [
      'for a base price left out',
      aCatalogue({ plans: [aPlan({ monthlyPrice: undefined })] }),
      /monthlyPrice/,
    ],
    ['for a price that is a number', aCatalogue({ plans: [aPlan({ monthlyPrice: 499 })] }), /monthlyPrice/],
    ['for a price that is none', charging(aCharge({ unitPrice: '$1' })), /"\$1" is not a price/],
    ['for an unknown member', aCatalogue({ discount: 5 }), /discount/],
    ['for what is not JSON', '{', /not JSON/],
  ])('%s', (_name, text, fault) => {
    expect(faultsOf(text).join('\n')).toMatch(fault)
  })

  it('for everything at once', () => {
    expect(
      faultsOf(charging(aCharge({ metric: 'HAIL' }), aCharge({ metric: 'SNOW', unitPrice: '1 EUR' }))),
    ).toEqual([
      'PRO version 1: nobody declared the metric HAIL.',
      'PRO version 1: nobody declared the metric SNOW.',
      'PRO version 1: a price is in EUR, and the catalogue in USD.',
    ])
  })
})
