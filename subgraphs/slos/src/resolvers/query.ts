import type { EveryField } from '@stormops/chassis/graphql/resolver-types'
import { SLO_NAMES, SLOS } from '../domain/slo.ts'
import type { QueryResolvers } from '../generated/resolvers.ts'

export const queryResolvers: EveryField<QueryResolvers> = {
  slos: () => SLO_NAMES.map((name) => SLOS[name]),
  slo: (_root, { name }) => SLOS[name],
}
