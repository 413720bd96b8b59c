import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alwaysValid } from './always-valid.ts'
import { complierEffect } from './complier.ts'
import { katz } from './katz.ts'
import { mantelHaenszel } from './mantel-haenszel.ts'
import { newcombe } from './newcombe.ts'
import type { Proportion } from './proportion.ts'
import { twoProportionTest } from './two-proportion-test.ts'
import { wilson } from './wilson.ts'

/** 'conversions / n', the way tables print it. */
function arm(conversions: number, n: number): Proportion {
  return { n, conversions }
}

const anArm = fc
  .tuple(fc.integer({ min: 1, max: 3_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([n, share]) => arm(Math.round(n * share), n))

/** The full-size measured experiment: 21,307 treated, 21,306 held back. */
const REAL = { treat: arm(3894, 21_307), control: arm(2262, 21_306) }

describe('the rate of an arm', () => {
  // Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i has the published Wilson interval', (conversions, n, low, high) => {
    const { interval } = wilson(arm(conversions, n))!
    expect(interval.low).toBeCloseTo(low, 4)
    expect(interval.high).toBeCloseTo(high, 4)
  })

  it('is unknown for an empty arm', () => {
    expect(wilson(arm(0, 0))).toBeNull()
  })

  it('stays in 0–1 and in its interval, at any size', () => {
    fc.assert(
      fc.property(anArm, (any) => {
        const { value, interval } = wilson(any)!
        return 0 <= interval.low && interval.low <= value && value <= interval.high && interval.high <= 1
      }),
    )
  })
})

describe('the absolute lift', () => {
  // Newcombe, Statistics in Medicine 17 (1998) 873–890, table II, method 10.
  it.each([
    [arm(56, 70), arm(48, 80), 0.0524, 0.3339],
    [arm(9, 10), arm(3, 10), 0.1705, 0.809],
    [arm(6, 7), arm(2, 7), 0.0582, 0.8062],
    [arm(5, 56), arm(0, 29), -0.0381, 0.1926],
    [arm(0, 10), arm(0, 20), -0.1611, 0.2775],
    [arm(0, 10), arm(0, 10), -0.2775, 0.2775],
    [arm(10, 10), arm(0, 20), 0.6791, 1],
    [arm(10, 10), arm(0, 10), 0.6075, 1],
  ])('of %o over %o has the published interval', (treat, control, low, high) => {
    const { interval } = newcombe(treat, control)!
    expect(interval.low).toBeCloseTo(low, 4)
    expect(interval.high).toBeCloseTo(high, 4)
  })

  it('of the measured experiment is 7.66 points', () => {
    const lift = newcombe(REAL.treat, REAL.control)!
    // Newcombe's formula written out with NumPy.
    expect(lift.value).toBeCloseTo(0.07658956365153125, 14)
    expect(lift.interval.low).toBeCloseTo(0.06995330808373154, 12)
    expect(lift.interval.high).toBeCloseTo(0.08322674127411137, 12)
  })

  it('meets a threshold that it equals', () => {
    expect(newcombe(arm(30, 100), arm(20, 100))!.value).toBe(0.1)
  })

  it('changes its sign with the arms, and contains its estimate', () => {
    fc.assert(
      fc.property(anArm, anArm, (treat, control) => {
        const there = newcombe(treat, control)!
        const back = newcombe(control, treat)!
        expect(back.value + there.value).toBe(0)
        expect(back.interval.low).toBeCloseTo(-there.interval.high, 12)
        expect(back.interval.high).toBeCloseTo(-there.interval.low, 12)
        expect(there.interval.low).toBeLessThanOrEqual(there.value)
        expect(there.interval.high).toBeGreaterThanOrEqual(there.value)
      }),
    )
  })
})

