/** Everything billing is made of, from the database up to its graph. */
import { fileURLToPath } from 'node:url'
import { openDatabase } from '@stormops/chassis/database/database'
import type { MigrationSource } from '@stormops/chassis/database/migrate'
import { buildSubgraph } from '@stormops/chassis/graphql/build-subgraph'
import { sessionContext } from '@stormops/chassis/graphql/session'
import type { Service, ServiceOptions } from '@stormops/chassis/service'
import { requireStanding, tenantProfile, writeAudit } from '@stormops/tenancy/port'
import type { BillingContext, BillingStores, InCompany } from './context.ts'
import { plansOfferedAt } from './domain/plan.ts'
import type { PlanTier } from './domain/plan.ts'
import type { Resolvers } from './generated/resolvers.ts'
import { mailUsageNoticeHandler } from './jobs/mail-usage-notice.ts'
import { openPlanHandler } from './jobs/open-plan.ts'
import { takeUpUsageNoticesHandler } from './jobs/take-up-usage-notices.ts'
import type { BillingPorts } from './ports.ts'
import { planChargeResolvers, planResolvers } from './resolvers/plan.ts'
import { planChangeMutations } from './resolvers/plan-change.ts'
import { queryResolvers } from './resolvers/query.ts'
import { spendCapMutations } from './resolvers/spend-cap.ts'
import { tenantResolvers } from './resolvers/tenant.ts'
import { usageEventResolvers, usageMutations } from './resolvers/usage.ts'
import { accountStore } from './store/account-store.ts'
import { PlanChargeEntity, PlanVersionEntity } from './store/entities.ts'
import { ledgerStore } from './store/ledger-store.ts'
import { monthStore } from './store/month-store.ts'
import { noticeStore, tenantsWithNotices } from './store/notice-store.ts'
import { planCatalogue, planStore } from './store/plan-store.ts'
import { revenueStore } from './store/revenue-store.ts'
import { subscriptionStore } from './store/subscription-store.ts'

export const migrations: MigrationSource = {
  schema: 'billing',
  directory: fileURLToPath(new URL('../migrations', import.meta.url)),
}

const resolvers: Resolvers = {
  Query: queryResolvers,
  Mutation: { ...usageMutations, ...planChangeMutations, ...spendCapMutations },
  Plan: planResolvers,
  UsageEvent: usageEventResolvers,
  PlanCharge: planChargeResolvers,
  Tenant: tenantResolvers,
}

export type Billing = Service & {
  /** The tier of a company's plan; null while it has none. */
  readonly tierOf: (tenantId: string) => Promise<PlanTier | null>
}

export const openBilling = async (options: ServiceOptions, ports: BillingPorts): Promise<Billing> => {
  const database = await openDatabase({
    name: 'billing',
    connection: options.connection,
    entities: [PlanVersionEntity, PlanChargeEntity],
    poolSize: options.poolSize,
  })
  const dependencies = {
    database,
    queue: options.queue,
    clock: options.clock,
    newId: options.newId,
    writeAudit,
    requireStanding,
    stores: (tx): BillingStores => ({
      plans: planStore(tx),
      subscriptions: subscriptionStore(tx),
      accounts: accountStore(tx),
      months: monthStore(tx),
      ledger: ledgerStore(tx),
      notices: noticeStore(tx),
    }),
  } satisfies Parameters<typeof sessionContext<BillingStores>>[0]

  const subgraph = buildSubgraph({
    name: 'billing',
    sdl: options.sdl,
    resolvers,
    unseal: options.unseal,
    session: (fetch) => {
      const session = sessionContext(dependencies, fetch)
      const context: BillingContext = {
        ...session,
        planByTenant: session.reading.loaderByKey(async (tx) => {
          const plan = await planStore(tx).maybeHeld(options.clock.now())
          return new Map(plan === null ? [] : [[tx.tenantId, plan]])
        }),
        offeredPlans: async () =>
          plansOfferedAt(await database.withPlatform(planCatalogue), options.clock.now()),
        catalogue: () => database.withPlatform(planCatalogue),
        now: () => options.clock.now(),
        readRevenue: (work) => database.withPlatform((tx) => work(revenueStore(tx))),
        planChanged: ports.planChanged,
        timeZone: async () => (await session.reading.read(tenantProfile)).timeZone,
      }
      return { context, close: session.reading.close }
    },
  })
  const inCompany: InCompany = (tenantId, work) =>
    database.withTenant(tenantId, (tx) => work(dependencies.stores(tx), tx))
  const { clock, queue } = options
  const jobs = [
    openPlanHandler({ database, clock }),
    takeUpUsageNoticesHandler({
      companiesWithNotices: () => database.withPlatform(tenantsWithNotices),
      inCompany,
      queue,
      clock,
    }),
    mailUsageNoticeHandler({ inCompany, clock, sendMail: ports.sendMail, publicUrl: ports.publicUrl }),
  ]
  const tierOf: Billing['tierOf'] = (tenantId) =>
    database.withTenant(tenantId, (tx) => planStore(tx).maybeTier(options.clock.now()))
  return { subgraph, database, jobs, tierOf, close: database.close }
}
