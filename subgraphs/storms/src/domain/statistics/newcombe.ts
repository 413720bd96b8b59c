/** The absolute lift: what treatment adds to the conversion rate, with an interval that holds at small counts. */
import type { Estimate } from '../pilot-report.ts'
import { type Proportion, rateDifference } from './proportion.ts'
import { wilson } from './wilson.ts'

/**
 * Difference of rates, treat − control, with the hybrid score interval: method 10 of Newcombe, Statistics in
 * Medicine 17 (1998) 873–890, without continuity correction, 95 %. null while an arm is empty.
 */
export function newcombe(treat: Proportion, control: Proportion): Estimate | null {
  const value = rateDifference(treat, control)
  const t = wilson(treat)
  const c = wilson(control)
  if (value === null || t === null || c === null) return null
  const below = Math.hypot(t.value - t.interval.low, c.interval.high - c.value)
  const above = Math.hypot(t.interval.high - t.value, c.value - c.interval.low)
  return { value, interval: { low: Math.max(-1, value - below), high: Math.min(1, value + above) } }
}
