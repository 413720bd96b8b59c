/** What machines ask of the process: is it alive, may it be sent requests, what does it count, whose tokens are these. */
import type { FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import type { Readiness } from '@stormops/chassis/http/readiness'
import { Fault } from '@stormops/chassis/fault'
import type { MayReadMetrics } from '@stormops/chassis/http/metrics-access'
import { KEY_SET_MAX_AGE_SECONDS } from '@stormops/chassis/signing-keys'
import type { SigningKey } from '@stormops/chassis/signing-keys'
import type { Log } from '@stormops/chassis/telemetry/log'

export type { Readiness } from '@stormops/chassis/http/readiness'
export type KeySet = { readonly keys: readonly SigningKey['publicJwk'][] }

export type HealthOptions = {
  readonly readiness: () => Promise<Readiness>
  readonly isClosing: () => boolean
  readonly registry: Registry
  readonly mayReadMetrics: MayReadMetrics
  readonly jwks: () => KeySet
  readonly log: Log
}

export const HEALTH_ROUTES: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics'])

export const healthRoutes = (app: FastifyInstance, options: HealthOptions): void => {
  const probe = { exposeHeadRoute: true }
  app.get('/healthz', probe, async () => ({ status: 'ok' }))
  app.get('/readyz', probe, async (request, reply) => {
    const { ready, checks } = await checked(options, request.id)
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', checks })
  })
  app.get('/metrics', async ({ raw, headers }, reply) => {
    if (!options.mayReadMetrics({ address: raw.socket.remoteAddress, headers })) {
      throw new Fault('FORBIDDEN', 'Metrics are for this network, and for whoever brings its token.')
    }
    return reply.type(options.registry.contentType).send(await options.registry.metrics())
  })
  app.get('/.well-known/jwks.json', async (_request, reply) =>
    reply.header('cache-control', `public, max-age=${KEY_SET_MAX_AGE_SECONDS}`).send(options.jwks()),
  )
}

/** A check that throws says no more than that; its cause is in the log. */
const checked = async (options: HealthOptions, requestId: string): Promise<Readiness> => {
  if (options.isClosing()) return { ready: false, checks: { server: 'closing' } }
  try {
    return await options.readiness()
  } catch (cause) {
    options.log.error({ err: cause, requestId }, 'Readiness could not be told.')
    return { ready: false, checks: { readiness: 'failed' } }
  }
}
