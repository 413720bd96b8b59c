import type { FieldsBeyond } from '@stormops/chassis/graphql/resolver-types'
import { jobIds } from '../context.ts'
import type { JobRun } from '../domain/job-run.ts'
import type { JobRunResolvers } from '../generated/resolvers.ts'

export const jobRunResolvers: FieldsBeyond<JobRun, JobRunResolvers> = {
  id: ({ id }) => jobIds.encode(id),
  events: async ({ id }, _arguments, context) => [...((await context.eventsByJob.load(id)) ?? [])],
}
