import type { FieldsBeyond } from '@stormops/chassis/graphql/resolver-types'
import type { Plan } from '../domain/plan.ts'
import type { PlanResolvers } from '../generated/resolvers.ts'

export const planResolvers: FieldsBeyond<Plan, PlanResolvers> = {
  charges: ({ charges }) => [...charges],
}
