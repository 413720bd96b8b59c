import type { QueryResolvers } from '../generated/resolvers.ts'

export const rateLimitQueries = {
  rateLimit: (_root, _arguments, { rateLimit }) => rateLimit,
} satisfies Pick<QueryResolvers, 'rateLimit'>
