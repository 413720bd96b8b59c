/** How a storm converts so far: treated against the random control, before the pilot's report says it properly. */
import type { StratumTally } from './pilot-measurements.ts'
import { newcombe } from './statistics/newcombe.ts'

export type Conversion = {
  readonly treat: number | null
  readonly control: number | null
  readonly lift: number | null
  /** Treated properties convert worse than the control, beyond chance. */
  readonly anomaly: boolean
}

/** null before the first outcome. */
export const conversionOf = ({ treat, control }: StratumTally): Conversion | null => {
  if (treat.n + control.n === 0) return null
  const rate = ({ n, conversions }: { n: number; conversions: number }): number | null =>
    n === 0 ? null : conversions / n
  const lift = newcombe(treat, control)
  return {
    treat: rate(treat),
    control: rate(control),
    lift: lift?.value ?? null,
    anomaly: lift !== null && lift.interval.high < 0,
  }
}
