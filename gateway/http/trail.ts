/** What is remembered of a request while it is answered, for its one line in the log and for its errors. */
import type { FastifyRequest } from 'fastify'
import type { Actor } from '@stormops/chassis/identity'
import type { Standing } from '../limits/rates/rate-limit-fields.ts'
import { JSON_MEDIA_TYPE } from './media-types.ts'

export type Trail = {
  readonly startedAt: number
  actor: Actor | null
  operationName: string | null
  /** Null where nothing is traced. */
  traceId: string | null
  /** Media type of an answer, errors included. */
  mediaType: string
  /** How the limits stand that the request met before it came to be an operation. */
  standings: readonly Standing[]
}

const trails = new WeakMap<FastifyRequest, Trail>()

export const trailOf = (request: FastifyRequest): Trail => {
  const known = trails.get(request)
  if (known !== undefined) return known
  const trail: Trail = {
    startedAt: performance.now(),
    actor: null,
    operationName: null,
    traceId: null,
    mediaType: JSON_MEDIA_TYPE,
    standings: [],
  }
  trails.set(request, trail)
  return trail
}
