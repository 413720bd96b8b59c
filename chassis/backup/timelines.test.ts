import { describe, expect, it } from 'vitest'
import { isInLine, lineageOf, lsnBytes } from './timelines.ts'

const HISTORY = '1\t0/9000100\tbefore 2026-11-21\n\n2\t0/C000000\tno recovery target specified\n'

describe('a backup', () => {
  const lineage = lineageOf(3, HISTORY)

  it('of the newest timeline leads to now', () => {
    expect(isInLine(lineage, { timeline: 3, stopLsn: '0/FF000000' })).toBe(true)
  })

  it('of an older one does when it had ended before that was left', () => {
    expect(isInLine(lineage, { timeline: 1, stopLsn: '0/9000100' })).toBe(true)
    expect(isInLine(lineage, { timeline: 1, stopLsn: '0/9000101' })).toBe(false)
    expect(isInLine(lineage, { timeline: 2, stopLsn: '0/BFFFFFF' })).toBe(true)
    expect(isInLine(lineage, { timeline: 2, stopLsn: '1/0' })).toBe(false)
  })

  it('of a timeline that the newest does not come from does not', () => {
    expect(isInLine(lineageOf(3, '1\t0/9000100\treason'), { timeline: 2, stopLsn: '0/1' })).toBe(false)
  })

  it('of the first timeline does while there is no other', () => {
    expect(isInLine(lineageOf(1, ''), { timeline: 1, stopLsn: '0/1' })).toBe(true)
  })
})

describe('a place in the log', () => {
  it('is a number of bytes', () => {
    expect(lsnBytes('0/0')).toBe(0n)
    expect(lsnBytes('1/2')).toBe(4_294_967_298n)
    expect(lsnBytes('16/B374D848')).toBe(0x16_b3_74_d8_48n)
  })
})
