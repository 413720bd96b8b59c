import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { probabilityAbove } from './beta-comparison.ts'

const arm = (conversions: number, n: number) => ({ n, conversions })

describe('the probability of a lift', () => {
  // P(p₁ > p₀): the exact finite sum over the first posterior's count (Miller 2015) with mpmath at 40 digits.
  it.each([
    [arm(3, 10), arm(2, 10), 0.682441397611676],
    [arm(30, 100), arm(20, 100), 0.947603103352369],
    [arm(180, 1000), arm(40, 250), 0.757560265759985],
    [arm(0, 0), arm(0, 0), 0.5],
    [arm(0, 0), arm(10, 1000), 0.989021956087824],
    [arm(0, 5), arm(1333, 4000), 0.087955987716913],
  ])('of %o over %o is exact to 1e-10', (treat, control, expected) => {
    expect(Math.abs(probabilityAbove(treat, control, 0) - expected)).toBeLessThan(1e-10)
  })

  // SciPy: twelve-point Gauss–Legendre on 1,600 panels over the posteriors' quantiles.
  it.each([
    [arm(30, 100), arm(20, 100), 0.1, 0.4877018630714201],
    [arm(180, 1000), arm(40, 250), 0.1, 0.0003589333448830594],
    [arm(0, 5), arm(1333, 4000), 0.1, 0.03319639331607332],
    [arm(3894, 21_307), arm(2262, 21_306), 0.0765, 0.5095542992447962],
    [arm(3894, 21_307), arm(2262, 21_306), 0, 1],
    [arm(3894, 21_307), arm(3800, 21_306), 0, 0.8812980054861065],
    [arm(400_000, 2_000_000), arm(199_900, 1_000_000), 0, 0.5807187843227322],
    [arm(0, 800), arm(0, 200), 0, 0.2005988023952094],
    [arm(3, 3_000_000), arm(0, 10), 0, 1.4666534667610089e-5],
    [arm(800, 800), arm(199, 200), 0, 0.9599203192017575],
    [arm(250_000, 1_000_000), arm(5, 30), 0.1, 0.31734535309771833],
  ])('of %o over %o by more than %f', (treat, control, margin, expected) => {
    expect(Math.abs(probabilityAbove(treat, control, margin) - expected)).toBeLessThan(1e-9)
  })

  it('of two untouched priors by ten points is half of 0.9 squared', () => {
    expect(probabilityAbove(arm(0, 0), arm(0, 0), 0.1)).toBeCloseTo(0.405, 12)
    expect(probabilityAbove(arm(0, 0), arm(0, 0), 1)).toBe(0)
    expect(probabilityAbove(arm(0, 0), arm(0, 0), -1)).toBeCloseTo(1, 12)
  })

  it('and of its opposite make 1, at any size', () => {
    const anArm = fc
      .tuple(fc.integer({ min: 0, max: 3_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([n, share]) => arm(Math.round(n * share), n))
    fc.assert(
      fc.property(anArm, anArm, fc.constantFrom(0, 0.1, 0.003), (treat, control, margin) => {
        const above = probabilityAbove(treat, control, margin)
        const below = probabilityAbove(control, treat, -margin)
        expect(Math.abs(above + below - 1)).toBeLessThan(1e-8)
      }),
      { numRuns: 60 },
    )
  })
})
