/** Numbers that look random and are the same on every machine for the same seed. */
import { createHash } from 'node:crypto'

export type SeededRandom = {
  /** In [0, 1). */
  readonly uniform: () => number
  /** Mean 0, standard deviation 1. */
  readonly normal: () => number
  /** Mean 1. */
  readonly exponential: () => number
  /** A whole number in [0, bound). */
  readonly below: (bound: number) => number
}

const TWO_TO_32 = 2 ** 32
/** Rounds after which every bit of the seed has reached every word. */
const WARM_UP_ROUNDS = 15

/**
 * sfc32 (Chris Doty-Humphrey, PractRand, public domain), seeded with the first 96 bits of sha256(seed), counter 1.
 * Normal deviates by Box and Muller's transform.
 */
export const seededRandom = (seed: string): SeededRandom => {
  const digest = createHash('sha256').update(seed).digest()
  let a = digest.readInt32LE(0)
  let b = digest.readInt32LE(4)
  let c = digest.readInt32LE(8)
  let counter = 1

  const next = (): number => {
    const word = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + word) | 0
    return word >>> 0
  }
  for (let round = 0; round < WARM_UP_ROUNDS; round++) next()

  const uniform = (): number => next() / TWO_TO_32
  /** In (0, 1], for logarithms. */
  const positive = (): number => (next() + 1) / TWO_TO_32
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(positive())) * Math.cos(2 * Math.PI * uniform()),
    exponential: () => -Math.log(positive()),
    below: (bound) => Math.floor(uniform() * bound),
  }
}

/** The first item whose cumulated weight passes a uniform draw; weights need not sum to 1. */
export const weighted = <Item>(
  random: SeededRandom,
  items: readonly { readonly item: Item; readonly weight: number }[],
): Item => {
  const total = items.reduce((sum, { weight }) => sum + weight, 0)
  let left = random.uniform() * total
  for (const { item, weight } of items) {
    left -= weight
    if (left < 0) return item
  }
  const last = items.at(-1)
  if (last === undefined) throw new RangeError('There is nothing to choose from.')
  return last.item
}
