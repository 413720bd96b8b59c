/** The gateway with its HTTP server, over subgraphs of this process or of others. */
import { createGateway } from '@stormops/gateway'
import type { Gateway } from '@stormops/gateway'
import { fileRoutes } from '@stormops/gateway/http/file-routes'
import { createHttpServer } from '@stormops/gateway/http/server'
import type { HttpServer } from '@stormops/gateway/http/server'
import type { AskableSubgraph } from '@stormops/gateway/planner'
import type { Clock } from '@stormops/chassis/clock'
import { signedLinks } from '@stormops/chassis/files/signed-link'
import { localFiles } from '@stormops/chassis/files/tenant-files'
import type { Seal } from '@stormops/chassis/graphql/seal'
import type { Readiness } from '@stormops/chassis/http/readiness'
import type { SigningKeys, Verifier } from '@stormops/chassis/identity'
import type { Log } from '@stormops/chassis/telemetry/log'
import type { NewId } from '@stormops/chassis/values/ids'
import { readSupergraph } from '@stormops/schema/compose.ts'

export type GatewayServerOptions = {
  readonly subgraphs: readonly AskableSubgraph[]
  readonly seal: Seal
  /** Who a bearer is: the one place for whatever asks a database about keys and sessions. */
  readonly verify: Verifier
  readonly readiness: () => Promise<Readiness>
  readonly home: string
  readonly keys: SigningKeys
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Log
  readonly introspection: boolean
  /** Milliseconds between saying that it closes and closing. Default 0. */
  readonly noticeMilliseconds?: number
}

export type GatewayServer = {
  readonly gateway: Gateway
  readonly http: HttpServer
  readonly close: () => Promise<void>
}

export const openGatewayServer = async (options: GatewayServerOptions): Promise<GatewayServer> => {
  const { subgraphs, seal, verify, readiness, keys, clock, newId, log, noticeMilliseconds } = options
  const gateway = await createGateway({
    supergraphSdl: readSupergraph(),
    subgraphs,
    seal,
    log,
    clock,
    introspection: options.introspection,
  })
  const http = await createHttpServer({
    gateway,
    verify,
    jwks: () => ({ keys: [keys.publicJwk] }),
    log,
    newRequestId: newId,
    readiness,
    routes: fileRoutes(localFiles(options.home), signedLinks(keys, clock)),
    ...(noticeMilliseconds === undefined ? {} : { noticeMilliseconds }),
  })
  return {
    gateway,
    http,
    close: async () => {
      await http.close()
      await gateway.stop()
    },
  }
}
