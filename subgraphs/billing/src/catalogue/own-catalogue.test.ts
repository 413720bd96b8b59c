import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readCatalogue } from './read-catalogue.ts'

const OWN = JSON.parse(readFileSync(new URL('../../catalogues/stormops.json', import.meta.url), 'utf8'))

const withPlan = (over: object): string => JSON.stringify({ ...OWN, plans: [{ ...OWN.plans[1], ...over }] })

describe('the platform’s own catalogue', () => {
  it.each([
    ['a plan of its own kind', { tier: 'GOLD' }, 'GOLD version 1: the platform has no such plan.'],
    ['a price by agreement', { monthlyPrice: null }, 'STANDARD version 1: everybody pays the price it names'],
    ['a plan that says nothing', { charges: [] }, 'it says nothing of what is counted.'],
    [
      'an allowance by the day',
      { charges: [{ metric: 'STORMS', limit: 'HARD', included: 1, window: 'DAY' }] },
      'STORMS is held to limits by the month, and not by the day.',
    ],
  ])('cannot have %s', (_what, over, fault) => {
    expect(() => readCatalogue(withPlan(over))).toThrow(fault)
    expect(() => readCatalogue(withPlan(over).replace('"stormops"', '"other"'))).not.toThrow()
  })

  it('counts what the platform counts', () => {
    const roofs = { key: 'ROOFS', name: 'Roofs', unit: 'roof', aggregation: 'MAX' }
    const text = JSON.stringify({ ...OWN, metrics: [...OWN.metrics, roofs] })
    expect(() => readCatalogue(text)).toThrow('Nothing on the platform is counted as ROOFS.')
  })
})
