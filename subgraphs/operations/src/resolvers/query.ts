import type { EveryField } from '@stormops/chassis/graphql/resolver-types'
import type { QueryResolvers } from '../generated/resolvers.ts'
import { jobQueries } from './job-queries.ts'
import { platformQueries } from './platform.ts'
import { rateLimitQueries } from './rate-limit.ts'

export const queryResolvers: EveryField<QueryResolvers> = {
  ...rateLimitQueries,
  ...jobQueries,
  ...platformQueries,
}
