/**
 * Where Redis is. One server is a URL as every client takes it; a cluster is named by some of its nodes, of which any
 * tells the others: `redis-cluster://user:password@10.0.0.1:6379,10.0.0.2:6379`, or `rediss-cluster://` over TLS.
 */

export type RedisNode = { readonly host: string; readonly port: number }

export type RedisAddress =
  | { readonly kind: 'server'; readonly url: string }
  | {
      readonly kind: 'cluster'
      readonly nodes: readonly RedisNode[]
      readonly tls: boolean
      readonly username: string | null
      readonly password: string | null
    }

const CLUSTER = /^redis(s?)-cluster:\/\/(?:([^@]*)@)?([^@/?#]+)\/?$/
const DEFAULT_PORT = 6379

/** Null for what is no address of a Redis. */
export const readRedisAddress = (text: string): RedisAddress | null => {
  const [, tls, access, hosts] = CLUSTER.exec(text) ?? []
  if (hosts === undefined) return isServer(text) ? { kind: 'server', url: text } : null
  const nodes = hosts.split(',').map(nodeOf)
  const known = nodes.filter((node) => node !== null)
  if (known.length !== nodes.length) return null
  const [username = '', ...password] = (access ?? '').split(':')
  return {
    kind: 'cluster',
    nodes: known,
    tls: tls === 's',
    username: username === '' ? null : decodeURIComponent(username),
    password: password.length === 0 ? null : decodeURIComponent(password.join(':')),
  }
}

const isServer = (text: string): boolean =>
  URL.canParse(text) && ['redis:', 'rediss:'].includes(new URL(text).protocol)

const nodeOf = (text: string): RedisNode | null => {
  const address = `redis://${text.trim()}`
  if (!URL.canParse(address)) return null
  const { hostname, port, pathname } = new URL(address)
  if (hostname === '' || pathname.length > 1) return null
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? DEFAULT_PORT : Number(port) }
}
