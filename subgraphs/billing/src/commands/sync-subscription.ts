/**
 * Brings what we know of a subscription to what Stripe says now. What made somebody look is forgotten by then, so that
 * it does not matter in which order, how often or how late anybody was told.
 */
import type { Tx } from '@stormops/chassis/database/transaction'
import { Fault } from '@stormops/chassis/fault'
import { systemActor } from '@stormops/chassis/identity'
import { isOver } from '../domain/stripe-account.ts'
import type { StripeSubscription } from '../domain/stripe-account.ts'
import { applyPaidPlan } from './apply-paid-plan.ts'
import type { PlanApplied } from './apply-paid-plan.ts'
import type { PlanKey, StripeWork } from './stripe-work.ts'
import { newestOffered } from './stripe-work.ts'

/** Others may apply what they asked meanwhile; after so many turns something is wrong. */
const TURNS = 5

/** Null for one that Stripe does not know. */
export const syncSubscription = async (
  work: StripeWork,
  tenantId: string,
  subscriptionId: string,
): Promise<StripeSubscription | null> => {
  for (let turn = 0; turn < TURNS; turn += 1) {
    const revision = await work.database.withTenant(tenantId, (tx) =>
      work.stores(tx).stripe.revision(subscriptionId),
    )
    const now = await work.stripe.maybeSubscription(subscriptionId)
    if (now === null) return null
    // What was asked before somebody else applied an answer may be older than theirs: it is asked again.
    if (await keep(work, tenantId, now, revision)) {
      work.planChanged(tenantId)
      return now
    }
  }
  throw new Fault('UNAVAILABLE', 'The subscription changes faster than it can be read.')
}

const keep = async (
  work: StripeWork,
  tenantId: string,
  now: StripeSubscription,
  revision: number,
): Promise<boolean> => {
  const free = await newestOffered(work, 'TRIAL')
  return work.database.withTenant(tenantId, async (tx) => {
    const { stripe } = work.stores(tx)
    const before = await stripe.subscriptions()
    if (!(await stripe.keepSubscription(now, revision, work.clock.now()))) return false
    const wasLiving = before.some(({ id, status }) => id === now.id && !isOver(status))
    const livesElsewhere = before.some(({ id, status }) => id !== now.id && !isOver(status))
    // Who gave up the subscription keeps the plan to the end of the month, and has the free one then.
    if (isOver(now.status) && wasLiving && !livesElsewhere)
      await putOnPlan(work, tx, free, 'subscription ended')
    return true
  })
}

/** With its line in the audit, unless nothing changes. */
export const putOnPlan = async (
  work: StripeWork,
  tx: Tx,
  plan: PlanKey,
  reason: string,
): Promise<PlanApplied> => {
  const applied = await applyPaidPlan(work.stores(tx), work.clock, plan)
  if (applied.kind === 'applied') {
    await work.writeAudit(tx, {
      action: 'billing.applyPaidPlan',
      actor: systemActor(tx.tenantId, 'billing'),
      requestId: 'job',
      subjectKind: 'tenant',
      subjectId: tx.tenantId,
      detail: { ...plan, from: applied.from.toISOString(), reason },
    })
  }
  return applied
}
