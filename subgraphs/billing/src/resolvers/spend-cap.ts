import { unreachable } from '@stormops/chassis/fault'
import type { EveryField } from '@stormops/chassis/graphql/resolver-types'
import { invalidInput, keyReused, notFound } from '@stormops/chassis/graphql/results'
import { tenantOf } from '@stormops/chassis/identity'
import { money } from '@stormops/chassis/values/money'
import { periodAt } from '@stormops/chassis/values/periods'
import { setSpendCap } from '../commands/set-spend-cap.ts'
import { tenantIds } from '../context.ts'
import type { MutationResolvers, QueryResolvers, TenantResolvers } from '../generated/resolvers.ts'
import { companyOf } from './plan-change.ts'

export const spendCapQueries: Pick<EveryField<QueryResolvers>, 'spendCap'> = {
  spendCap: (_root, _arguments, context) => {
    tenantOf(context.actor())
    return context.read(async ({ accounts, months }) => {
      const account = await accounts.maybe()
      if (account === null) return null
      const { timeZone, currency, spendCap: cap } = account
      const { month, endsAt } = periodAt(context.now(), timeZone)
      const spent = await months.overage(month)
      return {
        cap: cap === null ? null : money(cap, currency),
        spent: money(spent, currency),
        remaining: cap === null ? null : money(cap > spent ? cap - spent : 0n, currency),
        renewsAt: endsAt,
      }
    })
  },
}

export const tenantSpendCap: Pick<EveryField<TenantResolvers>, 'spendCap'> = {
  spendCap: async ({ id }, _arguments, context) => {
    const tenantId = tenantIds.decode(id)
    if (tenantId === null || tenantId !== context.actor().tenantId) return null
    const account = await context.read(({ accounts }) => accounts.maybe())
    if (account === null || account.spendCap === null) return null
    return money(account.spendCap, account.currency)
  },
}

export const spendCapMutations: Pick<EveryField<MutationResolvers>, 'setSpendCap'> = {
  setSpendCap: async (_root, { input, idempotencyKey }, context) => {
    const company = companyOf(input.tenantId)
    if (company.kind === 'unknown') return notFound('company', company.id)
    // Left out by mistake it must not take a cap away.
    if (input.cap === undefined) {
      return invalidInput({ field: 'cap', message: 'Give a cap, or null for none.' })
    }
    const result = await context.run(setSpendCap, { cap: input.cap }, idempotencyKey, company.tenantId)
    switch (result.kind) {
      case 'ok': {
        const { cap, spent, currency } = result
        return {
          __typename: 'SetSpendCapSuccess',
          cap: cap === null ? null : money(BigInt(cap), currency),
          spent: money(BigInt(spent), currency),
        }
      }
      case 'not-found':
        return notFound('company', input.tenantId ?? '')
      case 'invalid':
        return invalidInput(result)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
}
