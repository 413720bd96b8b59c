import { describe, expect, it } from 'vitest'
import { achievedEffect, ASSUMED_BASELINE, minimumDetectableEffect, plannedEffect } from './power.ts'

describe('the minimum detectable effect', () => {
  it('of 1,000 properties split 80/20 is 10.24 points at the assumed baseline', () => {
    // Solved with SciPy's brentq: 0.10239541898153515. A baseline of 20 % gives 9.68 points, one of 30 % 10.63.
    expect(ASSUMED_BASELINE).toBe(0.25)
    expect(plannedEffect(800, 200)).toBeCloseTo(0.1024, 4)
    expect(plannedEffect(800, 200)).toBeCloseTo(0.10239541898153515, 12)
    expect(plannedEffect(800, 200, 0.2)).toBeCloseTo(0.09678789580461344, 12)
    expect(plannedEffect(800, 200, 0.3)).toBeCloseTo(0.10634070935577887, 12)
  })

  it('uses the observed control rate once there is one', () => {
    const achieved = achievedEffect({ n: 800, conversions: 500 }, { n: 200, conversions: 40 })
    expect(achieved).toBe(minimumDetectableEffect(800, 200, 0.2))
  })

  it('shrinks with more properties and with a more even split', () => {
    expect(plannedEffect(8000, 2000)!).toBeLessThan(plannedEffect(800, 200)!)
    expect(plannedEffect(500, 500)!).toBeLessThan(plannedEffect(800, 200)!)
  })

  it('is unknown without a control, and where nothing is left to gain', () => {
    expect(plannedEffect(1000, 0)).toBeNull()
    expect(plannedEffect(0, 1000)).toBeNull()
    expect(plannedEffect(800, 200, 1)).toBeNull()
    expect(plannedEffect(2, 2)).toBeNull()
    expect(achievedEffect({ n: 10, conversions: 1 }, { n: 0, conversions: 0 })).toBeNull()
    expect(plannedEffect(800, 200, 0)).toBeGreaterThan(0)
  })
})
