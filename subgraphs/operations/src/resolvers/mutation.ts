import type { EveryField } from '@stormops/chassis/graphql/resolver-types'
import type { MutationResolvers } from '../generated/resolvers.ts'
import { jobMutations } from './job-mutations.ts'
import { platformMutations } from './platform.ts'

export const mutationResolvers: EveryField<MutationResolvers> = { ...jobMutations, ...platformMutations }
