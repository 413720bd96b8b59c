/**
 * Who is let in to ask: an address that sent too much without signing in is turned away before its token is looked at,
 * and where there is too much under way already, whoever has the most of it is turned away before the body is read.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Fault } from '@stormops/chassis/fault'
import type { Actor, Verifier } from '@stormops/chassis/identity'
import { identify, readBearer } from '../claims/claims.ts'
import type { Limits } from '../limits/limits.ts'
import { overloaded } from '../limits/overload/slots.ts'
import { networkOf } from '../limits/rates/address.ts'
import { rateLimitFields } from '../limits/rates/rate-limit-fields.ts'
import { trailOf } from './trail.ts'

export type Admission = {
  /** Before the body is read. Throws `UNAVAILABLE`, `RATE_LIMITED`, or `UNAUTHENTICATED` for a header that is no bearer. */
  readonly arrive: (request: FastifyRequest) => Promise<void>
  /** Null for nobody. Throws `UNAUTHENTICATED`, or `RATE_LIMITED` for somebody who has just been told so. */
  readonly identify: (request: FastifyRequest) => Promise<Actor | null>
  /** Runs `work` once there is room for it. Throws `UNAVAILABLE`; `patience` in milliseconds. */
  readonly enter: <Result>(
    request: FastifyRequest,
    patience: number,
    work: () => Promise<Result>,
  ) => Promise<Result>
  /** Tells a client how its limits stand, where its answer does not say so yet. */
  readonly tell: (request: FastifyRequest, reply: FastifyReply) => Promise<void>
}

export const admission = (limits: Limits, verify: Verifier): Admission => {
  /** Whatever is brought that is no token of ours counts against the address it came from. */
  const orCounted = async <Read>(
    request: FastifyRequest,
    bearer: string | null,
    read: () => Read | Promise<Read>,
  ): Promise<Read> => {
    try {
      return await read()
    } catch (refused) {
      if (refused instanceof Fault && refused.code === 'UNAUTHENTICATED') {
        trailOf(request).standings = [await limits.addresses.refused(request.ip, bearer)]
      }
      throw refused
    }
  }
  return {
    arrive: async (request) => {
      const bearer = await orCounted(request, null, () => readBearer(request.headers.authorization))
      if (limits.slots.isLineFull()) {
        const owner = bearer === null ? networkOf(request.ip) : limits.addresses.ownerOf(bearer)
        // A token that is new here is looked at first: whoever it belongs to may have nothing under way.
        if (owner !== null && limits.slots.isFullFor(owner)) throw overloaded()
      }
      const standing = await limits.addresses.admit(request.ip, bearer)
      trailOf(request).standings = standing === null ? [] : [standing]
    },
    identify: async (request) => {
      const { authorization } = request.headers
      const bearer = readBearer(authorization)
      const actor = await orCounted(request, bearer, () => identify(authorization, verify))
      if (actor === null || bearer === null) return null
      limits.addresses.verified(bearer, ownerOf(request, actor))
      const { fault, standings } = limits.requests.lately(actor)
      if (fault === null) return actor
      trailOf(request).standings = standings
      throw fault
    },
    enter: (request, patience, work) => {
      const { actor } = trailOf(request)
      return limits.slots.run(ownerOf(request, actor), patience, work)
    },
    tell: async (request, reply) => {
      if (reply.hasHeader('ratelimit')) return
      const { standings } = trailOf(request)
      const known = standings.length > 0 ? standings : [await limits.addresses.look(request.ip)]
      reply.headers(rateLimitFields(known))
    },
  }
}

/** Who shares the platform with the others: a company, or an address. */
const ownerOf = (request: FastifyRequest, actor: Actor | null): string =>
  actor === null ? networkOf(request.ip) : (actor.tenantId ?? actor.id)

/** Where nothing is limited. */
export const openDoor = (verify: Verifier): Admission => ({
  arrive: async () => undefined,
  identify: ({ headers }) => identify(headers.authorization, verify),
  enter: (_request, _patience, work) => work(),
  tell: async () => undefined,
})
