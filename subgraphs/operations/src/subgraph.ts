/** Everything operations is made of: the jobs that the chassis writes down, what a person does about them, and the watch. */
import { openTenantDatabase } from '@stormops/chassis/cells/routed-database'
import { HOME_CELL } from '@stormops/chassis/database/database'
import type { Database } from '@stormops/chassis/database/database'
import type { Tx } from '@stormops/chassis/database/transaction'
import { buildSubgraph } from '@stormops/chassis/graphql/build-subgraph'
import { sessionContext } from '@stormops/chassis/graphql/session'
import type { SessionContext } from '@stormops/chassis/graphql/session'
import type { OpenedFetch } from '@stormops/chassis/graphql/subgraph'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import type { Service, ServiceOptions } from '@stormops/chassis/service'
import { requireStanding, writeAudit } from '@stormops/tenancy/port'
import { alertFigures } from './alert-figures.ts'
import { jobReadsOfAll } from './all-cells.ts'
import { platformCounts, platformStats } from './all-figures.ts'
import type { OperationsContext, OperationsStores, PlatformView } from './context.ts'
import type { Resolvers } from './generated/resolvers.ts'
import { mailPlatformAlertHandler } from './jobs/mail-platform-alert.ts'
import { platformProbes } from './jobs/platform-probes.ts'
import { watchPlatformHandler } from './jobs/watch-platform.ts'
import { jobReads } from './job-reads.ts'
import type { OperationsPorts } from './ports.ts'
import { runnerOnJobs } from './run-on-jobs.ts'
import { jobRunResolvers } from './resolvers/job-run.ts'
import { mutationResolvers } from './resolvers/mutation.ts'
import {
  attemptTallyResolvers,
  platformAlertResolvers,
  platformStatsResolvers,
  platformWorkerResolvers,
} from './resolvers/platform.ts'
import { queryResolvers } from './resolvers/query.ts'
import { JobEventEntity, JobRunEntity } from './store/entities.ts'
import { jobRunStore } from './store/job-run-store.ts'
import * as alerts from './store/platform-alert-store.ts'

export { migrations } from './migrations.ts'

const resolvers: Resolvers = {
  Query: queryResolvers,
  Mutation: mutationResolvers,
  JobRun: jobRunResolvers,
  PlatformStats: platformStatsResolvers,
  PlatformWorker: platformWorkerResolvers,
  AttemptTally: attemptTallyResolvers,
  PlatformAlert: platformAlertResolvers,
}

type Dependencies = Parameters<typeof sessionContext<OperationsStores>>[0] & { readonly database: Database }

export const openOperations = async (options: ServiceOptions, ports: OperationsPorts): Promise<Service> => {
  const database = await openTenantDatabase({
    name: 'operations',
    connection: options.connection,
    cells: options.cells,
    entities: [JobRunEntity, JobEventEntity],
    poolSize: options.poolSize,
    telemetry: options.telemetry,
  })
  const dependencies: Dependencies = {
    database,
    queue: options.queue,
    clock: options.clock,
    newId: options.newId,
    writeAudit,
    requireStanding,
    log: options.log,
    stores: (tx: Tx) => ({ jobRuns: jobRunStore(tx), alerts: alerts.alertStore(tx) }),
  }
  const subgraph = buildSubgraph({
    name: 'operations',
    sdl: options.sdl,
    resolvers,
    unseal: options.unseal,
    session: (fetch) => operationsSession(dependencies, fetch),
  })
  return {
    subgraph,
    database,
    jobs: watchJobs(database, options, ports),
    platformFigures: [alertFigures(database)],
    close: database.close,
  }
}

const watchJobs = (
  database: Database,
  { queue, clock }: ServiceOptions,
  { probes, sendMail, operationsMail, publicUrl }: OperationsPorts,
): readonly JobHandler[] => {
  const own = platformProbes(platformCounts(database))
  return [
    watchPlatformHandler({
      probes: () => [...own, ...probes()],
      inLedger: database.withLedger,
      book: alerts,
      queue,
      clock,
    }),
    mailPlatformAlertHandler({
      find: (alertId) => database.withPlatform((tx) => alerts.maybeAlert(tx, alertId)),
      sendMail,
      operationsMail,
      publicUrl,
    }),
  ]
}

const operationsSession = (dependencies: Dependencies, fetch: OpenedFetch) => {
  const { database, clock } = dependencies
  const session = sessionContext(dependencies, fetch)
  const { actor, rateLimit } = fetch
  const acrossTenants = actor !== null && actor.tenantId === null && actor.scopes.has('platform:staff')
  const { forget, ...reads } = acrossTenants
    ? jobReadsOfAll(database)
    : jobReads(session.reading.read, () =>
        typeof actor?.tenantId === 'string' ? database.cellOf(actor.tenantId) : HOME_CELL,
      )
  const run = forgetting(session, forget)
  const context: OperationsContext = {
    ...session,
    run,
    runOn: runnerOnJobs(dependencies, { run, actor: session.actor, requestId: fetch.requestId, forget }),
    ...reads,
    cells: database.cells.map(({ name }) => name),
    rateLimit,
    now: () => clock.now(),
    platform: platformView(database, () => clock.now()),
  }
  return { context, close: session.reading.close }
}

/** What was read of jobs before a command is not what they are after it. */
const forgetting =
  (session: SessionContext<OperationsStores>, forget: () => void): OperationsContext['run'] =>
  async (command, input, idempotencyKey, tenantId) => {
    const result = await session.run(command, input, idempotencyKey, tenantId)
    forget()
    return result
  }

const platformView = (database: Database, now: () => Date): PlatformView => {
  // Several fields of one answer are about the same readings.
  let kept: ReturnType<PlatformView['readings']> | null = null
  return {
    stats: () => platformStats(database, now()),
    readings: () => (kept ??= database.withPlatform(alerts.readings)),
    openAlerts: () => database.withPlatform(alerts.openAlerts),
    pageOfAlerts: (filter, page) => database.withPlatform((tx) => alerts.pageOfAlerts(tx, filter, page)),
    maybeAlert: (id) => database.withPlatform((tx) => alerts.maybeAlert(tx, id)),
  }
}
