import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { creditsOf } from './attribution.ts'
import type { AttributionModel, Touch } from './attribution.ts'
import type { JourneyEventKind } from './journey-event.ts'

const day = (n: number): Date => new Date(Date.UTC(2026, 2, 1 + n))
const touch = (kind: JourneyEventKind, n: number): Touch => ({ kind, at: day(n) })
const JOURNEY = [touch('KNOCK', 0), touch('INSPECTION', 7), touch('ESTIMATE', 14)]

describe('the credit for a conversion', () => {
  it.each<[AttributionModel, number[]]>([
    ['LAST_TOUCH', [0, 0, 1]],
    ['FIRST_TOUCH', [1, 0, 0]],
    ['LINEAR', [1 / 3, 1 / 3, 1 / 3]],
    // Each week back halves the weight: 1/4, 1/2 and 1 of 7/4.
    ['TIME_DECAY', [1 / 7, 2 / 7, 4 / 7]],
  ])('goes by %s', (model, credits) => {
    expect(creditsOf(model, JOURNEY, day(14))).toEqual(credits.map((credit) => expect.closeTo(credit, 12)))
  })

  it('never goes to the signature or to what came after', () => {
    const touches = [...JOURNEY, touch('SIGNED', 14), touch('CALL', 20)]
    expect(creditsOf('LAST_TOUCH', touches, day(14))).toEqual([0, 0, 1, 0, 0])
  })

  it('goes nowhere when nothing came before', () => {
    expect(creditsOf('LINEAR', [touch('KNOCK', 5)], day(1))).toEqual([0])
  })

  it('adds up to one whatever the journey', () => {
    const touches = fc.array(
      fc.record({
        kind: fc.constantFrom<JourneyEventKind>('KNOCK', 'CALL', 'ESTIMATE'),
        at: fc.integer({ min: 0, max: 30 }).map(day),
      }),
      { minLength: 1, maxLength: 12 },
    )
    const models = fc.constantFrom<AttributionModel>('LAST_TOUCH', 'FIRST_TOUCH', 'LINEAR', 'TIME_DECAY')
    fc.assert(
      fc.property(models, touches, (model, journey) => {
        const credits = creditsOf(model, journey, day(30))
        expect(credits.reduce((sum, credit) => sum + credit, 0)).toBeCloseTo(1, 9)
        expect(credits.every((credit) => credit >= 0 && credit <= 1)).toBe(true)
      }),
    )
  })
})
