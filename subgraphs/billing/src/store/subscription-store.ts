/** The plans that the transaction's tenant held, holds and has signed for. */
import type { Tx } from '@stormops/chassis/database/transaction'
import { Fault } from '@stormops/chassis/fault'
import type { HeldPlan } from '../domain/plan-change.ts'
import { OWN_CATALOGUE } from '../domain/plan.ts'
import type { Plan, PlanTier } from '../domain/plan.ts'
import { planCatalogue } from './plan-store.ts'

export type SubscriptionStore = {
  /** Oldest first; empty for a company that never signed. */
  readonly series: () => Promise<readonly HeldPlan[]>
  /** Ends the plan in force at an instant, from which on the other one is held; what waited waits no more. */
  readonly change: (plan: Plan, at: Date, now: Date) => Promise<void>
  /** What waits at an instant waits no more. False when nothing did. */
  readonly cancelWaiting: (now: Date) => Promise<boolean>
}

type Row = {
  readonly tier: PlanTier
  readonly version: number
  readonly starts_at: Date
  readonly ends_at: Date | null
}

export const subscriptionStore = (tx: Tx): SubscriptionStore => {
  const cancelWaiting = async (now: Date): Promise<boolean> => {
    // What was held first holds, even where the clock of the process that signed it ran ahead.
    const cancelled = await tx.change(
      `delete from billing.subscription s
        where s.tenant_id = $1 and s.starts_at > $2
          and exists (select from billing.subscription b where b.tenant_id = $1 and b.starts_at < s.starts_at)`,
      [tx.tenantId, now],
    )
    if (cancelled > 0) await openLast(tx)
    return cancelled > 0
  }
  return {
    series: async () => {
      const [rows, catalogue] = [
        await tx.rows<Row>(
          `select tier, version, starts_at, ends_at from billing.subscription where tenant_id = $1 order by starts_at`,
          [tx.tenantId],
        ),
        await planCatalogue(tx),
      ]
      return rows.map(({ tier, version, starts_at: startsAt, ends_at: endsAt }) => ({
        plan: planOf(catalogue, tier, version),
        startsAt,
        endsAt,
      }))
    },
    change: async ({ tier, version }, at, now) => {
      await cancelWaiting(now)
      // A plan that was held for no time at all was not held.
      const replaced = await tx.rows<{ starts_at: Date }>(
        `delete from billing.subscription where tenant_id = $1 and starts_at >= $2 returning starts_at`,
        [tx.tenantId, at],
      )
      const from = replaced[0]?.starts_at ?? at
      await tx.change(
        `update billing.subscription set ends_at = $2 where tenant_id = $1 and ends_at is null`,
        [tx.tenantId, from],
      )
      const [last] = await tx.rows<Pick<Row, 'tier' | 'version'>>(
        `select tier, version from billing.subscription where tenant_id = $1 and catalogue = $2 and ends_at = $3`,
        [tx.tenantId, OWN_CATALOGUE, from],
      )
      // Back to the plan before is no new plan.
      if (last?.tier === tier && last.version === version) {
        await openLast(tx)
        return
      }
      await tx.change(
        `insert into billing.subscription (tenant_id, starts_at, catalogue, tier, version) values ($1, $2, $3, $4, $5)`,
        [tx.tenantId, from, OWN_CATALOGUE, tier, version],
      )
    },
    cancelWaiting,
  }
}

const openLast = (tx: Tx): Promise<number> =>
  tx.change(
    `update billing.subscription s set ends_at = null
      where s.tenant_id = $1
        and s.starts_at = (select max(starts_at) from billing.subscription where tenant_id = $1)`,
    [tx.tenantId],
  )

const planOf = (catalogue: readonly Plan[], tier: PlanTier, version: number): Plan => {
  const found = catalogue.find((plan) => plan.tier === tier && plan.version === version)
  if (found === undefined) {
    throw new Fault('INTERNAL', `The catalogue has no plan ${tier} in version ${version}.`)
  }
  return found
}
