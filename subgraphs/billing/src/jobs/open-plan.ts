/**
 * A company is given its account in the transaction that provisions it; this makes up for one that was provisioned
 * before that was so.
 */
import type { Clock } from '@stormops/chassis/clock'
import { defineJob } from '@stormops/chassis/jobs/define-job'
import { handleEvent } from '@stormops/chassis/jobs/worker'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import { tenantProfile, tenantProvisioned } from '@stormops/tenancy/port'
import { openAccount } from '../port.ts'

export const openPlan = defineJob({
  name: 'billing.open-plan',
  payload: tenantProvisioned.payload,
  kind: 'short',
})

export type OpenPlanDependencies = { readonly clock: Clock }

/** May run twice for one event: a company that has a plan keeps it. */
export const openPlanHandler = ({ clock }: OpenPlanDependencies): JobHandler =>
  handleEvent(tenantProvisioned, openPlan, ({ finish }, { tier }) =>
    finish(async (tx) => {
      const { timeZone, currency } = await tenantProfile(tx)
      await openAccount(tx, { tier, timeZone, currency, at: clock.now() })
    }),
  )
