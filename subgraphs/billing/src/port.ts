/** What billing gives to other subgraphs: the names of its plans, and a new company's account in the caller's transaction. */
import type { Tx } from '@stormops/chassis/database/database'
import { Fault } from '@stormops/chassis/fault'
import type { PlanTier } from './domain/plan.ts'

export type NewAccount = {
  readonly tier: PlanTier
  /** Of the IANA database. */
  readonly timeZone: string
  /** ISO 4217. */
  readonly currency: string
  readonly at: Date
}

/**
 * Puts the transaction's tenant on the newest version of its tier that is on offer by then; a company that has a plan
 * keeps it. Throws INTERNAL when none is on offer.
 */
export const openAccount = async (tx: Tx, { tier, at }: NewAccount): Promise<void> => {
  const [offered] = await tx.rows(
    `with newest as (
       select tier, version from billing.plan_version where tier = $2 and offered_from <= $3
       order by version desc limit 1
     ), opened as (
       insert into billing.subscription (tenant_id, tier, version, signed_at)
         select $1, tier, version, $3 from newest on conflict (tenant_id) do nothing
     )
     select version from newest`,
    [tx.tenantId, tier, at],
  )
  if (offered === undefined) throw new Fault('INTERNAL', `No version of the plan ${tier} is on offer.`)
}

export type { PlanTier } from './domain/plan.ts'
