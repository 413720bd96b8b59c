/**
 * Whether a promise was kept: the good share of everything measured in a window against the share that was
 * promised. No traffic is no data, neither kept nor broken.
 */
import { PER_MILLE, SLOS } from './slo.ts'
import type { Slo, SloName } from './slo.ts'

/** What was measured in a window; `total` is at least 1. */
export type Totals = { readonly total: number; readonly good: number }

export type Compliance = Totals & {
  readonly goodShare: number
  /** 1 before anything went wrong, 0 when the budget is used up, below 0 when it is overspent. */
  readonly budgetLeftShare: number
}

/** `from` is inside the window and `to` is not. */
export type Window = { readonly from: Date; readonly to: Date }

const DAY_MS = 86_400_000

/** The window that ends now: `windowDays` times 24 hours, whatever clocks did in between. */
export const rollingWindow = ({ windowDays }: Slo, now: Date): Window => ({
  from: new Date(now.getTime() - windowDays * DAY_MS),
  to: now,
})

/**
 * goodShare = good / total; budgetLeftShare = 1 − bad / (total × (1 − target)), with the target in thousandths so
 * that a budget of a hundredth is exactly that.
 */
export const complianceOf = ({ targetPerMille }: Pick<Slo, 'targetPerMille'>, totals: Totals): Compliance => {
  const { total, good } = totals
  const bad = total - good
  return {
    total,
    good,
    goodShare: good / total,
    budgetLeftShare: 1 - (bad * PER_MILLE) / (total * (PER_MILLE - targetPerMille)),
  }
}

/** Whether the good share is below the promised one; exactly the promised share keeps the promise. */
export const isBreached = ({ targetPerMille }: Pick<Slo, 'targetPerMille'>, totals: Totals): boolean =>
  totals.good * PER_MILLE < totals.total * targetPerMille

export type Breaches = {
  /** How many SLOs had any traffic in the window. */
  readonly measured: number
  readonly breached: readonly SloName[]
}

/** Which of the SLOs that had traffic were broken, in the order of the totals. */
export const breachesIn = (totals: ReadonlyMap<SloName, Totals>): Breaches => ({
  measured: totals.size,
  breached: [...totals].filter(([slo, measured]) => isBreached(SLOS[slo], measured)).map(([slo]) => slo),
})
