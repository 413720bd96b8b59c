/**
 * The jobs of all companies, wherever they live, and the platform's own, of which each cell has some. A list without a
 * cell that is away would be wrong, and is refused; one job, and the jobs of one company, are had without the others.
 */
import { everyCell, fromEveryCell, manyInCells } from '@stormops/chassis/cells/across-cells'
import { HOME_CELL } from '@stormops/chassis/database/database'
import type { CellDatabase, Database } from '@stormops/chassis/database/database'
import type { PlatformTx } from '@stormops/chassis/database/transaction'
import type { PageRequest } from '@stormops/chassis/graphql/page'
import { PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import DataLoader from 'dataloader'
import type { JobReads } from './context.ts'
import type { JobRun } from './domain/job-run.ts'
import { jobReads } from './job-reads.ts'
import {
  jobRunsById,
  maybePlaceOfJob,
  pageOfDeadLetters,
  pageOfJobRuns,
  placesOfJobs,
} from './store/job-run-store.ts'
import type { JobOrder, JobPage, JobPlace } from './store/job-run-store.ts'

/** For whoever sees the jobs of all companies. */
export const jobReadsOfAll = (database: Database): JobReads => {
  const [home, ...others] = database.cells
  if (home === undefined || others.length === 0) return jobReads(database.withPlatform, () => HOME_CELL)
  const found = new Map<string, string>()
  const note = (job: Pick<JobRun, 'id'>, cell: string): void => void found.set(job.id, cell)
  const atHome = jobReads(home.withPlatform, () => home.name)
  const elsewhere = new Map(others.map((cell) => [cell.name, jobReads(cell.withPlatform, () => cell.name)]))
  const readsOf = (jobId: string): JobReads => elsewhere.get(found.get(jobId) ?? HOME_CELL) ?? atHome
  const jobRunById = new DataLoader<string, JobRun | null>((ids) => jobsInCells(database, ids, note))
  return {
    pageOfJobRuns: (filter, page) =>
      pageAcross(database, { order: 'created_at', page, tenantId: filter.tenantId, note }, (tx, part) =>
        pageOfJobRuns(tx, filter, part),
      ),
    pageOfDeadLetters: (filter, page) =>
      pageAcross(database, { order: 'ended_at', page, tenantId: filter.tenantId, note }, (tx, part) =>
        pageOfDeadLetters(tx, filter, part),
      ),
    jobRunById,
    // What belongs to a job lies beside it.
    rerunsByJob: {
      load: async (jobId) => {
        const reruns = await readsOf(jobId).rerunsByJob.load(jobId)
        for (const rerun of reruns ?? []) note(rerun, found.get(jobId) ?? HOME_CELL)
        return reruns
      },
    },
    eventsByJob: { load: (jobId) => readsOf(jobId).eventsByJob.load(jobId) },
    stepsOf: (job, subject) => readsOf(job.id).stepsOf(job, subject),
    cellOf: (jobId) => found.get(jobId) ?? HOME_CELL,
    forget: () => {
      jobRunById.clearAll()
      for (const reads of [atHome, ...elsewhere.values()]) reads.forget()
    },
  }
}

type Note = (job: Pick<JobRun, 'id'>, cell: string) => void

/** One that is found nowhere is not there only when every cell could be asked; else it alone is told as a fault. */
const jobsInCells = async (database: Database, ids: readonly string[], note: Note) => {
  const { found, doubt } = await manyInCells(database, ({ withPlatform }) =>
    withPlatform((tx) => jobRunsById(tx, ids)),
  )
  const jobs = new Map(found.map(({ cell, value }) => [value.id, { cell, job: value }]))
  return ids.map((id) => {
    const known = jobs.get(id)
    if (known === undefined) return doubt
    note(known.job, known.cell)
    return known.job
  })
}

type Listing = {
  readonly order: JobOrder
  readonly page: PageRequest
  /** The one company whose jobs are listed; null for all. */
  readonly tenantId: string | null
  readonly note: Note
}

type ReadPage = (tx: PlatformTx, page: JobPage) => Promise<readonly JobRun[]>

const pageAcross = async (
  database: Database,
  { order, page, tenantId, note }: Listing,
  read: ReadPage,
): Promise<readonly JobRun[]> => {
  if (tenantId !== null && tenantId !== PLATFORM_TENANT_ID) {
    // The company's own cell, which may know better than this process where that is.
    const jobs = await database.withTenant(tenantId, (tx) => read(tx, page), { readOnly: true })
    for (const job of jobs) note(job, database.cellOf(tenantId))
    return jobs
  }
  const after = await placeOf(database, order, page.after)
  if (after === 'nowhere') return []
  const listed = await fromEveryCell(database, (cell) =>
    listedIn(cell, order, (tx) => read(tx, { ...page, after })),
  )
  // While a company arrives it is seen on both sides, and is the same on both.
  const once = [...new Map(listed.map((one) => [one.place.id, one])).values()]
  return once
    .toSorted(latestFirst)
    .slice(0, page.first + 1)
    .map(({ job, cell }) => {
      note(job, cell)
      return job
    })
}

/** A cursor names a job, which lies in any of the cells: the others go on from the place that it has. */
const placeOf = async (
  database: Database,
  order: JobOrder,
  jobId: string | null,
): Promise<JobPlace | null | 'nowhere'> => {
  if (jobId === null) return null
  const places = await everyCell(database, ({ withPlatform }) =>
    withPlatform((tx) => maybePlaceOfJob(tx, order, jobId)),
  )
  return places.find((place) => place !== null) ?? 'nowhere'
}

type Listed = { readonly job: JobRun; readonly place: JobPlace; readonly cell: string }

const listedIn = (
  { name: cell, withPlatform }: CellDatabase,
  order: JobOrder,
  read: (tx: PlatformTx) => Promise<readonly JobRun[]>,
): Promise<readonly Listed[]> =>
  withPlatform(async (tx) => {
    const jobs = await read(tx)
    const places = new Map((await placesOfJobs(tx, order, jobs)).map((place) => [place.id, place]))
    return jobs.flatMap((job) => {
      const place = places.get(job.id)
      return place === undefined ? [] : [{ job, place, cell }]
    })
  })

const latestFirst = ({ place: one }: Listed, { place: other }: Listed): number => {
  if (one.at !== other.at) return one.at < other.at ? 1 : -1
  return one.id < other.id ? 1 : -1
}
