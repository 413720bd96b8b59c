/** `serve gateway`: the one graph before subgraphs that run elsewhere. It has no database, and keeps nothing. */
import { systemClock } from '@stormops/chassis/clock'
import type { Config, Needs } from '@stormops/chassis/config'
import { Fault } from '@stormops/chassis/fault'
import type { Seal } from '@stormops/chassis/graphql/seal'
import { contextSigner } from '@stormops/chassis/graphql/signed-seal'
import { privateClient } from '@stormops/chassis/http/private-client'
import { signingKeys, tokenVerifier } from '@stormops/chassis/identity'
import type { SigningKeys } from '@stormops/chassis/identity'
import type { Log } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import type { RemoteSubgraph } from '@stormops/gateway/remote-data-source'
import { SUBGRAPHS } from '@stormops/schema/subgraphs.ts'
import { openGatewayServer } from '../gateway-server.ts'
import { subgraphReadiness } from '../process-readiness.ts'
import { NOTICE_MS } from './running-process.ts'
import type { RunningProcess } from './running-process.ts'

const DEFAULT_PORT = 4000

export const GATEWAY_NEEDS: Needs = { variables: [], subgraphs: SUBGRAPHS }

export const openGatewayProcess = async (config: Config, log: Log): Promise<RunningProcess> => {
  const keys = await signingKeys(config.home, config.keysDirectory)
  const subgraphs = farSubgraphs(config, keys)
  const { http, close } = await openGatewayServer({
    subgraphs,
    seal: nothingIsNear,
    // Tokens are checked by their signature. What has to be looked up, as keys of partners are, is looked up here.
    verify: tokenVerifier(keys, systemClock),
    readiness: () => subgraphReadiness(subgraphs),
    home: config.home,
    keys,
    clock: systemClock,
    newId,
    log,
    introspection: config.environment !== 'production',
    noticeMilliseconds: NOTICE_MS,
  })
  const closeAll = async (): Promise<void> => {
    await close()
    for (const { client } of subgraphs) client.close()
  }
  try {
    const { url } = await http.listen(config.host, config.port ?? DEFAULT_PORT)
    return { url, close: closeAll }
  } catch (error) {
    await closeAll()
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
