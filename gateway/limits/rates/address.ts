/**
 * Whom an address stands for. A household or a server is given 2^64 addresses of IPv6 at once, so these count as one;
 * an address of IPv4 may come written as one of IPv6.
 */
import { isIPv6 } from 'node:net'

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i
const GROUPS = 8
const GROUPS_OF_A_NETWORK = 4

/** An address of IPv4 as it is, the /64 network of any other; a text that is no address stands for itself. */
export const networkOf = (address: string): string => {
  const mapped = MAPPED.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!isIPv6(address)) return address
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : GROUPS - before.length - groupsIn(after)
  const groups = [...before, ...Array<string>(Math.max(0, zeros)).fill('0'), ...after]
  const network = groups.slice(0, GROUPS_OF_A_NETWORK).map((group) => Number.parseInt(group, 16).toString(16))
  return `${network.join(':')}::/64`
}

/** An address may end in four decimal numbers, which are two groups. */
const groupsIn = (groups: readonly string[]): number =>
  groups.length + (groups.at(-1)?.includes('.') === true ? 1 : 0)
