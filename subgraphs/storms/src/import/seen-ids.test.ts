import { describe, expect, it } from 'vitest'
import { seenIds } from './seen-ids.ts'

describe('the external ids of a file', () => {
  it('are recognised with the line they were first on', () => {
    const seen = seenIds()
    expect(seen.firstLineOf('A', 2)).toBeNull()
    expect(seen.firstLineOf('B', 3)).toBeNull()
    expect(seen.firstLineOf('A', 4)).toBe(2)
    expect(seen.firstLineOf('A', 5)).toBe(2)
  })

  it('number a million, none taken for another, in 24 bytes an id or less', () => {
    const seen = seenIds()
    const IDS = 1_000_000
    let mistaken = 0
    for (let n = 0; n < IDS; n++) if (seen.firstLineOf(`SYN-DFW-${n}`, n + 2) !== null) mistaken++
    expect(mistaken).toBe(0)
    expect(seen.firstLineOf('SYN-DFW-0', 9)).toBe(2)
    expect(seen.firstLineOf(`SYN-DFW-${IDS - 1}`, 9)).toBe(IDS + 1)
    // A table of 2²¹ slots of 12 bytes.
    expect(seen.bytes()).toBeLessThanOrEqual(2 ** 21 * 12)
  })

  it('differ when they are permutations, prefixes or differ in one bit', () => {
    const seen = seenIds()
    const ids = ['ab', 'ba', 'a', 'b', 'aa', 'aab', 'baa', 'aba', 'c', '\u0161', '\u0061\u0001']
    expect(ids.map((id, index) => seen.firstLineOf(id, index + 1))).toEqual(ids.map(() => null))
  })
})
