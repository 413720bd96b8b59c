import { Fault } from '@stormops/chassis/fault'
import { connectionOf, pageRequest } from '@stormops/chassis/graphql/page'
import type { PageRequest } from '@stormops/chassis/graphql/page'
import type { EveryField } from '@stormops/chassis/graphql/resolver-types'
import { jobIds } from '../context.ts'
import type { QueryResolvers } from '../generated/resolvers.ts'

export const queryResolvers: EveryField<QueryResolvers> = {
  jobRuns: async (_root, { filter, first, after }, context) => {
    const page = pageOfJobs(first, after)
    const asked = { state: filter?.state ?? null, name: filter?.name ?? null }
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
