import type { FieldsBeyond } from '@stormops/chassis/graphql/resolver-types'
import { complianceOf } from '../domain/compliance.ts'
import { PER_MILLE } from '../domain/slo.ts'
import type { Slo } from '../domain/slo.ts'
import type { SloResolvers } from '../generated/resolvers.ts'

export const sloResolvers: FieldsBeyond<Slo, SloResolvers> = {
  targetShare: ({ targetPerMille }) => targetPerMille / PER_MILLE,
  compliance: async (slo, _arguments, context) => {
    const totals = await context.totalsBySlo.load(slo.name)
    return totals === null ? null : complianceOf(slo, totals)
  },
}
