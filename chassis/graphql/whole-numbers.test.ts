import { describe, expect, it } from 'vitest'
import { Fault } from '../fault.ts'
import { money } from '../values/money.ts'
import { moneyResolvers, safeInt } from './whole-numbers.ts'

const LARGEST = 9_007_199_254_740_991n

describe('a whole number of the graph', () => {
  it.each([0n, -1n, 85_000n, LARGEST, -LARGEST])('%i is given as it is', (value) => {
    expect(BigInt(safeInt(value))).toBe(value)
    expect(moneyResolvers.minorUnits(money(value, 'USD'))).toBe(Number(value))
  })

  it.each([LARGEST + 1n, -LARGEST - 1n, 2n ** 64n])('%i is refused and never rounded', (value) => {
    expect(() => safeInt(value)).toThrow(Fault)
    expect(() => moneyResolvers.minorUnits(money(value, 'USD'))).toThrow(/whole numbers end at/)
  })
})