describe('the relative lift', () => {
  it('agrees with the Physicians’ Health Study', () => {
    // 104 of 11,037 on aspirin and 189 of 11,034 on placebo had an infarction; the log interval by SciPy.
    const { value, interval } = katz(arm(104, 11_037), arm(189, 11_034))!
    expect(value + 1).toBeCloseTo(0.5501149812103875, 12)
    expect(interval.low + 1).toBeCloseTo(0.43367311590896745, 10)
    expect(interval.high + 1).toBeCloseTo(0.6978216574892077, 10)
  })

  it('of the measured experiment is 72 %', () => {
    const { value, interval } = katz(REAL.treat, REAL.control)!
    expect(value).toBeCloseTo(0.721404616781399, 12)
    expect(interval.low).toBeCloseTo(0.6403848884800003, 10)
    expect(interval.high).toBeCloseTo(0.806425964714953, 10)
  })

  it.each([
    [arm(0, 10), arm(3, 10)],
    [arm(10, 10), arm(3, 10)],
    [arm(3, 10), arm(0, 10)],
    [arm(3, 10), arm(10, 10)],
    [arm(0, 0), arm(3, 10)],
  ])('is undefined with an empty cell: %o, %o', (treat, control) => {
    expect(katz(treat, control)).toBeNull()
  })
})

describe('the test of two rates', () => {
  it('agrees where it is close', () => {
    // z = 1.632993, twice the normal tail by SciPy.
    expect(twoProportionTest(arm(30, 100), arm(20, 100))).toBeCloseTo(0.10247043485974941, 12)
  })

  it('keeps its digits where nobody doubts it', () => {
    const p = twoProportionTest(REAL.treat, REAL.control)!
    // z = 22.486, by SciPy.
    expect(Math.abs(p / 5.685165482802317e-112 - 1)).toBeLessThan(1e-9)
  })

  it('is never 0, not with a million properties on either side', () => {
    expect(twoProportionTest(arm(900_000, 1_000_000), arm(100_000, 1_000_000))).toBeGreaterThan(0)
  })

  it('is undefined when none or all converted', () => {
    expect(twoProportionTest(arm(0, 10), arm(0, 20))).toBeNull()
    expect(twoProportionTest(arm(10, 10), arm(20, 20))).toBeNull()
    expect(twoProportionTest(arm(0, 0), arm(2, 20))).toBeNull()
  })

  it('is the same for both directions and never above 1', () => {
    fc.assert(
      fc.property(anArm, anArm, (treat, control) => {
        const p = twoProportionTest(treat, control)
        expect(twoProportionTest(control, treat)).toBe(p)
        if (p !== null) expect(p > 0 && p <= 1).toBe(true)
      }),
    )
  })
})

describe('the always-valid interval', () => {
  it('is wider than the interval for one look, and agrees with its formula', () => {
    const interval = alwaysValid(REAL.treat, REAL.control, 42_613)!
    // Waudby-Smith et al. (2021), theorem 2.2, written out with NumPy: half-width 0.010277439769441262.
    expect(interval.high - 0.07658956365153125).toBeCloseTo(0.010277439769441262, 12)
    const once = newcombe(REAL.treat, REAL.control)!.interval
    expect(interval.low).toBeLessThan(once.low)
    expect(interval.high).toBeGreaterThan(once.high)
  })

  it('is tightest at the planned size', () => {
    const width = (planned: number) => {
      const { low, high } = alwaysValid(arm(200, 800), arm(30, 200), planned)!
      return high - low
    }
    expect(width(1000)).toBeCloseTo(2 * 0.08962923310594538, 12)
    expect(width(1000)).toBeLessThan(width(100))
    expect(width(1000)).toBeLessThan(width(100_000))
    expect(width(0)).toBe(width(1000))
  })

  it('is not given for small arms, or without any variance', () => {
    expect(alwaysValid(arm(3, 29), arm(3, 30), 60)).toBeNull()
    expect(alwaysValid(arm(3, 30), arm(3, 30), 60)).not.toBeNull()
    expect(alwaysValid(arm(0, 300), arm(0, 300), 600)).toBeNull()
  })

  it('misses the truth in few runs that are looked at all the time, where the interval for one look misses often', () => {
    // 400 pilots without any lift, 1,500 properties per arm, a look every 50; the generator is fixed (MINSTD).
    let state = 20_260_501
    const chance = () => {
      state = (state * 48_271) % 2_147_483_647
      return state / 2_147_483_647
    }
    let missed = 0
    let missedOnce = 0
    for (let run = 0; run < 400; run += 1) {
      const hits = { treat: 0, control: 0 }
      const wrong = { always: false, once: false }
      for (let n = 1; n <= 1500; n += 1) {
        if (chance() < 0.25) hits.treat += 1
        if (chance() < 0.25) hits.control += 1
        if (n % 50 !== 0) continue
        const [treat, control] = [arm(hits.treat, n), arm(hits.control, n)]
        wrong.always ||= isBeyondZero(alwaysValid(treat, control, 1500)!)
        wrong.once ||= isBeyondZero(newcombe(treat, control)!.interval)
      }
      missed += wrong.always ? 1 : 0
      missedOnce += wrong.once ? 1 : 0
    }
    expect(missed / 400).toBeLessThan(0.05)
    expect(missedOnce / 400).toBeGreaterThan(0.15)
  })
})

