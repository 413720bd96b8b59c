/** Everything slos is made of, from the database up to its graph. */
import { openTenantDatabase } from '@stormops/chassis/cells/routed-database'
import { buildSubgraph } from '@stormops/chassis/graphql/build-subgraph'
import { sessionContext } from '@stormops/chassis/graphql/session'
import type { Service, ServiceOptions } from '@stormops/chassis/service'
import { requireStanding, writeAudit } from '@stormops/tenancy/port'
import type { SlosContext, SlosStores } from './context.ts'
import { rollingWindow } from './domain/compliance.ts'
import { SLO_NAMES, SLOS } from './domain/slo.ts'
import type { Resolvers } from './generated/resolvers.ts'
import { queryResolvers } from './resolvers/query.ts'
import { sloResolvers } from './resolvers/slo.ts'
import { totalsWithin } from './store/slo-minute-store.ts'

export { migrations } from './migrations.ts'

const resolvers: Resolvers = { Query: queryResolvers, Slo: sloResolvers }

export const openSlos = async (options: ServiceOptions): Promise<Service> => {
  const database = await openTenantDatabase({
    name: 'slos',
    connection: options.connection,
    cells: options.cells,
    entities: [],
    poolSize: options.poolSize,
    telemetry: options.telemetry,
  })
  const dependencies = {
    database,
    queue: options.queue,
    clock: options.clock,
    newId: options.newId,
    writeAudit,
    requireStanding,
    log: options.log,
    stores: (): SlosStores => ({}),
  } satisfies Parameters<typeof sessionContext<SlosStores>>[0]

  const subgraph = buildSubgraph({
    name: 'slos',
    sdl: options.sdl,
    resolvers,
    unseal: options.unseal,
    session: (fetch) => {
      const session = sessionContext(dependencies, fetch)
      const context: SlosContext = {
        ...session,
        totalsBySlo: session.reading.loaderByKey((tx, names) => {
          const now = options.clock.now()
          const asked = SLO_NAMES.filter((name) => names.includes(name))
          return totalsWithin(tx, new Map(asked.map((name) => [name, rollingWindow(SLOS[name], now)])))
        }),
      }
      return { context, close: session.reading.close }
    },
  })
  return { subgraph, database, jobs: [], close: database.close }
}
