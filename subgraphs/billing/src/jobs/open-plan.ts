/**
 * A company that was provisioned has the plan it asked for. It was put on it in the transaction that opened it, so that
 * this finds nothing to do; it makes up for a company that came to be without one.
 */
import type { Clock } from '@stormops/chassis/clock'
import type { Database, Tx } from '@stormops/chassis/database/database'
import { Fault } from '@stormops/chassis/fault'
import { defineJob } from '@stormops/chassis/jobs/define-job'
import { handleEvent } from '@stormops/chassis/jobs/worker'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import { tenantProvisioned } from '@stormops/tenancy/port'
import { planToSign } from '../domain/plan.ts'
import type { PlanStore } from '../store/plan-store.ts'

export const openPlan = defineJob({ name: 'billing.open-plan', payload: tenantProvisioned.payload })

export type OpenPlanDependencies = {
  readonly database: Database
  readonly clock: Clock
  readonly plans: (tx: Tx) => PlanStore
}

/** May run twice for one event: a company that has a plan keeps it. */
export const openPlanHandler = ({ database, clock, plans }: OpenPlanDependencies): JobHandler =>
  handleEvent(tenantProvisioned, openPlan, ({ tenantId, log }, { tier }) =>
    database.withTenant(tenantId, async (tx) => {
      const store = plans(tx)
      const now = clock.now()
      const plan = planToSign(await store.catalogue(), tier, now)
      if (plan === null) throw new Fault('INTERNAL', `No version of the plan ${tier} is on offer.`)
      const opened = await store.open(plan, now)
      log.info({ tier, version: plan.version, opened }, opened ? 'plan opened' : 'the company has a plan')
    }),
  )
