import { Fault } from '@stormops/chassis/fault'
import { connectionOf, pageRequest } from '@stormops/chassis/graphql/page'
import type { PageRequest } from '@stormops/chassis/graphql/page'
import type { EveryField } from '@stormops/chassis/graphql/resolver-types'
import { jobIds, tenantIds } from '../context.ts'
import type { JobRun } from '../domain/job-run.ts'
import type { QueryResolvers } from '../generated/resolvers.ts'
import { rateLimitQueries } from './rate-limit.ts'

export const queryResolvers: EveryField<QueryResolvers> = {
  ...rateLimitQueries,
  jobRuns: async (_root, { filter, first, after }, context) => {
    const page = pageOfJobs(first, after)
    const tenantId = companyIn(filter)
    // Nobody has what is no company's id.
    if (tenantId === undefined)
      return connectionOf<JobRun, JobRun>(
        [],
        page,
        ({ id }) => id,
        (run) => run,
      )
    const asked = { state: filter?.state ?? null, name: filter?.name ?? null, tenantId }
    const runs = await context.pageOfJobRuns(asked, page)
    return connectionOf(
      runs,
      page,
      ({ id }) => jobIds.encode(id),
      (run) => run,
    )
  },
  jobRun: async (_root, { id: publicId }, context) => {
    const id = jobIds.decode(publicId)
    return id === null ? null : context.maybeJobRun(id)
  },
}

/** Null when no company is asked for, undefined for an id that is none. */
const companyIn = (
  filter: { readonly tenantId?: string | null | undefined } | null | undefined,
): string | null | undefined => {
  const id = filter?.tenantId ?? null
  return id === null ? null : (tenantIds.decode(id) ?? undefined)
}

/** A cursor holds a job's public id; that of another list is refused before it reaches the database. */
const pageOfJobs = (first: number | null | undefined, after: string | null | undefined): PageRequest => {
  const page = pageRequest(first, after, 'text')
  if (page.after === null) return page
  const id = jobIds.decode(page.after)
  if (id === null) {
    throw new Fault('BAD_INPUT', 'The cursor is not one that this list gave.', { facts: { field: 'after' } })
  }
  return { ...page, after: id }
}
