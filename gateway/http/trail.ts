/** What is remembered of a request while it is answered, for its one line in the log and for its errors. */
import type { FastifyRequest } from 'fastify'
import type { Actor } from '@stormops/chassis/identity'
import { JSON_MEDIA_TYPE } from './media-types.ts'

export type Trail = {
  readonly startedAt: number
  actor: Actor | null
  operationName: string | null
  /** Media type of an answer, errors included. */
  mediaType: string
}

const trails = new WeakMap<FastifyRequest, Trail>()

export const trailOf = (request: FastifyRequest): Trail => {
  const known = trails.get(request)
  if (known !== undefined) return known
  const trail: Trail = {
    startedAt: performance.now(),
    actor: null,
    operationName: null,
    mediaType: JSON_MEDIA_TYPE,
  }
  trails.set(request, trail)
  return trail
}
