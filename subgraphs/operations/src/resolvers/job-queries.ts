import { Fault } from '@stormops/chassis/fault'
import { connectionOf, pageRequest } from '@stormops/chassis/graphql/page'
import type { Connection, PageRequest } from '@stormops/chassis/graphql/page'
import type { EveryField } from '@stormops/chassis/graphql/resolver-types'
import { jobIds, tenantIds } from '../context.ts'
import type { JobRun } from '../domain/job-run.ts'
import type { QueryResolvers } from '../generated/resolvers.ts'

export const jobQueries: Pick<EveryField<QueryResolvers>, 'jobRuns' | 'deadLetters' | 'jobRun'> = {
  jobRuns: async (_root, { filter, first, after }, context) => {
    const page = pageOfJobs(first, after)
    const tenantId = companyIn(filter)
    if (tenantId === undefined) return connectionOfJobs([], page)
    const asked = {
      state: filter?.state ?? null,
      name: filter?.name ?? null,
      isDead: filter?.isDead ?? null,
      since: filter?.sinceAt ?? null,
      before: filter?.beforeAt ?? null,
      tenantId,
    }
    return connectionOfJobs(await context.pageOfJobRuns(asked, page), page)
  },
  deadLetters: async (_root, { filter, first, after }, context) => {
    const page = pageOfJobs(first, after)
    const tenantId = companyIn(filter)
    if (tenantId === undefined) return connectionOfJobs([], page)
    return connectionOfJobs(
      await context.pageOfDeadLetters({ name: filter?.name ?? null, tenantId }, page),
      page,
    )
  },
  jobRun: async (_root, { id: publicId }, context) => {
    const id = jobIds.decode(publicId)
    return id === null ? null : context.jobRunById.load(id)
  },
}

const connectionOfJobs = (runs: readonly JobRun[], page: PageRequest): Connection<JobRun> =>
  connectionOf(
    runs,
    page,
    ({ id }) => jobIds.encode(id),
    (run) => run,
  )

/** Null when no company is asked for, undefined for an id that is none: nobody has what is no company's. */
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
