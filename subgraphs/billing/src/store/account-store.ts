/** A company's account: its plan, its days, its currency, and the most it wants to spend. */
import type { Tx } from '@stormops/chassis/database/transaction'
import { Fault } from '@stormops/chassis/fault'
import type { PlanTier } from '../domain/plan.ts'

export type NewAccount = {
  readonly tier: PlanTier
  /** An IANA zone; months are its. */
  readonly timeZone: string
  readonly currency: string
  readonly at: Date
}

/** `spendCap` is in minor units of the currency; null for none. */
export type Account = {
  readonly timeZone: string
  readonly currency: string
  readonly spendCap: bigint | null
}

export type AccountStore = {
  /** Null for a company that is not on the platform. */
  readonly maybe: () => Promise<Account | null>
  /** As `maybe`; nobody else changes the company's plan or cap until the transaction ends. */
  readonly lock: () => Promise<Account | null>
  /** Usage that is being counted is counted under one cap or the other, and the next under this one. */
  readonly setSpendCap: (cap: bigint | null) => Promise<void>
}

type Row = { readonly time_zone: string; readonly currency: string; readonly spend_cap: string | null }

export const accountStore = (tx: Tx): AccountStore => {
  const read = async (locking: '' | 'for update'): Promise<Account | null> => {
    const [row] = await tx.rows<Row>(
      `select time_zone, currency, spend_cap from billing.account where tenant_id = $1 ${locking}`,
      [tx.tenantId],
    )
    if (row === undefined) return null
    const { time_zone: timeZone, currency, spend_cap: cap } = row
    return { timeZone, currency, spendCap: cap === null ? null : BigInt(cap) }
  }
  return {
    maybe: () => read(''),
    lock: () => read('for update'),
    setSpendCap: async (cap) => {
      // The lock under which `billing.record_usage` holds usage to the cap.
      await tx.rows(`select pg_advisory_xact_lock(4106, hashtext($1::uuid::text))`, [tx.tenantId])
      await tx.change(`update billing.account set spend_cap = $2 where tenant_id = $1`, [
        tx.tenantId,
        cap === null ? null : String(cap),
      ])
    },
  }
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
