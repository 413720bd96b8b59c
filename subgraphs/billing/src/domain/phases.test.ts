import { money } from '@stormops/chassis/values/money'
import type { Money } from '@stormops/chassis/values/money'
import { periodOfMonth } from '@stormops/chassis/values/periods'
import { plus, rational, ZERO } from '@stormops/chassis/values/rational'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aRatablePlan, november, NOVEMBER } from './a-month.ts'
import { phasesOf, secondsBetween, shareOf, stretchesOf } from './phases.ts'
import type { Signing } from './phases.ts'

const TRIAL = aRatablePlan({ tier: 'TRIAL', monthlyPrice: money(0n, 'USD') })
const STANDARD = aRatablePlan({})
const signed = (plan: Signing['plan'], signedAt: Date): Signing => ({ plan, signedAt })
const tiersOf = (signings: readonly Signing[], period = NOVEMBER) =>
  phasesOf(period, signings).map(({ plan, from, to }) => [plan.tier, from, to])

describe('the phases of a month', () => {
  it('are one for a company that signed before it', () => {
    expect(tiersOf([signed(STANDARD, new Date('2026-03-05T12:00:00Z'))])).toEqual([
      ['STANDARD', NOVEMBER.startsAt, NOVEMBER.endsAt],
    ])
  })

  it('reach back to the start in the month in which a company signs its first plan', () => {
    expect(tiersOf([signed(STANDARD, november('20'))])).toEqual([
      ['STANDARD', NOVEMBER.startsAt, NOVEMBER.endsAt],
    ])
  })

  it('are of the first plan in a month before anything was signed', () => {
    const october = periodOfMonth('2026-10-01', 'UTC')
    const signings = [signed(TRIAL, november('20')), signed(STANDARD, november('25'))]
    expect(tiersOf(signings, october)).toEqual([['TRIAL', october.startsAt, october.endsAt]])
  })

  it('change where a company changes plans, whatever the order of the rows', () => {
    const signings = [signed(STANDARD, november('11T12:30:00')), signed(TRIAL, november('03'))]
    expect(tiersOf(signings)).toEqual([
      ['TRIAL', NOVEMBER.startsAt, november('11T12:30:00')],
      ['STANDARD', november('11T12:30:00'), NOVEMBER.endsAt],
    ])
  })

  it('leave out what was over before the month began', () => {
    const signings = [signed(TRIAL, new Date('2026-01-01')), signed(STANDARD, new Date('2026-11-01'))]
    expect(tiersOf(signings)).toEqual([['STANDARD', NOVEMBER.startsAt, NOVEMBER.endsAt]])
  })

  it('leave out what begins when the month is over', () => {
    const signings = [signed(TRIAL, new Date('2026-01-01')), signed(STANDARD, new Date('2026-12-01'))]
    expect(tiersOf(signings)).toEqual([['TRIAL', NOVEMBER.startsAt, NOVEMBER.endsAt]])
  })

  it('are none for a company that never signed', () => {
    expect(phasesOf(NOVEMBER, [])).toEqual([])
  })

  it('cover the month without a gap, and their shares sum to the whole', () => {
    const anInstant = fc.date({
      min: new Date('2026-10-15'),
      max: new Date('2026-12-15'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(fc.array(anInstant, { minLength: 1, maxLength: 8 }), (instants) => {
        const signings = instants.map((at, index) => signed(index % 2 === 0 ? TRIAL : STANDARD, at))
        const phases = phasesOf(NOVEMBER, signings)
        expect(phases.map(({ from }) => from)).toEqual([
          NOVEMBER.startsAt,
          ...phases.slice(0, -1).map(({ to }) => to),
        ])
        expect(phases.at(-1)?.to).toEqual(NOVEMBER.endsAt)
        const shares = phases.map((phase) => shareOf(NOVEMBER, phase))
        expect(shares.reduce(plus, ZERO)).toEqual(rational(1n))
      }),
    )
  })
})

describe('a share', () => {
  it('goes by whole seconds', () => {
    expect(secondsBetween(november('01'), november('01T00:00:01.999'))).toBe(1n)
    expect(secondsBetween(november('01T00:00:00.999'), november('01T00:00:01'))).toBe(1n)
    expect(shareOf(NOVEMBER, { from: november('16'), to: NOVEMBER.endsAt })).toEqual(rational(1n, 2n))
  })
})

describe('a change to the version a company is on', () => {
  const phases = [
    { plan: STANDARD, from: november('01'), to: november('10') },
    { plan: { ...STANDARD }, from: november('10'), to: november('20') },
    { plan: aRatablePlan({ version: 2 }), from: november('20'), to: NOVEMBER.endsAt },
  ]

  it('is no change', () => {
    const stretches = stretchesOf(phases).map(({ phase, indexes }) => [phase.plan.version, phase.to, indexes])
    expect(stretches).toEqual([
      [1, november('20'), [0, 1]],
      [2, NOVEMBER.endsAt, [2]],
    ])
  })

  it('is one when another price is agreed for a plan that has none', () => {
    const agreedEach = (monthlyPrice: Money | null) =>
      phases.map((phase, index) => ({
        ...phase,
        plan: { ...phase.plan, monthlyPrice },
        agreedPrice: money(BigInt(index), 'USD'),
      }))
    expect(stretchesOf(agreedEach(null))).toHaveLength(3)
    expect(stretchesOf(agreedEach(money(9n, 'USD')))).toHaveLength(2)
  })
})
