/**
 * `serve gateway`: the one graph before subgraphs that run elsewhere. Who a bearer is, what a company has published
 * and which plan it has are needed before any subgraph may be asked, so they are looked up here, over a small pool.
 */
import type { Clock } from '@stormops/chassis/clock'
import type { Config, Needs } from '@stormops/chassis/config'
import { Fault } from '@stormops/chassis/fault'
import { processSeal } from '@stormops/chassis/graphql/seal'
import type { Seal } from '@stormops/chassis/graphql/seal'
import { contextSigner } from '@stormops/chassis/graphql/signed-seal'
import { clientInTrace } from '@stormops/chassis/http/client-in-trace'
import { privateClient } from '@stormops/chassis/http/private-client'
import type { SigningKeys } from '@stormops/chassis/identity'
import type { Log } from '@stormops/chassis/telemetry/log'
import { quietTelemetry } from '@stormops/chassis/telemetry/telemetry'
import type { Telemetry } from '@stormops/chassis/telemetry/telemetry'
import { newId } from '@stormops/chassis/values/ids'
import { openChangeNews } from '@stormops/gateway/change-news'
import type { RemoteSubgraph } from '@stormops/gateway/remote-data-source'
import { SUBGRAPHS } from '@stormops/schema/subgraphs.ts'
import { openDisk } from '../disk.ts'
import { openGatewayServer } from '../gateway-server.ts'
import type { GatewayServer } from '../gateway-server.ts'
import { gatewaySettings } from '../gateway-settings.ts'
import { openJobWork } from '../job-work.ts'
import { processParts } from '../process-parts.ts'
import { gatewayReadiness } from '../process-readiness.ts'
import { openLookups } from '../subgraph-services.ts'
import type { Lookups } from '../subgraph-services.ts'
import { keysOf, NOTHING_GIVEN } from './given-parts.ts'
import type { GivenParts } from './given-parts.ts'
import { NOTICE_MS, processDatabase } from './running-process.ts'
import type { RunningProcess } from './running-process.ts'

const DEFAULT_PORT = 4000

/** Connections of each of two pools. What they answer is remembered for a second or more. */
const POOL_SIZE = 4

export const GATEWAY_NEEDS: Needs = { variables: ['DATABASE_URL'], subgraphs: SUBGRAPHS }

export type GatewayProcess = RunningProcess &
  Pick<GatewayServer, 'gateway' | 'sandboxBundle'> & {
    /** What is told by Stripe, and compared with it. */
    readonly payments: Lookups['billing']['payments']
  }

export const openGatewayProcess = async (
  config: Config,
  log: Log,
  given: GivenParts = NOTHING_GIVEN,
): Promise<GatewayProcess> => {
  const { telemetry = quietTelemetry() } = given
  const database = processDatabase(config, given)
  const { keys, stop } = await keysOf(config, log, given)
  // What Stripe tells is kept here, and handled by whoever works.
  const cells = await database.openCells(log)
  const work = await openJobWork(database.connection, log, 'sends', telemetry)
  const news = openChangeNews({ redisUrl: config.redisUrl?.reveal() ?? null, log })
  let url = config.publicUrl ?? ''
  const parts = processParts(config, {
    ...given,
    connection: database.connection,
    cells,
    queue: work.queue,
    // Nobody asks the graphs of this process: what nobody seals, nobody opens.
    unseal: processSeal().unseal,
    keys,
    log,
    telemetry,
    tell: news.tell,
    publicUrl: given.publicUrl ?? (() => url),
  })
  const subgraphs = farSubgraphs(config, keys, parts.clock, telemetry)
  const disk = await openDisk(config, log)
  let lookups: Lookups | null = null
  let server: GatewayServer | null = null
  const close = async (): Promise<void> => {
    await server?.close()
    for (const { client } of subgraphs) client.close()
    await lookups?.tenancy.close()
    await lookups?.billing.close()
    await work.close()
    await cells?.close()
    news.close()
    disk.stop()
    stop()
  }
  try {
    await database.check([])
    const known = await openLookups({ ...parts, poolSize: POOL_SIZE })
    lookups = known
    server = await openGatewayServer({
      ...parts,
      ...gatewaySettings(config),
      ...given.gateway,
      subgraphs,
      news,
      seal: nothingIsNear,
      lookups: known,
      mailbox: parts.mail.mailbox,
      readiness: () => gatewayReadiness(known, subgraphs),
      noticeMilliseconds: given.noticeMilliseconds ?? NOTICE_MS,
      disk,
    })
    const listening = await server.http.listen(config.host, config.port ?? DEFAULT_PORT)
    url = config.publicUrl ?? listening.url
    if (config.sandbox === 'graphiql') server.sandboxBundle.prepare()
    const { gateway, sandboxBundle } = server
    return { url: listening.url, close, gateway, sandboxBundle, payments: known.billing.payments }
  } catch (error) {
    await close()
    throw error
  }
}

const farSubgraphs = (
  config: Config,
  keys: SigningKeys,
  clock: Clock,
  { tracer }: Telemetry,
): readonly RemoteSubgraph[] => {
  const sign = contextSigner(keys, clock, newId)
  return [...config.subgraphUrls].map(([name, urls]) => ({
    name,
    client: clientInTrace(privateClient(...urls), tracer),
    sign,
  }))
}

/** The seal of a process is for subgraphs in it, and here is none. */
const nothingIsNear: Seal = () => {
  throw new Fault('INTERNAL', 'No subgraph runs in the process of this gateway.')
}
