import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyCapacity, type Candidate, decide, draw, type Policy, POLICIES } from './policy.ts'

const aScore = fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(0, 0.1, 0.2))
const aDraw = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  fc.constantFrom(0.1, 0.2, 0.3, 0.9, 0.95),
)
const aPolicy = fc.constantFrom(...Object.values(POLICIES))

function candidates(
  policy: Policy,
  scored: readonly (readonly [id: string, score: number | null, v: number])[],
): Candidate[] {
  return scored.map(([propertyId, score, v]) => ({
    propertyId,
    score,
    v,
    ...decide(policy, score, v, false),
  }))
}

describe('the draw', () => {
  // First 48 bits of the digest over 2^48, with Python's hashlib.
  it.each([
    ['salt', 'p-1', 0x8e68afc1674c / 2 ** 48],
    ['salt', 'p-2', 0x666d909994ff / 2 ** 48],
    ['storm-7', '0192f3c4-0000-7000-8000-000000000001', 0.07669184230451265],
    ['größe', 'Straße 5', 0.4305167471884168],
    ['', '', 0.43048164923648],
  ])('of salt %j and property %j never changes', (salt, id, expected) => {
    expect(draw(salt, id)).toBe(expected)
  })

  it('is in [0, 1), repeats itself, and keeps salt and id apart', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (salt, id) => {
        const v = draw(salt, id)
        return v >= 0 && v < 1 && draw(salt, id) === v
      }),
    )
    expect(draw('ab', 'c')).not.toBe(draw('a', 'bc'))
  })

  it('sends every share to its place', () => {
    const held = Array.from({ length: 20_000 }, (_, i) => draw('even', `property ${i}`)).filter(
      (v) => v < 0.2,
    ).length
    // Four standard deviations of a binomial with 20 %.
    expect(Math.abs(held - 4000)).toBeLessThan(4 * Math.sqrt(20_000 * 0.2 * 0.8))
  })
})

