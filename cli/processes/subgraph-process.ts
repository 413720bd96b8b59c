/** `serve subgraph NAME`: one subgraph's graph, and its port where it has one, for whoever signs. */
import type { Config, Needs } from '@stormops/chassis/config'
import { processSeal } from '@stormops/chassis/graphql/seal'
import {
  contextSigner,
  contextVerifier,
  portAudience,
  subgraphAudience,
  subgraphIssuer,
} from '@stormops/chassis/graphql/signed-seal'
import { subgraphRoute } from '@stormops/chassis/graphql/subgraph-server'
import { clientInTrace } from '@stormops/chassis/http/client-in-trace'
import { metricsAccess } from '@stormops/chassis/http/metrics-access'
import { privateClient } from '@stormops/chassis/http/private-client'
import type { PrivateClient } from '@stormops/chassis/http/private-client'
import type { PrivateRoute } from '@stormops/chassis/http/private-call'
import { createPrivateServer } from '@stormops/chassis/http/private-server'
import { Fault } from '@stormops/chassis/fault'
import { openChangeNews } from '@stormops/gateway/change-news'
import type { Service } from '@stormops/chassis/service'
import type { Log } from '@stormops/chassis/telemetry/log'
import { quietTelemetry } from '@stormops/chassis/telemetry/telemetry'
import type { Telemetry } from '@stormops/chassis/telemetry/telemetry'
import { newId } from '@stormops/chassis/values/ids'
import { openModels } from '@stormops/models'
import type { ModelsPort } from '@stormops/models/port'
import { modelsPortRoutes } from '@stormops/models/port-routes'
import { remoteModelsPort } from '@stormops/models/remote-port'
import { SUBGRAPHS } from '@stormops/schema/subgraphs.ts'
import type { SubgraphName } from '@stormops/schema/subgraphs.ts'
import { openJobWork } from '../job-work.ts'
import { processParts } from '../process-parts.ts'
import { databaseReadiness } from '../process-readiness.ts'
import { openService, serviceOptions } from '../subgraph-services.ts'
import type { ServiceParts } from '../subgraph-services.ts'
import { keysOf, NOTHING_GIVEN } from './given-parts.ts'
import type { GivenParts } from './given-parts.ts'
import { NOTICE_MS, processDatabase } from './running-process.ts'
import type { RunningProcess } from './running-process.ts'

/** The gateway has 4000; each subgraph has one after it, in the order of the list. */
const FIRST_PORT = 4001

/** Storms asks models for scores; its links, and those of tenancy and billing, begin with the platform's address. */
export const subgraphNeeds = (name: SubgraphName): Needs => {
  if (name === 'storms') return { variables: ['DATABASE_URL', 'PUBLIC_URL'], subgraphs: ['models'] }
  if (name === 'tenancy' || name === 'billing')
    return { variables: ['DATABASE_URL', 'PUBLIC_URL'], subgraphs: [] }
  return { variables: ['DATABASE_URL'], subgraphs: [] }
}

export const openSubgraphProcess = async (
  name: SubgraphName,
  config: Config,
  log: Log,
  given: GivenParts = NOTHING_GIVEN,
): Promise<RunningProcess> => {
  const { telemetry = quietTelemetry() } = given
  const database = processDatabase(config, given)
  const { keys, stop } = await keysOf(config, log, given)
  const cells = await database.openCells(log)
  const work = await openJobWork(database.connection, log, 'sends', telemetry)
  const { seal, unseal } = processSeal()
  const { connection } = database
  const news = openChangeNews({ redisUrl: config.redisUrl?.reveal() ?? null, log })
  const parts = processParts(config, {
    ...given,
    connection,
    cells,
    queue: work.queue,
    unseal,
    keys,
    log,
    telemetry,
    tell: news.tell,
  })
  const { clock } = parts
  const clients: PrivateClient[] = []
  const { service, ports } = await opened(name, parts, () => farModels(config, parts, clients, telemetry))
  const server = createPrivateServer({
    routes: [
      subgraphRoute({
        subgraph: service.subgraph,
        seal,
        verify: contextVerifier({ keys, clock, audience: subgraphAudience(name) }),
        log,
        clock,
      }),
      ...ports,
    ],
    readiness: () => databaseReadiness([service]),
    log,
    telemetry,
    mayReadMetrics: metricsAccess(config.metricsToken),
    noticeMilliseconds: given.noticeMilliseconds ?? NOTICE_MS,
  })
  const close = async (): Promise<void> => {
    await server.close()
    for (const client of clients) client.close()
    await work.close()
    await service.close()
    await cells?.close()
    news.close()
    stop()
  }
  try {
    await database.check(service.jobs)
    const port = config.port ?? FIRST_PORT + SUBGRAPHS.indexOf(name)
    const { url } = await server.listen(config.host, port)
    return { url, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Models has a port beside its graph, for storms alone. */
const opened = async (
  name: SubgraphName,
  parts: ServiceParts,
  models: () => ModelsPort,
): Promise<{ readonly service: Service; readonly ports: readonly PrivateRoute[] }> => {
  if (name !== 'models') return { service: await openService(name, parts, models), ports: [] }
  const service = await openModels(serviceOptions(parts, name))
  const verify = contextVerifier({
    keys: parts.keys,
    clock: parts.clock,
    audience: portAudience(name),
    issuers: [subgraphIssuer('storms')],
  })
  return { service, ports: modelsPortRoutes(service.port, verify) }
}

const farModels = (
  config: Config,
  parts: ServiceParts,
  clients: PrivateClient[],
  { tracer, scene }: Telemetry,
): ModelsPort => {
  const urls = config.subgraphUrls.get('models')
  if (urls === undefined) throw new Fault('INTERNAL', 'SUBGRAPH_URLS does not say where models is.')
  const client = clientInTrace(privateClient(...urls), tracer)
  clients.push(client)
  const { keys, clock } = parts
  const sign = contextSigner(keys, clock, newId, subgraphIssuer('storms'))
  // What models writes down of a call belongs to the request that it is made for.
  const requestId = () => scene.fields()['requestId'] ?? newId()
  return remoteModelsPort({ client, sign, asker: 'storms', clock, newId: requestId })
}
