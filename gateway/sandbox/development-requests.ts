/**
 * Who may be given a token for the asking: a page of our own, in a browser on this very machine. Anything else would
 * hand the platform to whoever can reach the port, or to any page a developer happens to open.
 */
import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { HttpRefusal } from '../http/errors.ts'

const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3})$/

/** What a proxy adds, which would make everybody in the world come from this machine. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via']

/** Throws `HttpRefusal` 403. */
export const requireOwnPage = (request: FastifyRequest): void => {
  if (!LOOPBACK.test(request.socket.remoteAddress ?? '')) {
    throw new HttpRefusal(403, 'Tokens for development are given on this machine only. Use stormops token.')
  }
  if (FORWARDED.some((name) => request.headers[name] !== undefined)) {
    throw new HttpRefusal(403, 'Tokens for development are not given through a proxy. Use stormops token.')
  }
  // Another site that lets its own name point here would otherwise pass as the same origin.
  if (!isOwnHost(request.hostname)) {
    throw new HttpRefusal(403, 'Open the sandbox as localhost, or by the address of this machine.')
  }
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw new HttpRefusal(403, 'Only the sandbox itself may ask for this.')
  }
}

const isOwnHost = (name: string): boolean => {
  const bare = name.replace(/^\[|\]$/g, '')
  return bare === 'localhost' || bare.endsWith('.localhost') || isIP(bare) !== 0
}
