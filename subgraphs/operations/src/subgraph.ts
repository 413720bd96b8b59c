/** Everything operations is made of. It has no tables: the chassis writes down every job, and this shows it. */
import { openTenantDatabase } from '@stormops/chassis/cells/routed-database'
import type { Database, PlatformTx } from '@stormops/chassis/database/database'
import { Fault } from '@stormops/chassis/fault'
import { buildSubgraph } from '@stormops/chassis/graphql/build-subgraph'
import { openReading } from '@stormops/chassis/graphql/reading'
import type { FetchContext } from '@stormops/chassis/graphql/subgraph'
import type { Service, ServiceOptions } from '@stormops/chassis/service'
import DataLoader from 'dataloader'
import type { OperationsContext } from './context.ts'
import type { Resolvers } from './generated/resolvers.ts'
import { jobRunResolvers } from './resolvers/job-run.ts'
import { queryResolvers } from './resolvers/query.ts'
import { JobEventEntity, JobRunEntity } from './store/entities.ts'
import { eventsByJob, maybeJobRun, pageOfJobRuns } from './store/job-run-store.ts'

const resolvers: Resolvers = { Query: queryResolvers, JobRun: jobRunResolvers }

export const openOperations = async (options: ServiceOptions): Promise<Service> => {
  const database = await openTenantDatabase({
    name: 'operations',
    connection: options.connection,
    cells: options.cells,
    entities: [JobRunEntity, JobEventEntity],
    poolSize: options.poolSize,
  })
  const subgraph = buildSubgraph({
    name: 'operations',
    sdl: options.sdl,
    resolvers,
    unseal: options.unseal,
    session: (fetch) => operationsSession(database, fetch),
  })
  return { subgraph, database, jobs: [], close: database.close }
}

const operationsSession = (database: Database, { actor, rateLimit }: FetchContext) => {
  const reading = openReading(database, actor?.tenantId ?? null)
  const acrossTenants = actor !== null && actor.tenantId === null && actor.scopes.has('platform:staff')
  const readJobs: <T>(work: (tx: PlatformTx) => Promise<T>) => Promise<T> = acrossTenants
    ? database.withPlatform
    : reading.read
  const context: OperationsContext = {
    actor: () => {
      if (actor === null) throw new Fault('UNAUTHENTICATED', 'Sign in first.')
      return actor
    },
    rateLimit,
    pageOfJobRuns: (filter, page) => readJobs((tx) => pageOfJobRuns(tx, filter, page)),
    maybeJobRun: (id) => readJobs((tx) => maybeJobRun(tx, id)),
    eventsByJob: new DataLoader(async (ids) => {
      const found = await readJobs((tx) => eventsByJob(tx, ids))
      return ids.map((id) => found.get(id) ?? null)
    }),
  }
  return { context, close: reading.close }
}