describe('the decision', () => {
  it.each([
    [0.1, 0.2, 'TREAT', 'ABOVE_THRESHOLD'],
    [0.1, 0.19999, 'HOLD', 'RANDOM_CONTROL'],
    [0.0999, 0.2, 'HOLD', 'BELOW_THRESHOLD'],
    [0.0999, 0.95, 'TREAT', 'EXPLORATION'],
    [-1, 0.94999, 'HOLD', 'BELOW_THRESHOLD'],
    [null, 0.99, 'HOLD', 'UNSCORED'],
    [NaN, 0.99, 'HOLD', 'UNSCORED'],
    [Infinity, 0.99, 'HOLD', 'UNSCORED'],
  ])('of MODERATE for uplift %s and draw %f is %s (%s)', (score, v, decision, reason) => {
    expect(decide(POLICIES.MODERATE, score, v, false)).toEqual({ decision, reason })
  })

  it('leaves a suppressed property alone, whatever it scores', () => {
    fc.assert(
      fc.property(aPolicy, fc.option(aScore), aDraw, (policy, score, v) => {
        expect(decide(policy, score, v, true)).toEqual({ decision: 'EXCLUDED', reason: 'SUPPRESSED' })
      }),
    )
  })

  it('treats with every bolder mode what the more careful one treats', () => {
    fc.assert(
      fc.property(fc.option(aScore), aDraw, (score, v) => {
        const treats = (mode: keyof typeof POLICIES) =>
          decide(POLICIES[mode], score, v, false).decision === 'TREAT'
        if (treats('CONSERVATIVE')) expect(treats('MODERATE')).toBe(true)
        if (treats('MODERATE')) expect(treats('AGGRESSIVE')).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('holds back by chance only at or above the threshold, and explores only below', () => {
    fc.assert(
      fc.property(aPolicy, aScore, aDraw, (policy, score, v) => {
        const { reason } = decide(policy, score, v, false)
        const isAbove = reason === 'RANDOM_CONTROL' || reason === 'ABOVE_THRESHOLD'
        expect(isAbove).toBe(score >= policy.threshold)
      }),
    )
  })
})

describe('the capacity', () => {
  const HALF = POLICIES.CONSERVATIVE

  it('cuts the lowest scores first', () => {
    const {
      candidates: after,
      capacity,
      highestCutScore,
    } = applyCapacity(
      HALF,
      candidates(HALF, [
        ['a', 0.5, 0.9],
        ['b', 0.3, 0.9],
        ['c', 0.4, 0.9],
        ['d', 0.6, 0.1],
        ['e', null, 0.5],
      ]),
    )
    expect(capacity).toBe(2)
    expect(highestCutScore).toBe(0.3)
    expect(after.map(({ propertyId, reason }) => `${propertyId} ${reason}`)).toEqual([
      'a ABOVE_THRESHOLD',
      'b CAPACITY',
      'c ABOVE_THRESHOLD',
      'd RANDOM_CONTROL',
      'e UNSCORED',
    ])
  })

  it('cuts equal scores from the lowest draw, then from the lowest id', () => {
    const cut = (scored: readonly (readonly [string, number, number])[]) =>
      applyCapacity(HALF, candidates(HALF, scored))
        .candidates.filter(({ reason }) => reason === 'CAPACITY')
        .map(({ propertyId }) => propertyId)
    expect(
      cut([
        ['a', 0.4, 0.9],
        ['b', 0.4, 0.5],
      ]),
    ).toEqual(['b'])
    expect(
      cut([
        ['b', 0.4, 0.7],
        ['a', 0.4, 0.7],
      ]),
    ).toEqual(['a'])
  })

  it('does not count excluded properties as eligible', () => {
    const two = candidates(HALF, [
      ['a', 0.4, 0.9],
      ['b', 0.5, 0.9],
    ])
    const excluded: Candidate = { propertyId: 'x', score: 0.9, v: 0.9, ...decide(HALF, 0.9, 0.9, true) }
    expect(applyCapacity(HALF, [...two, excluded, excluded]).capacity).toBe(1)
  })

  it('never loses a whole property to rounding', () => {
    const policy: Policy = { ...POLICIES.MODERATE, capacityShare: 0.29 }
    const hundred = Array.from({ length: 100 }, (_, i) => [`p${i}`, 0.5, 0.9] as const)
    expect(applyCapacity(policy, candidates(policy, hundred)).capacity).toBe(29)
  })

  it('changes nothing without a cap, or below it', () => {
    const scored = candidates(POLICIES.MODERATE, [
      ['a', 0.4, 0.9],
      ['b', 0.5, 0.9],
    ])
    expect(applyCapacity(POLICIES.MODERATE, scored)).toEqual({
      candidates: scored,
      capacity: null,
      highestCutScore: null,
    })
    const few = candidates(HALF, [
      ['a', 0.4, 0.9],
      ['b', 0.5, 0.1],
    ])
    expect(applyCapacity(HALF, few)).toEqual({ candidates: few, capacity: 1, highestCutScore: null })
  })

  it('treats at most the capacity, and nobody below somebody who was cut', () => {
    const aProperty = fc.tuple(fc.option(aScore), aDraw)
    fc.assert(
      fc.property(
        fc.array(aProperty, { maxLength: 60 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (all, share) => {
          const policy: Policy = { ...POLICIES.AGGRESSIVE, capacityShare: share }
          const before = candidates(
            policy,
            all.map(([score, v], i) => [`p${i}`, score, v] as const),
          )
          const { candidates: after, capacity, highestCutScore } = applyCapacity(policy, before)
          const treated = after.filter(({ decision }) => decision === 'TREAT')
          const wanted = before.filter(({ decision }) => decision === 'TREAT')
          expect(treated.length).toBe(Math.min(wanted.length, capacity!))
          for (const { score } of treated) expect(score!).toBeGreaterThanOrEqual(highestCutScore ?? -1)
          // The order in which candidates arrive is the database's business.
          const reversed = applyCapacity(policy, before.toReversed()).candidates.toReversed()
          expect(reversed).toEqual(after)
        },
      ),
    )
  })
})
