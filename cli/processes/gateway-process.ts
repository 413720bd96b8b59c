/**
 * `serve gateway`: the one graph before subgraphs that run elsewhere. Who a bearer is, what a company has published
 * and which plan it has are needed before any subgraph may be asked, so they are looked up here, over a small pool.
 */
import { systemClock } from '@stormops/chassis/clock'
import type { Config, Needs } from '@stormops/chassis/config'
import { Fault } from '@stormops/chassis/fault'
import { processSeal } from '@stormops/chassis/graphql/seal'
import type { Seal } from '@stormops/chassis/graphql/seal'
import { contextSigner } from '@stormops/chassis/graphql/signed-seal'
import { privateClient } from '@stormops/chassis/http/private-client'
import type { SigningKeys } from '@stormops/chassis/identity'
import type { Log } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import type { RemoteSubgraph } from '@stormops/gateway/remote-data-source'
import { SUBGRAPHS } from '@stormops/schema/subgraphs.ts'
import { openDisk } from '../disk.ts'
import { openGatewayServer } from '../gateway-server.ts'
import type { GatewayServer } from '../gateway-server.ts'
import { gatewaySettings } from '../gateway-settings.ts'
import { openJobWork } from '../job-work.ts'
import { openKeys } from '../process-keys.ts'
import { processParts } from '../process-parts.ts'
import { gatewayReadiness } from '../process-readiness.ts'
import { openLookups } from '../subgraph-services.ts'
import type { Lookups } from '../subgraph-services.ts'
import { NOTICE_MS, processDatabase } from './running-process.ts'
import type { RunningProcess } from './running-process.ts'

const DEFAULT_PORT = 4000

/** Connections of each of two pools. What they answer is remembered for a second or more. */
const POOL_SIZE = 4

export const GATEWAY_NEEDS: Needs = { variables: ['DATABASE_URL'], subgraphs: SUBGRAPHS }

export const openGatewayProcess = async (config: Config, log: Log): Promise<RunningProcess> => {
  const database = processDatabase(config)
  const { keys, stop } = await openKeys(config, log)
  const subgraphs = farSubgraphs(config, keys)
  // What Stripe tells is kept here, and handled by whoever works.
  const work = await openJobWork(database.connection, log, 'sends')
  let url = config.publicUrl ?? ''
  const parts = processParts(config, {
    connection: database.connection,
    queue: work.queue,
    // Nobody asks the graphs of this process: what nobody seals, nobody opens.
    unseal: processSeal().unseal,
    keys,
    log,
    publicUrl: () => url,
  })
  const disk = await openDisk(config, log)
  let lookups: Lookups | null = null
  let server: GatewayServer | null = null
  const close = async (): Promise<void> => {
    await server?.close()
    for (const { client } of subgraphs) client.close()
    await lookups?.tenancy.close()
    await lookups?.billing.close()
    await work.close()
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
      subgraphs,
      seal: nothingIsNear,
      lookups: known,
      mailbox: parts.mail.mailbox,
      readiness: () => gatewayReadiness(known, subgraphs),
      noticeMilliseconds: NOTICE_MS,
      disk,
    })
    const listening = await server.http.listen(config.host, config.port ?? DEFAULT_PORT)
    url = config.publicUrl ?? listening.url
    if (config.sandbox === 'graphiql') server.sandboxBundle.prepare()
    return { url: listening.url, close }
  } catch (error) {
    await close()
    throw error
  }
}

const farSubgraphs = (config: Config, keys: SigningKeys): readonly RemoteSubgraph[] => {
  const sign = contextSigner(keys, systemClock, newId)
  return [...config.subgraphUrls].map(([name, url]) => ({ name, client: privateClient(url), sign }))
}

/** The seal of a process is for subgraphs in it, and here is none. */
const nothingIsNear: Seal = () => {
  throw new Fault('INTERNAL', 'No subgraph runs in the process of this gateway.')
}
