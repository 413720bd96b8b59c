import { PrintError } from '@stormops/chassis/pdf/print-error'
import { describe, expect, it } from 'vitest'
import { dayText, isZero, moneyText, negated, periodText } from './amounts-in-words.ts'

describe('an amount', () => {
  it.each([
    ['85000', 'USD', '$850.00'],
    ['5', 'USD', '$0.05'],
    ['0', 'USD', '$0.00'],
    ['-0', 'USD', '$0.00'],
    ['-5000', 'USD', '−$50.00'],
    ['123456', 'JPY', '¥123,456'],
    ['1234567', 'KWD', 'KWD\u00a01,234.567'],
    ['7', 'KWD', 'KWD\u00a00.007'],
    ['99', 'EUR', '€0.99'],
    ['00012', 'USD', '$0.12'],
  ])('of %s in %s reads %s', (amount, currency, text) => {
    expect(moneyText(amount, currency)).toBe(text)
  })

  it('is exact where a float is not', () => {
    expect(moneyText('900719925474099399', 'USD')).toBe('$9,007,199,254,740,993.99')
    expect(moneyText('-123456789012345678901', 'USD')).toBe('−$1,234,567,890,123,456,789.01')
  })

  it.each([['12.5'], ['1e3'], [''], ['$5'], ['NaN'], ['١٢']])('is refused when it is %j', (amount) => {
    expect(() => moneyText(amount, 'USD')).toThrow(PrintError)
  })

  it('is refused in what is no currency', () => {
    expect(() => moneyText('1', 'dollars')).toThrow('no currency: dollars')
  })

  it('is turned round', () => {
    expect([negated('5'), negated('-5'), isZero('0'), isZero('-0'), isZero('10')]).toEqual([
      '-5',
      '5',
      true,
      true,
      false,
    ])
  })
})

describe('a period', () => {
  const CHICAGO = 'America/Chicago'

  it.each([
    ['2026-11-01T05:00:00Z', '2026-12-01T06:00:00Z', '1 – 30 November 2026'],
    ['2026-11-15T06:00:00Z', '2026-12-15T06:00:00Z', '15 November – 14 December 2026'],
    ['2026-12-15T06:00:00Z', '2027-01-15T06:00:00Z', '15 December 2026 – 14 January 2027'],
    ['2026-11-30T06:00:00Z', '2026-12-01T06:00:00Z', '30 November 2026'],
    ['2026-11-30T06:00:00Z', '2026-11-30T06:00:00Z', '30 November 2026'],
  ])('from %s to %s has the days %s', (start, end, days) => {
    expect(periodText(start, end, CHICAGO)).toBe(days)
  })

  it('has the days of its own zone', () => {
    const [start, end] = ['2026-11-01T05:00:00Z', '2026-12-01T06:00:00Z']
    expect(periodText(start, end, 'Asia/Tokyo')).toBe('1 November – 1 December 2026')
    expect(dayText('2026-12-01T05:59:59Z', CHICAGO)).toBe('30 November 2026')
  })

  it('is refused where there is no such zone or instant', () => {
    expect(() => dayText('2026-12-01T05:59:59Z', 'Mars/Olympus')).toThrow('no time zone: Mars/Olympus')
    expect(() => dayText('soon', CHICAGO)).toThrow('no instant: soon')
  })
})
