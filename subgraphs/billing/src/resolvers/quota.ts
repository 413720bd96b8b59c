import type { EveryField } from '@stormops/chassis/graphql/resolver-types'
import { tenantOf } from '@stormops/chassis/identity'
import { periodAt } from '@stormops/chassis/values/periods'
import { quotasOf } from '../domain/quota.ts'
import type { QueryResolvers } from '../generated/resolvers.ts'

export const quotaQueries: Pick<EveryField<QueryResolvers>, 'quotas'> = {
  quotas: async (_root, _arguments, context) => {
    const plan = await context.planByTenant.load(tenantOf(context.actor()))
    if (plan === null) return null
    return context.read(async ({ accounts, months }) => {
      const account = await accounts.maybe()
      if (account === null) return null
      const period = periodAt(context.now(), account.timeZone)
      return [...quotasOf({ plan, used: await months.used(period.month), renewsAt: period.endsAt })]
    })
  },
}
