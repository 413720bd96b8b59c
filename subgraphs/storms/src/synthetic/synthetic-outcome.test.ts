import { describe, expect, it } from 'vitest'
import { referenceUplift } from './reference-uplift.fixture.ts'
import {
  controlChance,
  conversionChance,
  knockDay,
  LEAST_CONTROL_CHANCE,
  MOST_CONTROL_CHANCE,
  syntheticOutcome,
  WINDOW_DAYS,
} from './synthetic-outcome.ts'
import { syntheticStorm } from './synthetic-storm.ts'
import { OUTCOME_MINUTE_OF_DAY, syntheticTouches } from './synthetic-touches.ts'

const seed = 'a seed'
/** MODERATE: the threshold on uplift, and the share held back at random. */
const THRESHOLD = 0.1
const HOLD_OUT = 0.2

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

const pilot = (name: 'dfw' | 'lone-star', scored = referenceUplift('v1')) =>
  [...syntheticStorm({ seed, storm: name, properties: 6_000 })]
    .filter((property) => property.suppressed === null)
    .map((property) => ({ property, uplift: scored(property) }))
    .filter(({ uplift }) => uplift >= THRESHOLD)
    // Any rule does that does not look at the property.
    .map((scoredProperty, index) => ({ ...scoredProperty, treated: index % 10 >= HOLD_OUT * 10 }))

const truthOf = (properties: ReturnType<typeof pilot>): number => {
  const chances = (treated: boolean) =>
    properties.map(({ property, uplift }) => conversionChance(property, { treated, uplift, seed }))
  return mean(chances(true)) - mean(chances(false))
}

describe('the truth behind the demo', () => {
  it('gives a property without a knock a chance between 0.10 and 0.25, by its features', () => {
    const chances = pilot('dfw').map(({ property }) => controlChance(property))
    expect(Math.min(...chances)).toBeGreaterThan(LEAST_CONTROL_CHANCE)
    expect(Math.max(...chances)).toBeLessThan(MOST_CONTROL_CHANCE)
    expect(Math.max(...chances) - Math.min(...chances)).toBeGreaterThan(0.1)
  })

  it.each(['dfw', 'lone-star'] as const)(
    'is a lift of 12 to 15 points above the threshold in %s, and the pilot finds it within its error',
    (name) => {
      const properties = pilot(name)
      const truth = truthOf(properties)
      expect(truth).toBeGreaterThan(0.12)
      expect(truth).toBeLessThan(0.15)

      const rates = [true, false].map((arm) => {
        const members = properties.filter(({ treated }) => treated === arm)
        const signed = members.filter(
          ({ property, uplift, treated }) => syntheticOutcome(property, { treated, uplift, seed }).converted,
        )
        return { rate: signed.length / members.length, n: members.length }
      })
      const [treat, control] = rates
      if (treat === undefined || control === undefined) throw new Error('An arm is missing')
      const variance = (arm: { rate: number; n: number }) => (arm.rate * (1 - arm.rate)) / arm.n
      const error = Math.sqrt(variance(treat) + variance(control))
      expect(Math.abs(treat.rate - control.rate - truth)).toBeLessThan(3 * error)
    },
  )

  it('is no lift where the model promises none', () => {
    const properties = pilot('dfw').map((member) => ({ ...member, uplift: 0 }))
    expect(Math.abs(truthOf(properties))).toBeLessThan(0.005)
  })

  it('is less than the model promises, and more where it promises more', () => {
    const properties = pilot('dfw')
    const sorted = properties.toSorted((a, b) => a.uplift - b.uplift)
    const half = Math.floor(sorted.length / 2)
    const [low, high] = [sorted.slice(0, half), sorted.slice(half)]
    expect(truthOf(high)).toBeGreaterThan(truthOf(low) + 0.03)
    expect(truthOf(properties)).toBeLessThan(mean(properties.map(({ uplift }) => uplift)))
  })
})

describe('a synthetic outcome', () => {
  const worked = pilot('dfw').map((member) => ({
    ...member,
    outcome: syntheticOutcome(member.property, { ...member, seed }),
  }))

  it('is the same each time, and another with another seed', () => {
    const again = worked.map((member) => syntheticOutcome(member.property, { ...member, seed }))
    expect(again).toEqual(worked.map(({ outcome }) => outcome))
    const other = worked.map((member) => syntheticOutcome(member.property, { ...member, seed: 'b' }))
    expect(other).not.toEqual(again)
  })

  it('is worth some $15,000 in whole dollars, more often less than that than more', () => {
    const values = worked.flatMap(({ outcome }) => (outcome.converted ? [outcome.valueMinorUnits] : []))
    expect(values.length).toBeGreaterThan(1_000)
    expect(values.every((value) => value > 0 && value % 100 === 0)).toBe(true)
    expect(mean(values)).toBeGreaterThan(1_400_000)
    expect(mean(values)).toBeLessThan(1_600_000)
    const median = values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
    expect(median).toBeLessThan(mean(values))
  })

  it('comes on a day of the window, not before the knock', () => {
    const days = worked.flatMap(({ property, treated, outcome }) =>
      outcome.converted
        ? [{ day: outcome.dayOffset, knocked: knockDay(property, { treated, seed }) ?? 0 }]
        : [],
    )
    expect(
      days.every(({ day, knocked }) => Number.isInteger(day) && day >= knocked && day < WINDOW_DAYS),
    ).toBe(true)
    expect(new Set(days.map(({ day }) => day)).size).toBe(WINDOW_DAYS)
  })
})

describe('synthetic touches', () => {
  const journeys = pilot('dfw').map((member) => {
    const outcome = syntheticOutcome(member.property, { ...member, seed })
    return { ...member, outcome, touches: syntheticTouches(member.property, { ...member, seed }, outcome) }
  })
  const knockedShare = (arm: boolean): number => {
    const members = journeys.filter(({ treated }) => treated === arm)
    return (
      members.filter(({ touches }) => touches.some(({ kind }) => kind === 'KNOCK')).length / members.length
    )
  }

  it('reach about 97 % of the treated properties and, in the storm with the careless crew alone, 0.5 % of the others', () => {
    expect(knockedShare(true)).toBeGreaterThan(0.96)
    expect(knockedShare(true)).toBeLessThan(0.98)
    expect(knockedShare(false)).toBe(0)
    const everyone = [...syntheticStorm({ seed, storm: 'lone-star', properties: 20_000 })]
    const mistakes = everyone.filter((property) => knockDay(property, { treated: false, seed }) !== null)
    expect(mistakes.length / everyone.length).toBeGreaterThan(0.0035)
    expect(mistakes.length / everyone.length).toBeLessThan(0.0065)
  })

  it('end with the signature of those who sign, in order of time and before the outcome is written down', () => {
    for (const { outcome, touches } of journeys) {
      expect(touches.at(-1)?.kind === 'SIGNED').toBe(outcome.converted)
      const times = touches.map(({ dayOffset, minuteOfDay }) => dayOffset * 1_440 + minuteOfDay)
      expect(times).toEqual(times.toSorted((a, b) => a - b))
      expect(touches.every(({ minuteOfDay }) => minuteOfDay < OUTCOME_MINUTE_OF_DAY)).toBe(true)
    }
  })
})
