/** A company's account: its plan, its days and its currency. */
import type { Tx } from '@stormops/chassis/database/database'
import { Fault } from '@stormops/chassis/fault'
import { money } from '@stormops/chassis/values/money'
import type { Money } from '@stormops/chassis/values/money'
import type { PlanTier } from '../domain/plan.ts'

export type AccountStore = {
  /** The zone in whose days the transaction's tenant is counted; null while it has no account. */
  readonly maybeTimeZone: () => Promise<string | null>
  /** The most that usage over the plan may cost it in a month; null for no cap. */
  readonly spendCap: () => Promise<Money | null>
}

type AccountRow = {
  readonly time_zone: string
  readonly currency: string
  readonly spend_cap: string | null
}

export const accountStore = (tx: Tx): AccountStore => {
  const account = async (): Promise<AccountRow | undefined> =>
    (
      await tx.rows<AccountRow>(
        `select time_zone, currency, spend_cap from billing.account where tenant_id = $1`,
        [tx.tenantId],
      )
    )[0]
  return {
    maybeTimeZone: async () => (await account())?.time_zone ?? null,
    spendCap: async () => {
      const row = await account()
      if (row === undefined || row.spend_cap === null) return null
      return money(BigInt(row.spend_cap), row.currency)
    },
  }
}

export type NewAccount = {
  readonly tier: PlanTier
  /** An IANA zone; months are its. */
  readonly timeZone: string
  readonly currency: string
  readonly at: Date
}

/**
 * Puts the transaction's tenant on the newest version of the tier that is on offer; false, and nothing changes, when
 * it has an account. Throws INTERNAL when no version is on offer.
 */
export const openAccountOf = async (
  tx: Tx,
  { tier, timeZone, currency, at }: NewAccount,
): Promise<boolean> => {
  const [row] = await tx.rows<{ offered: boolean; opened: boolean }>(
    `with plan as (
       select catalogue, tier, version from billing.plan_version
        where catalogue = 'stormops' and tier = $2 and offered_from <= $5 and (retired_at is null or retired_at > $5)
        order by version desc limit 1
     ), account as (
       insert into billing.account (tenant_id, time_zone, currency, opened_at) select $1, $3, $4, $5 from plan
       on conflict (tenant_id) do nothing returning tenant_id
     ), subscribed as (
       insert into billing.subscription (tenant_id, starts_at, catalogue, tier, version)
       select $1, $5, plan.catalogue, plan.tier, plan.version from plan, account
     )
     select exists (select from plan) as offered, exists (select from account) as opened`,
    [tx.tenantId, tier, timeZone, currency, at],
  )
  if (row?.offered !== true) throw new Fault('INTERNAL', `No version of the plan ${tier} is on offer.`)
  return row.opened
}
