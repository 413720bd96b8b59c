import { describe, expect, it } from 'vitest'
import {
  count,
  instant,
  money,
  percent,
  points,
  pValue,
  probability,
  ratio,
  shortDay,
} from './figures-in-words.ts'

describe('figures in words', () => {
  it.each([
    [percent(0.18249), '18.2%'],
    [percent(null), 'not available'],
    [percent(Number.NaN), 'not available'],
    [points(0.0774), '+7.7 points'],
    [points(-0.0121), '−1.2 points'],
    [points(-0.0001), '0.0 points'],
    [count(1_234_500), '1,234,500'],
    [ratio(57.82), '5,782%'],
    [money(123_450_000, 'USD'), '$1,234,500'],
    [money(3_821, 'USD'), '$38.21'],
    [money(-84_000_000, 'USD'), '−$840,000'],
    [money(0, 'USD'), '$0'],
    [money(5_000, 'JPY'), '¥5,000'],
    [money(5_000, 'dollars'), '50.00 dollars'],
    [money(Number.POSITIVE_INFINITY, 'USD'), 'not available'],
    [pValue(0.0421), '0.042'],
    [pValue(4.3e-18), '4.3 × 10⁻¹⁸'],
    [pValue(null), 'not available'],
    [probability(1), 'over 99.9%'],
    [probability(0), 'under 0.1%'],
    [probability(0.5), '50.0%'],
    [shortDay('2026-03-04'), 'Mar 4'],
    [instant('2026-04-14T21:05:00Z', 'America/Chicago'), 'April 14, 2026, 4:05 PM CDT'],
    [instant(null, 'UTC'), 'not available'],
  ])('%s', (written, expected) => {
    expect(written).toBe(expected)
  })
})
