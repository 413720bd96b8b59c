import { describe, expect, it } from 'vitest'
import { minorUnitsOf } from './money-text.ts'

describe('an amount as people write it', () => {
  it.each([
    ['29.99', 2, 2999],
    ['1.15', 2, 115],
    ['1.005', 3, 1005],
    ['0', 2, 0],
    ['-0.00', 2, 0],
    ['7.', 2, 700],
    ['15000.5', 2, 1500050],
    ['29.9900', 2, 2999],
    ['500', 0, 500],
    ['90071992547409.91', 2, 9007199254740991],
  ] as const)('%s with %i decimals is %i minor units', (text, digits, minorUnits) => {
    expect(minorUnitsOf(text, digits)).toBe(minorUnits)
  })

  it.each([
    ['29.999', 2, 'TOO_MANY_DECIMALS'],
    ['1.5', 0, 'TOO_MANY_DECIMALS'],
    ['-1', 2, 'NEGATIVE'],
    ['$5', 2, 'NOT_A_NUMBER'],
    ['1e3', 2, 'NOT_A_NUMBER'],
    ['1,000', 2, 'NOT_A_NUMBER'],
    ['.', 2, 'NOT_A_NUMBER'],
    ['90071992547409.92', 2, 'TOO_LARGE'],
  ] as const)('%s with %i decimals is refused as %s', (text, digits, fault) => {
    expect(minorUnitsOf(text, digits)).toBe(fault)
  })
})
