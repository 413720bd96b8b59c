import { describe, expect, it } from 'vitest'
import {
  betaCdf,
  betaSf,
  binomialUpperTail,
  chiSquareQuantile,
  chiSquareSf,
  normalCdf,
  normalQuantile,
  normalSf,
  studentQuantile,
  studentSf,
} from './distributions.ts'

/** Relative agreement, for tails where an absolute tolerance would accept 0. */
function expectClose(actual: number, expected: number, relative = 1e-10): void {
  expect(Math.abs(actual / expected - 1)).toBeLessThan(relative)
}

// Expected values are SciPy 1.17 (scipy.stats) unless another source is named.
describe('the normal distribution', () => {
  it('keeps its digits thirty standard deviations out', () => {
    expectClose(normalSf(30), 4.906713927147908e-198)
    expectClose(normalCdf(-30), 4.906713927147908e-198)
  })

  it('is never 0 at a finite point, however far', () => {
    expect(normalSf(60)).toBeGreaterThan(0)
    expect(chiSquareSf(1e6, 1)).toBeGreaterThan(0)
    expect(chiSquareSf(1e6, 9)).toBeGreaterThan(0)
    expect(binomialUpperTail(90_000, 100_000, 0.02)).toBeGreaterThan(0)
    expect(studentSf(1e6, 1e5)).toBeGreaterThan(0)
  })

  it('gives the quantiles of every statistics table', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14)
    expect(normalQuantile(0.025)).toBeCloseTo(-1.959963984540054, 14)
    expect(normalQuantile(0.8)).toBeCloseTo(0.8416212335729143, 14)
    expect(normalQuantile(0.5)).toBeCloseTo(0, 14)
    expect(normalQuantile(1)).toBe(Infinity)
  })
})

describe('chi-square', () => {
  it('agrees in the body and far in the tail', () => {
    expectClose(chiSquareSf(10.828, 1), 0.0009997657195830916)
    expectClose(chiSquareSf(1000, 9), 1.7240681189224405e-209)
    expect(chiSquareSf(0, 1)).toBe(1)
    expect(chiSquareSf(-1, 4)).toBe(1)
  })

  it('inverts to the 99 % point', () => {
    expectClose(chiSquareQuantile(0.99, 9), 21.665994333461924)
  })
})

describe('Student’s t', () => {
  it.each([
    [0.975, 1, 12.706204736174694],
    [0.975, 2.5, 3.5746548420036817],
    [0.975, 17.3, 2.1070320037534676],
    [0.995, 5, 4.032142983555228],
    [0.975, 1999.5, 1.961151123060678],
    [0.975, 2000.5, 1.9611505292867293],
    [0.975, 42_000.7, 1.9600204678470696],
  ])('has its %f quantile at %f degrees of freedom', (p, degrees, expected) => {
    expectClose(studentQuantile(p, degrees), expected)
    expectClose(studentQuantile(1 - p, degrees), -expected)
  })

  it('has a median of 0 and a tail that does not vanish', () => {
    expect(studentQuantile(0.5, 7)).toBe(0)
    expectClose(studentSf(60, 20), 2.340325799678465e-24)
    expectClose(studentSf(-60, 20), 1)
  })
})

describe('the binomial upper tail', () => {
  it.each([
    [5, 100, 0.05083044536950036],
    [12, 200, 0.0007861638106644856],
    [1, 149, 0.9507183456699104],
    [900, 20_000, 5.874458390690541e-105],
  ])('P(X ≥ %i of %i) at 2 %', (k, n, expected) => {
    expectClose(binomialUpperTail(k, n, 0.02), expected)
  })

  it('is certain for none and impossible for more than all', () => {
    expect(binomialUpperTail(0, 10, 0.02)).toBe(1)
    expect(binomialUpperTail(11, 10, 0.02)).toBe(0)
  })
})

describe('the beta distribution', () => {
  it('agrees for the posterior of a large arm', () => {
    expectClose(betaCdf(0.18, 3895, 17_414), 0.1461882995662467)
    expectClose(betaCdf(0.25, 250_001, 750_001), 0.4996928942798773)
    expectClose(betaSf(0.2505, 250_001, 750_001), 1 - 0.8756308588403217)
  })

  it('is 0 below its range and 1 above', () => {
    expect([betaCdf(-0.1, 2, 3), betaCdf(1.1, 2, 3), betaSf(-0.1, 2, 3), betaSf(1.1, 2, 3)]).toEqual([
      0, 1, 1, 0,
    ])
  })
})
