import type { SessionContext } from '@stormops/chassis/graphql/session'
import { idCodec } from '@stormops/chassis/values/ids'
import type DataLoader from 'dataloader'
import type { Plan } from './domain/plan.ts'
import type { LedgerStore } from './store/ledger-store.ts'
import type { PlanStore } from './store/plan-store.ts'

export type BillingStores = { readonly plans: PlanStore; readonly ledger: LedgerStore }

/** What the resolvers of one fetch work with. */
export type BillingContext = SessionContext<BillingStores> & {
  /** By the tenant's id; null for every tenant but the actor's own. */
  readonly planByTenant: DataLoader<string, Plan | null>
  readonly offeredPlans: () => Promise<readonly Plan[]>
  /** The zone in whose days the actor's company is counted. */
  readonly timeZone: () => Promise<string>
}

export const usageEventIds = idCodec('use')

/** The prefix is tenancy's, which owns the type. */
export const tenantIds = idCodec('ten')
