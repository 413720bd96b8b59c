/**
 * The proxies that stand before the platform. What one of them says of whom it speaks for is believed; a header that
 * anybody else sends is not, or everybody could be at any address.
 */
import { isIP } from 'node:net'

export type TrustedProxies =
  /** So many stand before it, whatever their addresses: only where nobody can reach it but through them. */
  | { readonly kind: 'hops'; readonly hops: number }
  /** Addresses, or networks in CIDR notation. */
  | { readonly kind: 'networks'; readonly networks: readonly string[] }

const MOST_HOPS = 10

/** Networks that are nobody's in the internet. */
export const LOOPBACK_NETWORKS: readonly string[] = ['127.0.0.0/8', '::1/128']
export const PRIVATE_NETWORKS: readonly string[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  'fc00::/7',
]

const NAMED: ReadonlyMap<string, readonly string[]> = new Map([
  ['loopback', LOOPBACK_NETWORKS],
  ['private', PRIVATE_NETWORKS],
])

/** `1`, or a list like `loopback,private,203.0.113.7,198.51.100.0/24`; what is wrong with it, for a person, otherwise. */
export const readTrustedProxies = (
  text: string,
):
  | { readonly kind: 'read'; readonly proxies: TrustedProxies }
  | { readonly kind: 'fault'; readonly message: string } => {
  if (/^\d+$/.test(text)) {
    const hops = Number(text)
    return hops >= 1 && hops <= MOST_HOPS
      ? { kind: 'read', proxies: { kind: 'hops', hops } }
      : { kind: 'fault', message: `must be a number of proxies from 1 to ${MOST_HOPS}` }
  }
  const parts = text.split(',').map((part) => part.trim())
  const unknown = parts.filter((part) => !NAMED.has(part) && !isNetwork(part))
  if (unknown.length > 0) {
    const what = unknown.map((part) => JSON.stringify(part)).join(', ')
    return {
      kind: 'fault',
      message: `must be a number of proxies, or a list of loopback, private, addresses and networks; not ${what}`,
    }
  }
  const networks = parts.flatMap((part) => NAMED.get(part) ?? [part])
  return { kind: 'read', proxies: { kind: 'networks', networks } }
}

/** A network of all addresses would trust everybody. */
const isNetwork = (text: string): boolean => {
  const [, address = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const family = isIP(address)
  if (family === 0 || address.includes('%')) return false
  return prefix === undefined || (Number(prefix) >= 1 && Number(prefix) <= (family === 4 ? 32 : 128))
}