function isBeyondZero({ low, high }: { readonly low: number; readonly high: number }): boolean {
  return low > 0 || high < 0
}

describe('the lift over both strata', () => {
  // Greenland and Robins (1985), written out with NumPy.
  it('weighs each comparison within its stratum', () => {
    const both = mantelHaenszel([
      { treat: arm(160, 800), control: arm(24, 200) },
      { treat: arm(4, 50), control: arm(60, 950) },
    ])!
    expect(both.value).toBeCloseTo(0.06554216867469881, 12)
    expect(both.interval.high - both.value).toBeCloseTo(1.959963984540054 * 0.022654973336682736, 12)
  })

  it('is the plain difference when there is one stratum', () => {
    const one = mantelHaenszel([REAL])!
    expect(one.value).toBeCloseTo(0.07658956365153126, 14)
    expect((one.interval.high - one.value) / 1.959963984540054).toBeCloseTo(0.0033858083545245123, 12)
  })

  it('does not read selection as effect', () => {
    // No effect in either stratum, yet the treated come from the better one: pooled, treatment seems worth 13.5 points.
    const strata = [
      { treat: arm(240, 800), control: arm(60, 200) },
      { treat: arm(5, 50), control: arm(95, 950) },
    ]
    expect(mantelHaenszel(strata)!.value).toBeCloseTo(0, 14)
    expect(newcombe(arm(245, 850), arm(155, 1150))!.value).toBeGreaterThan(0.13)
  })

  it('leaves out a stratum with an empty arm', () => {
    const empty = { treat: arm(0, 0), control: arm(60, 950) }
    expect(mantelHaenszel([REAL, empty])).toEqual(mantelHaenszel([REAL]))
    expect(mantelHaenszel([empty])).toBeNull()
  })
})

describe('the effect on touched properties', () => {
  const assigned = { treat: 800, control: 200 }

  it('scales the lift by who was really touched', () => {
    // Delta method written out with NumPy.
    const effect = complierEffect(arm(160, 800), arm(24, 200), {
      assigned,
      touched: { treat: 720, control: 10 },
    })!
    expect(effect.value).toBeCloseTo(0.09411764705882356, 12)
    expect(effect.interval.low).toBeCloseTo(0.03177034572638386, 12)
    expect(effect.interval.high).toBeCloseTo(0.15646494839126324, 12)
  })

  it('is the lift itself when all of TREAT and none of the control was touched', () => {
    const touched = { treat: 800, control: 0 }
    expect(complierEffect(arm(160, 800), arm(24, 200), { assigned, touched })!.value).toBeCloseTo(0.08, 14)
  })

  it('is undefined when touches do not tell the arms apart', () => {
    for (const touched of [
      { treat: 0, control: 0 },
      { treat: 80, control: 20 },
      { treat: 10, control: 100 },
      { treat: 84, control: 20 },
    ]) {
      expect(complierEffect(arm(160, 800), arm(24, 200), { assigned, touched })).toBeNull()
    }
  })
})
