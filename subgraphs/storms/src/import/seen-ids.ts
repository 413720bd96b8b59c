/**
 * Remembers which external ids a file has had and on which line, for a million rows in some 25 MB instead of the 100 MB
 * and more that the texts themselves would take. An id is known by 64 bits of hash: an id that was seen is always
 * recognised; two different ids among a million are taken for one with probability 3 in 10⁸, and then a good line is
 * rejected with a reason that names the other line. The database's unique key has the last word.
 */

/** Three words a slot: two of hash, one with the line (0 = free). */
const SLOT_WORDS = 3
const FIRST_SLOTS = 1 << 12
/** Linear probing stays short below two thirds. */
const MAX_LOAD = 2 / 3

/** Block and finishing multipliers of MurmurHash3 (Austin Appleby, public domain): x86_32, then x86_128. */
const LOW_LANE = { seed: 0x9747b28c, first: 0xcc9e2d51, second: 0x1b873593 }
const HIGH_LANE = { seed: 0x3c6ef372, first: 0x239b961b, second: 0xab0e9789 }
const ADDED_PER_BLOCK = 0xe6546b64
const FINISH_FIRST = 0x85ebca6b
const FINISH_SECOND = 0xc2b2ae35

/** 32 bits over the UTF-16 units of the text. */
const laneHash = (text: string, lane: typeof LOW_LANE): number => {
  let hash = lane.seed
  for (let index = 0; index < text.length; index++) {
    let block = Math.imul(text.charCodeAt(index), lane.first)
    block = Math.imul((block << 15) | (block >>> 17), lane.second)
    hash ^= block
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + ADDED_PER_BLOCK) | 0
  }
  hash ^= text.length
  hash = Math.imul(hash ^ (hash >>> 16), FINISH_FIRST)
  hash = Math.imul(hash ^ (hash >>> 13), FINISH_SECOND)
  return (hash ^ (hash >>> 16)) >>> 0
}

export type SeenIds = {
  /** The line on which the id was first seen, or null when this is the first time; then `line` (≥ 1) is remembered. */
  readonly firstLineOf: (id: string, line: number) => number | null
  readonly bytes: () => number
}

export const seenIds = (): SeenIds => {
  let slots = FIRST_SLOTS
  let words = new Uint32Array(slots * SLOT_WORDS)
  let count = 0

  /** Where this hash is, or the free place where it belongs. */
  const placeOf = (low: number, high: number): number => {
    let slot = low & (slots - 1)
    for (;;) {
      const at = slot * SLOT_WORDS
      if (words[at + 2] === 0 || (words[at] === low && words[at + 1] === high)) return at
      slot = (slot + 1) & (slots - 1)
    }
  }

  const put = (low: number, high: number, line: number): number | null => {
    const at = placeOf(low, high)
    const known = words[at + 2] ?? 0
    if (known !== 0) return known
    words[at] = low
    words[at + 1] = high
    words[at + 2] = line
    return null
  }

  const grow = (): void => {
    const old = words
    slots *= 2
    words = new Uint32Array(slots * SLOT_WORDS)
    for (let at = 0; at < old.length; at += SLOT_WORDS) {
      if (old[at + 2] !== 0) put(old[at] ?? 0, old[at + 1] ?? 0, old[at + 2] ?? 0)
    }
  }

  return {
    firstLineOf: (id, line) => {
      if (count + 1 > slots * MAX_LOAD) grow()
      const known = put(laneHash(id, LOW_LANE), laneHash(id, HIGH_LANE), line)
      if (known === null) count++
      return known
    },
    bytes: () => words.byteLength,
  }
}
