/**
 * Who may read what a process counts: figures of every company are in it. This machine always may; its private network
 * may where no token is set; with the token, anybody. What a proxy passed on comes from nobody knows where.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { BlockList, isIP } from 'node:net'
import type { Secret } from '../secret.ts'
import { LOOPBACK_NETWORKS, PRIVATE_NETWORKS } from '../trusted-proxies.ts'

export type MetricsAsker = {
  /** Of the connection itself, whatever headers say. */
  readonly address: string | undefined
  readonly headers: IncomingHttpHeaders
}

export type MayReadMetrics = (asker: MetricsAsker) => boolean

/** What proxies write down of whom they speak for. */
const PASSED_ON = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via']

export const metricsAccess = (token: Secret<string> | null): MayReadMetrics => {
  const near = networks(token === null ? [...LOOPBACK_NETWORKS, ...PRIVATE_NETWORKS] : LOOPBACK_NETWORKS)
  return ({ address, headers }) => {
    if (token !== null && isBearer(headers.authorization, token)) return true
    return PASSED_ON.every((name) => headers[name] === undefined) && isIn(near, address ?? '')
  }
}

const networks = (list: readonly string[]): BlockList => {
  const held = new BlockList()
  for (const network of list) {
    const [address = '', prefix = ''] = network.split('/')
    held.addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4')
  }
  return held
}

const isIn = (held: BlockList, address: string): boolean => {
  // A server that listens on both kinds of addresses sees those of the fourth version in those of the sixth.
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? []
  const plain = mapped ?? address.split('%')[0] ?? ''
  const family = isIP(plain)
  return family !== 0 && held.check(plain, family === 6 ? 'ipv6' : 'ipv4')
}

const isBearer = (header: string | undefined, token: Secret<string>): boolean =>
  timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token.reveal()}`))

/** Of one length, whatever was sent. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
