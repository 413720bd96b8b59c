/** Everything operations is made of: the jobs that the chassis writes down, what a person does about them, and the watch. */
import { openTenantDatabase } from '@stormops/chassis/cells/routed-database'
import type { Database } from '@stormops/chassis/database/database'
import type { PlatformTx, Tx } from '@stormops/chassis/database/transaction'
import { buildSubgraph } from '@stormops/chassis/graphql/build-subgraph'
import { sessionContext } from '@stormops/chassis/graphql/session'
import type { SessionContext } from '@stormops/chassis/graphql/session'
import type { OpenedFetch } from '@stormops/chassis/graphql/subgraph'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import type { Service, ServiceOptions } from '@stormops/chassis/service'
import { PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import { requireStanding, writeAudit } from '@stormops/tenancy/port'
import DataLoader from 'dataloader'
import { alertFigures } from './alert-figures.ts'
import type { OperationsContext, OperationsStores, PlatformView } from './context.ts'
import type { QueueDepth } from './domain/platform-figures.ts'
import type { Resolvers } from './generated/resolvers.ts'
import { mailPlatformAlertHandler } from './jobs/mail-platform-alert.ts'
import { platformProbes } from './jobs/platform-probes.ts'
import { watchPlatform } from './jobs/watch-jobs.ts'
import { watchPlatformHandler } from './jobs/watch-platform.ts'
import type { OperationsPorts } from './ports.ts'
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
import {
  eventsByJob,
  jobRunsById,
  jobRunStore,
  pageOfDeadLetters,
  pageOfJobRuns,
  rerunsByJob,
  stepsByKey,
  stepsKey,
} from './store/job-run-store.ts'
import * as alerts from './store/platform-alert-store.ts'
import {
  attemptsOfLastHour,
  deadLetters,
  jobFlow,
  queueDepths,
  secondsSinceWorkerSeen,
  workers,
} from './store/platform-figures-store.ts'

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

type Dependencies = Parameters<typeof sessionContext<OperationsStores>>[0]

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

/** The queue keeps every company's jobs, and is the app's alone to read: the platform reads it as itself. */
const readQueues = (database: Database): Promise<readonly QueueDepth[]> =>
  database.withTenant(PLATFORM_TENANT_ID, queueDepths, { readOnly: true })

const watchJobs = (
  database: Database,
  { queue, clock }: ServiceOptions,
  { probes, sendMail, operationsMail, publicUrl }: OperationsPorts,
): readonly JobHandler[] => {
  const own = platformProbes({
    workers: () => database.withPlatform(workers),
    secondsSinceWorkerSeen: () => database.withPlatform(secondsSinceWorkerSeen),
    queues: () => readQueues(database),
    attempts: () => database.withPlatform(attemptsOfLastHour),
    deadLetters: () => database.withPlatform(deadLetters),
    flow: () => database.withPlatform((tx) => jobFlow(tx, watchPlatform.name)),
  })
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

type ReadJobs = <T>(work: (tx: PlatformTx) => Promise<T>) => Promise<T>

const operationsSession = (dependencies: Dependencies, fetch: OpenedFetch) => {
  const { database, clock } = dependencies
  const session = sessionContext(dependencies, fetch)
  const { actor, rateLimit } = fetch
  const acrossTenants = actor !== null && actor.tenantId === null && actor.scopes.has('platform:staff')
  const readJobs: ReadJobs = acrossTenants ? database.withPlatform : session.reading.read
  const { forget, ...loaders } = jobLoaders(readJobs)
  const context: OperationsContext = {
    ...session,
    run: forgetting(session, forget),
    ...loaders,
    rateLimit,
    now: () => clock.now(),
    pageOfJobRuns: (filter, page) => readJobs((tx) => pageOfJobRuns(tx, filter, page)),
    pageOfDeadLetters: (filter, page) => readJobs((tx) => pageOfDeadLetters(tx, filter, page)),
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

const jobLoaders = (readJobs: ReadJobs) => {
  const byKey = <Value>(
    find: (tx: PlatformTx, keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
  ): DataLoader<string, Value | null> =>
    new DataLoader(async (keys) => {
      const found = await readJobs((tx) => find(tx, keys))
      return keys.map((key) => found.get(key) ?? null)
    })
  const jobRunById = byKey(
    async (tx, ids) => new Map((await jobRunsById(tx, ids)).map((job) => [job.id, job])),
  )
  const steps = byKey(stepsByKey)
  const reruns = byKey(rerunsByJob)
  const events = byKey(eventsByJob)
  return {
    jobRunById,
    rerunsByJob: reruns,
    eventsByJob: events,
    stepsOf: async (tenantId: string, subject: string) =>
      (await steps.load(stepsKey(tenantId, subject))) ?? [],
    forget: () => {
      for (const loader of [jobRunById, steps, reruns, events]) loader.clearAll()
    },
  }
}

const platformView = (database: Database, now: () => Date): PlatformView => {
  // Several fields of one answer are about the same readings.
  let kept: ReturnType<PlatformView['readings']> | null = null
  return {
    stats: async () => {
      const queues = await readQueues(database)
      return database.withPlatform(async (tx) => ({
        at: now(),
        workers: await workers(tx),
        queues,
        lastHour: await attemptsOfLastHour(tx),
        deadLetters: await deadLetters(tx),
      }))
    },
    readings: () => (kept ??= database.withPlatform(alerts.readings)),
    openAlerts: () => database.withPlatform(alerts.openAlerts),
    pageOfAlerts: (filter, page) => database.withPlatform((tx) => alerts.pageOfAlerts(tx, filter, page)),
    maybeAlert: (id) => database.withPlatform((tx) => alerts.maybeAlert(tx, id)),
  }
}
