/** The weekly comparison with Stripe. */
import { handleJob } from '@stormops/chassis/jobs/worker'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import type { Reconciliation } from '../domain/reconciliation.ts'
import { reconcileStripe } from './stripe-jobs.ts'

/** `reconcile` is null where payments are not configured. */
export const reconcileStripeHandler = (
  reconcile: ((dryRun: boolean) => Promise<Reconciliation>) | null,
): JobHandler =>
  handleJob(reconcileStripe, async ({ log }) => {
    if (reconcile === null) return
    const { id, compared, differences } = await reconcile(false)
    const open = differences.filter(({ outcome }) => outcome !== 'REPAIRED').length
    const line = { reconciliation: id, compared, differences: differences.length, open }
    if (open === 0) log.info(line, 'compared with Stripe')
    else log.warn(line, 'compared with Stripe; staff has to look at what differs')
  })
