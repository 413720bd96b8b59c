/** Pairs that were read stay in memory under the hash of their artifact; the least recently used makes room. */
import type { UpliftPair } from '../inference/uplift-pair.ts'

/** A trained pair takes a few megabytes: this is tens of megabytes, and as many tenants with models of their own. */
const REMEMBERED_PAIRS = 16

export type PairCache = {
  readonly maybe: (sha256: string) => UpliftPair | null
  readonly keep: (sha256: string, pair: UpliftPair) => void
}

export const pairCache = (size: number = REMEMBERED_PAIRS): PairCache => {
  // A Map keeps the order of insertion: the first key is the least recently used.
  const pairs = new Map<string, UpliftPair>()
  const keep = (sha256: string, pair: UpliftPair): void => {
    pairs.delete(sha256)
    pairs.set(sha256, pair)
    const [oldest] = pairs.keys()
    if (pairs.size > size && oldest !== undefined) pairs.delete(oldest)
  }
  return {
    maybe: (sha256) => {
      const pair = pairs.get(sha256)
      if (pair === undefined) return null
      keep(sha256, pair)
      return pair
    },
    keep,
  }
}
