/** How far the true rate may be from the observed one: the score interval, which never leaves 0–1. */
import type { Estimate } from '../pilot-report.ts'
import { type Proportion, Z_95 } from './proportion.ts'

/**
 * Rate with the Wilson score interval (Wilson 1927), no continuity correction, 95 %; null for an empty arm.
 */
export function wilson(arm: Proportion, z: number = Z_95): Estimate | null {
  const { n, conversions } = arm
  if (n <= 0) return null
  const misses = n - conversions
  const centre = conversions + (z * z) / 2
  const spread = z * Math.sqrt((conversions * misses) / n + (z * z) / 4)
  const value = conversions / n
  return {
    value,
    interval: {
      low: conversions === 0 ? 0 : Math.min(value, Math.max(0, (centre - spread) / (n + z * z))),
      high: misses === 0 ? 1 : Math.max(value, Math.min(1, (centre + spread) / (n + z * z))),
    },
  }
}
