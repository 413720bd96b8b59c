/**
 * Under ten times the load nine of ten are turned away, and what that costs is taken from the tenth. So a company known by
 * its token that would find no place is told so before the request is anything but bytes and headers, and the log says
 * once a second how many they were.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { HttpMetrics } from '@stormops/chassis/telemetry/http-metrics'
import type { Log } from '@stormops/chassis/telemetry/log'
import type { NewId } from '@stormops/chassis/values/ids'
import { readBearer } from '../claims/claims.ts'
import type { Gateway } from '../gateway.ts'
import type { Limits } from '../limits/limits.ts'
import { overloaded } from '../limits/overload/slots.ts'
import { httpStageOf } from '../refusal-stage.ts'
import { REQUEST_ID_HEADER, requestIdOf, SECURITY_HEADERS } from './answer-headers.ts'
import { replyTo } from './errors.ts'
import { checkHead } from './request-checks.ts'

export type EarlyRefusalOptions = {
  readonly gateway: Gateway
  readonly limits: Limits
  readonly metrics: HttpMetrics
  readonly log: Log
  readonly newRequestId: NewId
  readonly isClosing: () => boolean
}

const GRAPHQL = /^\/graphql(?:\/([^/?]+))?(?:\?|$)/
const LOGGED_EVERY_MS = 1_000

/** Stands before the listener that the server has. */
export const refuseEarly = (server: Server, options: EarlyRefusalOptions): void => {
  const answerers = server.listeners('request')
  const refuse = refuser(options)
  server.removeAllListeners('request')
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (refuse(request, response)) return
    for (const answer of answerers) answer.call(server, request, response)
  })
}

const refuser = (options: EarlyRefusalOptions) => {
  const { gateway, limits, metrics, log, newRequestId, isClosing } = options
  const refusal = overloaded()
  const count = countedInLog(log)
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const { headers } = request
    const path = GRAPHQL.exec(request.url ?? '')
    if (path === null || !isTurnedAway(limits, headers.authorization)) return false
    const startedAt = performance.now()
    const mediaType = mediaTypeOf(request)
    // What is wrong in itself is told so, by whoever tells everybody.
    if (mediaType === null) return false
    const requestId = requestIdOf(headers, newRequestId)
    const reply = replyTo(refusal, requestId, log)
    const body = JSON.stringify(reply.body)
    response.writeHead(reply.status, {
      ...SECURITY_HEADERS,
      ...reply.headers,
      [REQUEST_ID_HEADER]: requestId,
      'content-type': mediaType,
      'content-length': Buffer.byteLength(body),
      ...(isClosing() ? { connection: 'close' } : {}),
    })
    response.end(body)
    const route = path[1] === undefined ? '/graphql' : '/graphql/:documentId'
    metrics.record(route, reply.status, (performance.now() - startedAt) / 1_000)
    gateway.countRefusal(httpStageOf(refusal.code), refusal.code)
    count()
    return true
  }
}

/** Only of a token that was good lately is it known whose it is. */
const isTurnedAway = ({ slots, addresses }: Limits, authorization: string | undefined): boolean => {
  if (!slots.isLineFull()) return false
  const owner = ownerOf(addresses, authorization)
  return owner !== null && slots.isFullFor(owner)
}

const ownerOf = (addresses: Limits['addresses'], authorization: string | undefined): string | null => {
  try {
    const bearer = readBearer(authorization)
    return bearer === null ? null : addresses.ownerOf(bearer)
  } catch {
    // It is no bearer, and is told so where that is counted against its address.
    return null
  }
}

const mediaTypeOf = ({ method, headers }: IncomingMessage): string | null => {
  try {
    return checkHead(method ?? '', headers)
  } catch {
    return null
  }
}

const countedInLog = (log: Log): (() => void) => {
  let turnedAway = 0
  return () => {
    turnedAway += 1
    if (turnedAway > 1) return
    setTimeout(() => {
      log.warn({ turnedAway }, 'requests turned away: more to do than can be taken on')
      turnedAway = 0
    }, LOGGED_EVERY_MS).unref()
  }
}
