import type { EveryField } from '@stormops/chassis/graphql/resolver-types'
import { requireScope } from '@stormops/chassis/identity'
import { SLO_NAMES, SLOS } from '../domain/slo.ts'
import type { QueryResolvers } from '../generated/resolvers.ts'

export const queryResolvers: EveryField<QueryResolvers> = {
  slos: (_root, _arguments, context) => {
    requireScope(context.actor(), 'slos:read')
    return SLO_NAMES.map((name) => SLOS[name])
  },
  slo: (_root, { name }, context) => {
    requireScope(context.actor(), 'slos:read')
    return SLOS[name]
  },
}
