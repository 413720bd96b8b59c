/** Everything storms is made of, from the database up to its graph. */
import { lastGoodBackupAt } from '@stormops/chassis/backup/backup-record'
import type { CommandDependencies } from '@stormops/chassis/command'
import { openTenantDatabase } from '@stormops/chassis/cells/routed-database'
import type { Tx } from '@stormops/chassis/database/transaction'
import { buildSubgraph } from '@stormops/chassis/graphql/build-subgraph'
import { sessionContext } from '@stormops/chassis/graphql/session'
import type { SessionContext } from '@stormops/chassis/graphql/session'
import type { Service, ServiceOptions } from '@stormops/chassis/service'
import { requireStanding, writeAudit, tenantProfile } from '@stormops/tenancy/port'
import type { StormsContext } from './context.ts'
import type { Resolvers } from './generated/resolvers.ts'
import { closePilotHandler } from './jobs/close-pilot.ts'
import { importPropertiesHandler } from './jobs/import-properties.ts'
import { openPilotHandler } from './jobs/open-pilot.ts'
import type { StormsPorts } from './ports.ts'
import { renderPilotReportInWorker } from './report/pilot-report-worker.ts'
import { importMutations } from './resolvers/import-mutations.ts'
import { pilotMutations } from './resolvers/pilot-mutations.ts'
import { pilotResolvers } from './resolvers/pilot.ts'
import { propertyImportResolvers } from './resolvers/property-import.ts'
import { propertyResolvers } from './resolvers/property.ts'
import { queryResolvers } from './resolvers/query.ts'
import { stormMutations } from './resolvers/storm-mutations.ts'
import { stormResolvers } from './resolvers/storm.ts'
import type { StormsStores } from './stores.ts'
import { assignmentStore } from './store/assignment-store.ts'
import { attributionStore } from './store/attribution-store.ts'
import { entities } from './store/entities.ts'
import { healthStore } from './store/health-store.ts'
import { importStore } from './store/import-store.ts'
import { measurementStore } from './store/measurement-store.ts'
import { outcomeStore } from './store/outcome-store.ts'
import { pilotStore } from './store/pilot-store.ts'
import { propertyStore } from './store/property-store.ts'
import { scoreStore } from './store/score-store.ts'
import { stormStore } from './store/storm-store.ts'

export { migrations } from './migrations.ts'

const resolvers: Resolvers = {
  Query: queryResolvers,
  Mutation: { ...stormMutations, ...importMutations, ...pilotMutations },
  Storm: stormResolvers,
  Property: propertyResolvers,
  PropertyImport: propertyImportResolvers,
  Pilot: pilotResolvers,
}

export const storesOf = (tx: Tx): StormsStores => ({
  storms: stormStore(tx),
  properties: propertyStore(tx),
  scores: scoreStore(tx),
  assignments: assignmentStore(tx),
  outcomes: outcomeStore(tx),
  imports: importStore(tx),
  pilots: pilotStore(tx),
  measurements: measurementStore(tx),
  health: healthStore(tx),
  attribution: attributionStore(tx),
})

const contextOf = (
  session: SessionContext<StormsStores>,
  options: ServiceOptions,
  ports: StormsPorts,
): StormsContext => {
  const { loaderById, loaderByKey } = session.reading
  return {
    ...session,
    ports,
    tenant: () => session.reading.read(tenantProfile),
    now: () => options.clock.now(),
    stormById: loaderById((tx, ids) => stormStore(tx).manyById(ids)),
    propertyById: loaderById((tx, ids) => propertyStore(tx).manyById(ids)),
    importById: loaderById((tx, ids) => importStore(tx).manyById(ids)),
    pilotById: loaderById((tx, ids) => pilotStore(tx).manyById(ids)),
    propertyCountByStorm: loaderByKey((tx, ids) => propertyStore(tx).countByStorm(ids)),
    countsByStorm: loaderByKey((tx, ids) => assignmentStore(tx).countsByStorm(ids)),
    upliftByProperty: loaderByKey((tx, ids) => scoreStore(tx).upliftById(ids)),
    assignmentByProperty: loaderByKey(async (tx, ids) => {
      const assignments = await assignmentStore(tx).manyByPropertyId(ids)
      return new Map(assignments.map((assignment) => [assignment.propertyId, assignment]))
    }),
  }
}

/** Reports are rendered in a thread of their own, so the composition root gives the other ports only. */
export const openStorms = async (
  options: ServiceOptions,
  given: Omit<StormsPorts, 'renderReport' | 'lastGoodBackupAt'>,
): Promise<Service> => {
  const ports: StormsPorts = {
    ...given,
    lastGoodBackupAt,
    renderReport: (report, context) => renderPilotReportInWorker(report, context),
  }
  const { connection, cells, poolSize, clock, queue, newId, telemetry } = options
  const database = await openTenantDatabase({
    name: 'storms',
    connection,
    cells,
    entities,
    poolSize,
    telemetry,
  })
  const dependencies: CommandDependencies<StormsStores> = {
    database,
    queue,
    clock,
    newId,
    writeAudit,
    requireStanding,
    log: options.log,
    stores: storesOf,
  }
  const subgraph = buildSubgraph({
    name: 'storms',
    sdl: options.sdl,
    resolvers,
    unseal: options.unseal,
    session: (fetch) => {
      const session = sessionContext(dependencies, fetch)
      return { context: contextOf(session, options, ports), close: session.reading.close }
    },
  })
  const jobs = [
    importPropertiesHandler(database, storesOf, ports.files, clock),
    openPilotHandler(database, storesOf, clock, ports),
    closePilotHandler(database, storesOf, ports, clock),
  ]
  return { subgraph, database, jobs, close: database.close }
}
